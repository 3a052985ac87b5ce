package roll

import (
	"regexp"
	"strings"
)

// provinces by their short names (GB/T 2260).
var provinces = func() map[string]string {
	out := map[string]string{}
	for _, p := range strings.Fields("北京市 天津市 上海市 重庆市 河北省 山西省 辽宁省 吉林省 黑龙江省 江苏省 浙江省 安徽省 福建省 江西省 山东省 河南省 湖北省 湖南省 广东省 海南省 四川省 贵州省 云南省 陕西省 甘肃省 青海省 台湾省 " +
		"内蒙古自治区 广西壮族自治区 西藏自治区 宁夏回族自治区 新疆维吾尔自治区 香港特别行政区 澳门特别行政区") {
		short := p
		for _, end := range []string{"特别行政区", "壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "省", "市"} {
			if s, ok := strings.CutSuffix(p, end); ok {
				short = s
				break
			}
		}
		out[short] = p
	}
	return out
}()

// Province tells whether s is the full name of a province or its like.
func Province(s string) bool {
	for _, full := range provinces {
		if s == full {
			return true
		}
	}
	return false
}

var (
	provinceEnd = regexp.MustCompile(`^[\p{Han}]{1,7}?(?:省|自治区)`)
	cityEnd     = regexp.MustCompile(`^[\p{Han}]{1,10}?(?:自治州|地区|盟|市)`)
	countyEnd   = regexp.MustCompile(`^[\p{Han}]{1,12}?(?:自治县|自治旗|新区|开发区|示范区|实验区|林区|特区|县|旗|区|市)`)
)

// Region reads 省/市/县 out of a place, as deep as it says. sure is false where a
// short form was filled out or the beginning is missing.
func Region(s string) (parts []string, sure bool) {
	s = strings.Join(strings.Fields(s), "")
	if strings.ContainsAny(s, "/／") {
		return strings.FieldsFunc(s, func(r rune) bool { return r == '/' || r == '／' }), true
	}
	sure = true
	rest := s
	for short, full := range provinces {
		if r, ok := strings.CutPrefix(s, full); ok {
			parts, rest = []string{full}, r
			break
		}
		if r, ok := strings.CutPrefix(s, short); ok && len(parts) == 0 {
			// 吉林市 is in 吉林省; 海南州 in 青海省 and 河南县 too: a short name
			// before an ending of its own is no province.
			if strings.HasPrefix(r, "市") || strings.HasPrefix(r, "州") || strings.HasPrefix(r, "县") {
				continue
			}
			parts, rest, sure = []string{full}, strings.TrimPrefix(r, "省"), false
			break
		}
	}
	if m := provinceEnd.FindString(rest); len(parts) == 0 && m != "" && m != rest {
		parts, rest = []string{m}, rest[len(m):]
	}
	own := len(parts) == 1 && strings.HasSuffix(parts[0], "市") // a city that is a province
	known := len(parts) > 0
	if m := cityEnd.FindString(rest); m != "" && !own && !strings.HasPrefix(rest[len(m):], "场") && !strings.HasPrefix(rest[len(m):], "民") {
		parts, rest = append(parts, m), rest[len(m):]
	}
	county := countyEnd.FindString(rest)
	if county != "" && len(parts) > 0 {
		parts = append(parts, county)
	}
	if !known && county == "" && rest != "" {
		return nil, false // 城东市…: without its province, a city needs its county or nothing behind it
	}
	if len(parts) > 0 && !strings.HasSuffix(parts[0], "省") && !strings.HasSuffix(parts[0], "自治区") && !strings.HasSuffix(parts[0], "特别行政区") && !own {
		sure = false
	}
	return parts, sure
}
