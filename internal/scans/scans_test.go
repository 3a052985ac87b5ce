package scans

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"mingdeng/internal/plaque/code"
)

// valid makes codes of payloads, so that tests need not know check characters.
func valid(payload string) string { return payload + string(code.Check(payload)) }

var (
	codeA = valid("7K3")
	codeB = valid("9WX")
	codeC = valid("P9H") // retired
	codeN = valid("M4T") // never issued
)

func plaques() []Plaque {
	return []Plaque{
		{Code: codeA, Exhibit: "yuan/ban-1", Name: "一号板", Venue: "yuan", VenueName: "园"},
		{Code: codeB, Exhibit: "guan/qiang", Name: "墙", Venue: "guan", VenueName: "馆"},
		{Code: codeC, Venue: "yuan", VenueName: "园", Retired: true},
	}
}

const (
	phone = "Mozilla/5.0 (Linux; Android 14; V2309A Build/UP1A.231005.007; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 XWEB/1160117 MMWEBSDK/20240404 MicroMessenger/8.0.49.2600(0x28003133) WeChat/arm64 Weixin NetType/4G Language/zh_CN ABI/arm64"
	spide = "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)"
)

func read(t testing.TB, c *Counter, name, text string) Log {
	t.Helper()
	log, err := c.Read(context.Background(), name, strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return log
}

// spaces writes a text as IIS does, and as CloudFront does.
func plus(s string) string    { return strings.ReplaceAll(s, " ", "+") }
func percent(s string) string { return strings.ReplaceAll(s, " ", "%20") }

const (
	iisFields        = "#Software: Microsoft Internet Information Services 10.0\r\n#Version: 1.0\r\n#Date: 2026-10-31 16:00:00\r\n#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken\r\n"
	cloudFrontFields = "#Version: 1.0\n#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type cs-protocol-version fle-status fle-encrypted-fields c-port time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len sc-range-start sc-range-end\n"
)

// formats writes one request in each format: a method, a path, a status and an agent, at
// 00:30 of November 1st 2026 in China, which is October in UTC.
var formats = []struct {
	name, head string
	line       func(method, path, status, agent string) string
}{
	{"common", "", func(m, p, s, a string) string {
		return fmt.Sprintf(`203.0.113.9 - - [01/Nov/2026:00:30:00 +0800] "%s %s HTTP/1.1" %s 5120`, m, p, s)
	}},
	{"combined", "", func(m, p, s, a string) string {
		return fmt.Sprintf(`203.0.113.9 - zhang [31/Oct/2026:16:30:00 +0000] "%s %s HTTP/2.0" %s 5120 "https://yx.example.cn/a?b=\"c d\"" "%s"`, m, p, s, a)
	}},
	{"combined with host", "", func(m, p, s, a string) string {
		return fmt.Sprintf(`yx.example.cn:443 2001:db8::1f - - [31/Oct/2026:11:30:00 -0500] "%s %s HTTP/1.1" %s 5120 "-" "%s"`, m, p, s, a)
	}},
	{"nginx main, forwarded", "", func(m, p, s, a string) string {
		return fmt.Sprintf(`"198.51.100.2, 203.0.113.9" 0.003 203.0.113.9 - - [01/Nov/2026:00:30:00 +0800] "%s %s HTTP/1.1" %s 5120 "-" "%s" "198.51.100.2"`, m, p, s, a)
	}},
	{"nginx with ISO time, no referer", "", func(m, p, s, a string) string {
		return fmt.Sprintf(`[2026-10-31T16:30:00+00:00] 203.0.113.9 "%s %s HTTP/1.1" %s 5120 "%s"`, m, p, s, a)
	}},
	{"Aliyun OSS", "", func(m, p, s, a string) string {
		return fmt.Sprintf(`203.0.113.9 - - [01/Nov/2026:00:30:00 +0800] "%s %s HTTP/1.1" %s 5576 71 "-" "%s" "yx.oss-cn-hangzhou.aliyuncs.com" "505B01695037C2AF032593A4" "true" "-" "GetObject" "yx" "Q/index.html" 5576 71 "-" 302 "1657136103983691" - "cdn" "standard" "-"`, m, p, s, a)
	}},
	{"Huawei OBS", "", func(m, p, s, a string) string {
		return fmt.Sprintf(`787f2f92b20943998a4fe2ab75eb09b8 bucket [31/Oct/2026:16:30:00 +0000] 203.0.113.9 787f2f92b20943998a4fe2ab75eb09b8 281599BACAD9376ECE141B842B94535B REST.GET.OBJECT Q/index.html "%s %s HTTP/1.1" %s - 663 - 462 - "-" "%s" - -`, m, p, s, a)
	}},
	{"Aliyun CDN", "", func(m, p, s, a string) string {
		return fmt.Sprintf(`[1/Nov/2026:00:30:00 +0800] 203.0.113.9 - 1542 "-" "%s https://yx.example.cn%s" %s 191 2830 HIT "%s" "text/html" 198.51.100.7`, m, p, s, a)
	}},
	{"Huawei CDN", "", func(m, p, s, a string) string {
		return fmt.Sprintf(`[01/Nov/2026:00:30:00 +0800] 203.0.113.9 1 "-" "HTTP/1.1" "%s" "yx.example.cn" "%s" %s 720 HIT "%s" "-"`, m, p, s, a)
	}},
	{"Tencent CDN", "", func(m, p, s, a string) string {
		return fmt.Sprintf(`20261101003000 203.0.113.9 yx.example.cn %s 2453 22 26 %s NULL 21 "%s" "(null)" %s HTTP/1.1 hit 52134`, p, s, a, m)
	}},
	{"Tencent COS, tabs", "", func(m, p, s, a string) string {
		return strings.Join([]string{"1", "yx-1250000000", "ap-beijing", "2026-10-31T16:30:00Z", "yx-1250000000.cos-website.ap-beijing.myqcloud.com", "GetObject", "203.0.113.9", "-", "-", "301", "0", p, strings.ToLower(m), a, s, "0", "SUCCESS", "197", "42", "USER", "STANDARD"}, "\t")
	}},
	{"Tencent COS, blanks", "", func(m, p, s, a string) string {
		return strings.Join([]string{"1.0", "yx-1250000000", "ap-beijing", "2026-10-31T16:30:00Z", "yx-1250000000.cos-website.ap-beijing.myqcloud.com", "GetObject", "203.0.113.9", "-", "-", "301", "0", p, m, percent(a), s, "-", "-", "197", "42", "USER", "STANDARD"}, " ")
	}},
	{"IIS", iisFields, func(m, p, s, a string) string {
		return fmt.Sprintf("2026-10-31 16:30:00 198.51.100.1 %s %s - 443 - 203.0.113.9 %s - %s 0 0 15\r", m, p, plus(a), s)
	}},
	{"IIS without date", "#Date: 2026-10-31 16:00:00\n#Fields: time c-ip cs-method cs-uri-stem sc-status cs(User-Agent)\n", func(m, p, s, a string) string {
		return fmt.Sprintf("16:30:00 203.0.113.9 %s %s %s %s", m, p, s, plus(a))
	}},
	{"CloudFront", cloudFrontFields, func(m, p, s, a string) string {
		return strings.Join([]string{"2026-10-31", "16:30:00", "HKG54-C1", "5120", "203.0.113.9", m, "d111111abcdef8.cloudfront.net", p, s, "-", percent(a), "-", "-", "Hit", "SOX4xwn4XV6Q4rgb7XiVGOHms_BGlTAC4KyHmureZmBNrjGdRLiNIQ==", "yx.example.cn", "https", "23", "0.001", "-", "TLSv1.2", "ECDHE-RSA-AES128-GCM-SHA256", "Hit", "HTTP/2.0", "-", "-", "11040", "0.001", "Hit", "text/html", "78", "-", "-"}, "\t")
	}},
	{"Caddy", "", func(m, p, s, a string) string {
		return fmt.Sprintf(`{"level":"info","ts":1793464200.52,"logger":"http.log.access","msg":"handled request","request":{"remote_ip":"203.0.113.9","remote_port":"41342","proto":"HTTP/2.0","method":"%s","host":"yx.example.cn","uri":"%s","headers":{"User-Agent":["%s"],"Accept-Encoding":["gzip, deflate, br"]}},"bytes_read":0,"user_id":"","duration":0.000929675,"size":10900,"status":%s,"resp_headers":{"Server":["Caddy"]}}`, m, p, a, s)
	}},
	{"nginx JSON", "", func(m, p, s, a string) string {
		return fmt.Sprintf(`{"time_local": "01/Nov/2026:00:30:00 +0800", "remote_addr": "203.0.113.9", "request_time": "0.003", "request": "%s %s HTTP/1.1", "status": "%s", "http_user_agent": "%s"}`, m, strings.ReplaceAll(p, "/", `\/`), s, a)
	}},
}

func TestFormats(t *testing.T) {
	for _, f := range formats {
		t.Run(f.name, func(t *testing.T) {
			c := NewCounter(plaques())
			lines := []string{
				f.line("GET", "/", "200", phone),
				f.line("GET", "/Q/"+codeA+"/", "200", phone),
				f.line("GET", "/lamp/Q/"+codeA+"/", "304", phone),
				f.line("HEAD", "/Q/"+codeA+"/", "200", phone),
				f.line("GET", "/Q/"+codeA, "301", phone),
				f.line("GET", "/q/"+strings.ToLower(codeA)+"/", "404", phone),
				f.line("GET", "/Q/"+codeB+"/", "500", phone),
				f.line("GET", "/Q/"+codeC+"/", "200", phone),
				f.line("GET", "/Q/"+codeN+"/", "404", phone),
			}
			log := read(t, c, f.name, f.head+strings.Join(lines, "\n"))
			if log.Odd != 0 || log.Requests != int64(len(lines)) {
				t.Fatalf("%+v", log)
			}
			r := c.Report()
			if r.Openings != 2 || r.Retired != 1 || r.Failed != 1 || r.Unknown != 1 || r.Strange[0].Code != codeN || r.From != "2026-11-01" || r.To != "2026-11-01" {
				t.Errorf("%+v", r)
			}
			if len(r.Months) != 1 || r.Months[0].Month != "2026-11" || r.Months[0].Openings != 2 {
				t.Errorf("months: %+v", r.Months)
			}
			if f.name == "common" {
				return
			}
			read(t, c, f.name+" robots", f.head+f.line("GET", "/Q/"+codeA+"/", "200", spide)+"\n"+f.line("GET", "/Q/"+codeA+"/", "200", "WhatsApp/2.23.20.0")+"\n")
			if r = c.Report(); r.Openings != 2 || r.Robots != 1 || r.Previews != 1 {
				t.Errorf("robots %d, previews %d, openings %d", r.Robots, r.Previews, r.Openings)
			}
		})
	}
}

func TestAddresses(t *testing.T) {
	lower := strings.ToLower(codeA)
	for _, x := range []struct {
		path, status string
		want         string
	}{
		{"/Q/" + codeA + "/", "200", "opened"},
		{"/Q/" + codeA + "/", "206", "opened"},
		{"/Q/" + codeA + "/?from=singlemessage", "200", "opened"},
		{"/Q/" + codeA + "/index.html", "200", "opened"},
		{"/Q/" + codeA, "200", "opened"}, // an object store that gives the page at once
		{"/a/b/Q/" + codeA + "/", "200", "opened"},
		{"https://yx.example.cn/Q/" + codeA + "/", "200", "opened"},
		{"/q/" + lower + "/", "200", "opened"}, // a server that knows no case
		{"/%51/" + codeA[:3] + "%" + fmt.Sprintf("%02x", codeA[3]) + "/", "200", "opened"},
		{"/Q/" + codeA + "/", "302", ""},
		{"/Q/" + codeA, "404", ""},
		{"/q/" + lower, "404", ""}, // 404.html leads on
		{"/Q/" + codeA + "/", "404", "failed"},
		{"/Q/" + codeA + "/", "503", "failed"},
		{"/Q/" + lower + "/", "503", "failed"},
		{"/Q/", "200", ""},
		{"/Q", "200", ""},
		{"/Q//", "200", ""},
		{"/x/?a=/Q/" + codeA + "/", "200", ""},
		{"/Q/" + codeA + "/x/", "404", ""},
		{"/Q/" + codeN + "/", "404", "unknown"},
		{"/Q/" + codeN + "/", "301", ""},
		{"/Q/wp-login.php", "404", "misshapen"},
		{"/Q/" + strings.Repeat("A", 70) + "/", "404", ""},
		{"/faq/" + codeA + "/", "200", ""},
		{"q/" + codeA, "200", ""},
	} {
		c := NewCounter(plaques())
		if log := read(t, c, "x", fmt.Sprintf("203.0.113.9 - - [01/Nov/2026:00:30:00 +0800] \"GET %s HTTP/1.1\" %s 5 \"-\" \"%s\"\n", x.path, x.status, phone)); log.Odd != 0 && x.path[0] == '/' {
			t.Errorf("%s is odd", x.path)
		}
		r, got := c.Report(), ""
		switch {
		case r.Openings == 1:
			got = "opened"
		case r.Failed == 1:
			got = "failed"
		case len(r.Strange) == 1:
			got = "unknown"
		case r.Unknown == 1:
			got = "misshapen"
		}
		if got != x.want {
			t.Errorf("%s %s: %q, not %q", x.path, x.status, got, x.want)
		}
	}
}

func TestTimes(t *testing.T) {
	for in, want := range map[string]int32{
		"31/Dec/2026:16:00:00 +0000": 20270101,
		"31/Dec/2026:15:59:59 +0000": 20261231,
		"01/Mar/2028:00:30:00 +1400": 20280229,
		"28/Feb/2026:23:00:00 -0200": 20260301,
		"1/Nov/2026:00:00:00":        20261101,
		"2026-10-31T16:00:00Z":       20261101,
		"2026-10-31T15:59:59.999Z":   20261031,
		"2026-11-01 00:00:00":        20261101,
		"2026-11-01T05:30:00+05:30":  20261101,
		"20261101003000":             20261101,
		"1793464200":                 20261101,
		"1793464200.523":             20261101,
		"1793464200523":              20261101,
		"1793464200523000":           20261101,
		"30/Feb/2026:10:00:00 +0800": 0,
		"31/Nov/2026:10:00:00 +0800": 0,
		"01/Nov/0026:00:30:00 +0800": 0,
		"2026-13-01T00:00:00Z":       0,
		"0.00300000":                 0,
		"22:10:00 GMT+8":             0,
		"20261301003000":             0,
		"////////////////////":       0,
	} {
		got, ok := parseTime([]byte(in))
		if !ok {
			got = 0
		}
		if got != want {
			t.Errorf("%s: %d, not %d", in, got, want)
		}
	}
}

// Directives may change the fields within a file, and logs of several kinds may have been
// put into one.
func TestFieldsChange(t *testing.T) {
	c := NewCounter(plaques())
	log := read(t, c, "u_ex2611.log", iisFields+
		"2026-11-02 01:00:00 198.51.100.1 GET /Q/"+codeA+"/ - 443 - 203.0.113.9 "+plus(phone)+" - 200 0 0 15\r\n"+
		"#Fields: date time cs-uri-stem cs-method sc-status\r\n"+
		"2026-11-02 02:00:00 /Q/"+codeA+"/ GET 200\r\n"+
		"2026-11-02 02:00:01 /Q/"+codeA+"/ GET\r\n"+ // torn
		`203.0.113.9 - - [02/Nov/2026:12:00:00 +0800] "GET /Q/`+codeA+`/ HTTP/1.1" 200 5 "-" "`+phone+"\"\n")
	if r := c.Report(); r.Openings != 3 || log.Odd != 1 || r.Places[0] != (Place{"u_ex2611.log", 8}) {
		t.Errorf("%+v %+v", log, r)
	}
}

// What a scanner or a broken client sends is a request that cannot be read, not a line
// that cannot.
func TestOddLines(t *testing.T) {
	for line, want := range map[string]verdict{
		`203.0.113.9 - - [02/Nov/2026:12:00:00 +0800] "\x16\x03\x01\x00" 400 157 "-" "-"`: asked,
		`203.0.113.9 - - [02/Nov/2026:12:00:00 +0800] "-" 408 0 "-" "-"`:                  asked,
		`203.0.113.9 - - [02/Nov/2026:12:00:00 +0800] "" 400 0 "-" "-"`:                   asked,
		`203.0.113.9 - - [02/Nov/2026:12:00:00 +0800] "GET /a b HTTP/1.1" 200 0 "-" "-"`:  asked,
		`203.0.113.9 - - [02/Nov/2026:12:00:00 +0800] "GET / HTTP/1.1" 000 0 "-" "-"`:     asked,
		``:              nothing,
		`   `:           nothing,
		`#Version: 1.0`: nothing,
		`2026/11/02 12:00:00 [error] 7#7: *1 open() failed, client: 203.0.113.9, request: "GET /Q/` + codeA + `/ HTTP/1.1", host: "x"`: odd,
		`203.0.113.9 - - [02/Nov/2026:12:00:00 +0800] "GET / HTTP/1.1`:                                                                 odd,
		`203.0.113.9 - - [02/Nov/2026:12:00:00 +0800`:                                                                                  odd,
		`203.0.113.9 - - "GET / HTTP/1.1" 200 5 "-" "-"`:                                                                               odd,
		`hello`:                         odd,
		`{"uri":"/","status":200}`:      odd,
		`{"uri":"/","status":200,"ts":`: odd,
		`{`:                             odd,
		"\x00\x00\x00":                  odd,
		`20261101003000 203.0.113.9`:    odd,
	} {
		var p parser
		var q request
		if got := p.parse([]byte(line), &q); got != want {
			t.Errorf("%q: %d, not %d", line, got, want)
		}
	}
}

func TestWho(t *testing.T) {
	for agent, want := range map[string]kind{
		phone: opened,
		"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.49(0x1800312b) NetType/WIFI Language/zh_CN":                                             opened,
		"Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 Mobile MicroMessenger/1.0.0.30":                                                                opened,
		"Mozilla/5.0 (Linux; Android 12; HarmonyOS; NOH-AN00; HMSCore 6.13.0.302) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/99.0.4844.88 HuaweiBrowser/14.0.4.301 Mobile Safari/537.36":                                       opened,
		"Mozilla/5.0 (Linux; U; Android 13; zh-cn; 2211133C Build/TKQ1.220905.001) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/100.0.4896.127 Mobile Safari/537.36 XiaoMi/MiuiBrowser/18.2.30401 swan-mibrowser":    opened,
		"Mozilla/5.0 (Linux; U; Android 14; zh-CN; PHB110) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/100.0.4896.58 UWS/5.12.2.0 Mobile Safari/537.36 AliApp(AP/10.6.0) AlipayClient/10.6.0.8000 Language/zh-Hans": opened,
		"Mozilla/5.0 (Linux; Android 13; PGT-AN10) AppleWebKit/537.36 Mobile Safari/537.36 baiduboxapp/13.62.0.10 (Baidu; P1 13)":                                                                                                 opened,
		"Mozilla/5.0 (Linux; U; Android 13; zh-CN; V2227A) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/100.0.4896.58 Quark/6.8.5.491 Mobile Safari/537.36":                                                          opened,
		"Mozilla/5.0 (Linux; Android 13; CPH2305) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/115 Mobile Safari/537.36 HeyTapBrowser/40.8.12.1":                                                                                 opened,
		"Mozilla/5.0 (Linux; Android 12; M2012K11AC) AppleWebKit/537.36 Mobile Safari/537.36 aweme_290600 BytedanceWebview/d8a21c6":                                                                                               opened,
		"Mozilla/5.0 (iPhone; CPU iPhone OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 QQ/8.9.80.607 V1_IPH_SQ_8.9.80":                                                                            opened,
		"Mozilla/5.0 (iPhone; CPU iPhone OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 AliApp(DingTalk/7.0.40) com.laiwang.DingTalk/26820104":                                                     opened,
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0":                                                                                           opened,
		spide: robot,
		"Sogou web spider/4.0(+http://www.sogou.com/docs/help/webmasters.htm#07)":                                                                              robot,
		"Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)":                                                                              robot,
		"Mozilla/5.0 (Linux; Android 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Mobile Safari/537.36 (compatible; Bytespider; spider-feedback@bytedance.com)": robot,
		"Mozilla/5.0 (compatible; YisouSpider)":                                                                                                                robot,
		"curl/8.5.0":                                                                                                                                           robot,
		"Wget/1.21":                                                                                                                                            robot,
		"python-requests/2.31.0":                                                                                                                               robot,
		"Go-http-client/1.1":                                                                                                                                   robot,
		"SISTRIX Crawler":                                                                                                                                      robot,
		"Current something RSS Reader":                                                                                                                         robot,
		"my curl":                                                                                                                                              opened, // ^curl
		"":                                                                                                                                                     robot,
		"-":                                                                                                                                                    robot,
		"facebookexternalhit/1.1":                                                                                                                              preview,
		"DingTalkBot-LinkService/1.0":                                                                                                                          preview,
	} {
		q := request{agent: []byte(agent), told: true}
		if got := q.who(); got != want {
			t.Errorf("%q is %d, not %d", agent, got, want)
		}
	}
	if q := (&request{}); q.who() != opened {
		t.Error("a log that does not tell the agent cannot tell robots")
	}
	c := NewCounter(plaques())
	read(t, c, "purposes", `203.0.113.9 - - [02/Nov/2026:12:00:00 +0800] "GET /Q/`+codeA+`/ HTTP/1.1" 200 5 "-" "`+phone+`" "prefetch;prerender"`+"\n"+
		"#Fields: date time cs-method cs-uri-stem sc-status cs(User-Agent) cs(Sec-Purpose)\n2026-11-02 02:00:00 GET /Q/"+codeA+"/ 200 "+plus(phone)+" prefetch\n2026-11-02 02:00:00 GET /Q/"+codeA+"/ 200 "+plus(phone)+" -\n")
	if r := c.Report(); r.Previews != 2 || r.Openings != 1 {
		t.Errorf("%+v", r)
	}
}

// Every pattern of the kept list is found in a text made after it.
func TestPatterns(t *testing.T) {
	m := crawlers()
	n := 0
	for _, list := range m.words {
		n += len(list)
		for _, p := range list {
			if p.re == nil && m.match([]byte("x "+p.word+" y")) == opened {
				t.Errorf("%q is not found", p.word)
			}
		}
	}
	if n += len(m.loose); n < 1400 || len(m.loose) > 5 {
		t.Errorf("%d patterns, %d of them slow", n, len(m.loose))
	}
	for _, bad := range []string{"robot", "rebot\tx", "robot\t("} {
		if _, err := newMatcher(bad); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}

func TestTwinLogs(t *testing.T) {
	text := strings.Repeat(formats[1].line("GET", "/Q/"+codeA+"/", "200", phone)+"\n", 40)
	c := NewCounter(plaques())
	read(t, c, "access.log", text)
	if log := read(t, c, "access (1).log", text); log.Same != "access.log" {
		t.Errorf("%+v", log)
	}
	if read(t, c, "other.log", text+text); c.Report().Openings != 120 {
		t.Errorf("%d", c.Report().Openings)
	}
}

func TestUnknownIsBounded(t *testing.T) {
	c := NewCounter(plaques())
	var b strings.Builder
	for n := range mostUnknown + 500 {
		s := []byte{code.Alphabet[n>>15&31], code.Alphabet[n>>10&31], code.Alphabet[n>>5&31], code.Alphabet[n&31]}
		fmt.Fprintf(&b, "203.0.113.9 - - [02/Nov/2026:12:00:00 +0800] \"GET /Q/%s9Z/ HTTP/1.1\" 404 5\n", s)
	}
	read(t, c, "x", b.String())
	if r := c.Report(); len(c.all.unknown) != mostUnknown || r.Unknown != mostUnknown+500 || len(r.Strange) != mostStrange {
		t.Errorf("%d kept, %d told, %d in all", len(c.all.unknown), len(r.Strange), r.Unknown)
	}
}

func TestLongLine(t *testing.T) {
	c := NewCounter(plaques())
	good := formats[1].line("GET", "/Q/"+codeA+"/", "200", phone) + "\n"
	log := read(t, c, "x", strings.Repeat("a", 3*bufferSize)+"\n"+good)
	if log.Odd != 1 || log.Requests != 1 || c.Report().Openings != 1 {
		t.Errorf("%+v", log)
	}
}

// drawnLine draws a line of some format that bears the addresses of visitors in every
// place where logs have them.
func drawnLine(t *rapid.T) string {
	f := formats[rapid.IntRange(0, len(formats)-1).Draw(t, "format")]
	if f.head != "" {
		f = formats[1] // those need their head, which no part of a file has
	}
	path := rapid.SampledFrom([]string{"/", "/Q/" + codeA + "/", "/q/" + codeB, "/Q/" + codeC + "/", "/Q/" + codeN + "/", "/Q/203.0.113.9/", "/Q/zzzz/"}).Draw(t, "path")
	return f.line(rapid.SampledFrom([]string{"GET", "HEAD", "POST"}).Draw(t, "method"), path,
		rapid.SampledFrom([]string{"200", "304", "301", "404", "500"}).Draw(t, "status"),
		rapid.SampledFrom([]string{phone, spide, "", "WhatsApp/2", "visitor 203.0.113.9"}).Draw(t, "agent"))
}

func packedIn(t testing.TB, parts ...string) []byte {
	var b bytes.Buffer
	for _, p := range parts { // members
		z := gzip.NewWriter(&b)
		if _, err := io.WriteString(z, p); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

func asJSON(t interface{ Fatal(...any) }, c *Counter) string {
	var b bytes.Buffer
	r := c.Report()
	r.Places = nil // tell where lines stand
	if err := r.JSON(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestSplit: how lines are spread over files, packed or not, and in which order they stand
// changes nothing.
func TestSplit(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		lines := rapid.SliceOfN(rapid.Custom(drawnLine), 1, 30).Draw(rt, "lines")
		lines = append(lines, "odd 203.0.113.9")
		whole := NewCounter(plaques())
		if _, err := whole.Read(context.Background(), "whole", strings.NewReader(strings.Join(lines, "\n"))); err != nil {
			rt.Fatal(err)
		}
		mixed := rapid.Permutation(lines).Draw(rt, "order")
		split := NewCounter(plaques())
		for len(mixed) > 0 {
			n := rapid.IntRange(1, len(mixed)).Draw(rt, "n")
			text := strings.Join(mixed[:n], "\n") + "\n"
			cut := strings.IndexByte(text, '\n') + 1
			var in io.Reader = strings.NewReader(text)
			if rapid.Bool().Draw(rt, "gz") {
				in = bytes.NewReader(packedIn(t, text[:cut], text[cut:]))
			}
			in, err := Open(in)
			if err != nil {
				rt.Fatal(err)
			}
			if _, err := split.Read(context.Background(), "part", in); err != nil {
				rt.Fatal(err)
			}
			mixed = mixed[n:]
		}
		a, b := asJSON(rt, whole), asJSON(rt, split)
		if a != b {
			rt.Fatalf("whole:\n%s\nsplit:\n%s", a, b)
		}
		if strings.Contains(a, "203.0") || strings.Contains(a, "2001:db8") || strings.Contains(a, "zhang") {
			rt.Fatalf("an address:\n%s", a)
		}
	})
}

// FuzzLog: no line stops the program, and nothing of a line is told but codes.
func FuzzLog(f *testing.F) {
	for _, x := range formats {
		f.Add(x.head + x.line("GET", "/Q/"+codeA+"/", "200", phone) + "\n" + x.line("GET", "/Q/"+codeN, "404", spide))
	}
	f.Add("{\"ts\":1,\"request\":{\"\\\\\":[")
	f.Add("#Fields: time\n#Date: 2\n1")
	f.Fuzz(func(t *testing.T, text string) {
		c := NewCounter(plaques())
		log, err := c.Read(context.Background(), "x", strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		r := c.Report()
		if log.Requests+log.Odd > log.Lines || r.Openings+r.Retired+r.Robots+r.Previews+r.Failed+r.Unknown > log.Requests {
			t.Errorf("%+v %+v", log, r)
		}
		for _, s := range r.Strange {
			if !code.Shaped(s.Code) {
				t.Errorf("%q is told", s.Code)
			}
		}
		for _, m := range r.Months {
			if len(m.Month) != 7 {
				t.Errorf("%q is no month", m.Month)
			}
		}
	})
}

// BenchmarkRead counts a log of which every twentieth line opens a plaque, in each format.
func BenchmarkRead(b *testing.B) {
	for _, f := range formats {
		b.Run(strings.ReplaceAll(f.name, " ", "-"), func(b *testing.B) {
			var text strings.Builder
			text.WriteString(f.head)
			const lines = 20_000
			for n := range lines {
				path := fmt.Sprintf("/img/%d-0123456789.webp", n)
				if n%20 == 0 {
					path = "/Q/" + codeA + "/"
				}
				text.WriteString(f.line("GET", path, "200", phone) + "\n")
			}
			b.SetBytes(int64(text.Len()))
			b.ReportAllocs()
			for b.Loop() {
				c := NewCounter(plaques())
				if _, err := c.Read(context.Background(), "x", strings.NewReader(text.String())); err != nil || c.all.odd > 0 {
					b.Fatal(err, c.all.odd)
				}
			}
			b.ReportMetric(float64(lines)*float64(b.N)/b.Elapsed().Seconds(), "lines/s")
		})
	}
}
