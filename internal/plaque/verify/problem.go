package verify

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"mingdeng/internal/diag"
)

// Problem is what is wrong with a code's address; its text is stable, for machines.
type Problem string

// Faults: a visitor does not get the page.
const (
	Sound               Problem = ""
	NoSuchHost          Problem = "no-such-host"
	Unreachable         Problem = "unreachable"
	NotAsked            Problem = "not-asked"
	Timeout             Problem = "timeout"
	BrokenOff           Problem = "broken-off"
	NoTLS               Problem = "tls"
	CertificateExpired  Problem = "certificate-expired"
	CertificateHost     Problem = "certificate-host"
	CertificateUnknown  Problem = "certificate-unknown"
	CertificateOther    Problem = "certificate"
	CertificateEnding   Problem = "certificate-ending" // within days
	Status              Problem = "status"
	Missing             Problem = "missing" // status 200 with the page for what does not exist
	WrongPage           Problem = "wrong-page"
	LeadsNowhere        Problem = "leads-nowhere" // a retired code's page without a way on
	Download            Problem = "download"
	Loop                Problem = "redirect-loop"
	Elsewhere           Problem = "redirect-elsewhere"
	certificateNotBegun Problem = "certificate-not-begun"
)

// What is to be looked after.
const (
	Slow            Problem = "slow"
	Moved           Problem = "redirected"
	OtherHost       Problem = "other-host"
	Plain           Problem = "not-https"
	CertificateSoon Problem = "certificate-soon"
	SoftMissing     Problem = "soft-404"   // of the site
	NoFolding       Problem = "no-folding" // of the site
)

// Problems are all there are, faults first.
func Problems() []Problem {
	return []Problem{
		NoSuchHost, Unreachable, Timeout, BrokenOff, NotAsked, NoTLS, CertificateExpired, certificateNotBegun, CertificateHost, CertificateUnknown,
		CertificateOther, CertificateEnding, Status, Missing, WrongPage, LeadsNowhere, Download, Loop, Elsewhere,
		Slow, Moved, OtherHost, Plain, CertificateSoon, SoftMissing, NoFolding,
	}
}

// Fault tells that a visitor does not get the page.
func (p Problem) Fault() bool {
	switch p {
	case Sound, Slow, Moved, OtherHost, Plain, CertificateSoon, SoftMissing, NoFolding:
		return false
	}
	return true
}

// passing tells what may be gone at the next try.
func (p Problem) passing(status int) bool {
	switch p {
	case NoSuchHost, Unreachable, Timeout, BrokenOff:
		return true
	case Status:
		return status >= 500 || status == http.StatusTooManyRequests || status == http.StatusRequestTimeout
	}
	return false
}

// fail notes why there is no page.
func (r *Result) fail(err error) {
	var dns *net.DNSError
	var op *net.OpError
	var verification *tls.CertificateVerificationError
	var invalid x509.CertificateInvalidError
	var host x509.HostnameError
	var unknown x509.UnknownAuthorityError
	var record tls.RecordHeaderError
	var alert tls.AlertError
	if errors.As(err, &verification) && len(verification.UnverifiedCertificates) > 0 {
		r.until(verification.UnverifiedCertificates[0].NotAfter)
	}
	switch {
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired && invalid.Cert != nil && time.Now().Before(invalid.Cert.NotBefore):
		r.Problem = certificateNotBegun
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		r.Problem = CertificateExpired
	case errors.As(err, &host):
		r.Problem = CertificateHost
		if host.Certificate != nil {
			r.Found = strings.Join(host.Certificate.DNSNames[:min(3, len(host.Certificate.DNSNames))], " ")
		}
	case errors.As(err, &unknown):
		r.Problem = CertificateUnknown
	case verification != nil, invalid.Cert != nil:
		r.Problem = CertificateOther
	case errors.As(err, &record), errors.As(err, &alert):
		r.Problem = NoTLS
	case errors.As(err, &dns) && dns.IsNotFound:
		r.Problem = NoSuchHost
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded), isTimeout(err):
		r.Problem = Timeout
	case errors.As(err, &dns), errors.As(err, &op) && op.Op == "dial":
		r.Problem = Unreachable
	default:
		r.Problem = BrokenOff
	}
}

func isTimeout(err error) bool {
	var t interface{ Timeout() bool }
	return errors.As(err, &t) && t.Timeout()
}

var words = map[Problem]diag.Text{
	NoSuchHost:          {Zh: "查不到这个域名：域名到期了，或解析没有设好", En: "there is no such host: the domain has lapsed, or its DNS record is missing"},
	Unreachable:         {Zh: "连不上服务器", En: "the server cannot be reached"},
	NotAsked:            {Zh: "没有再问：服务器一直连不上", En: "not asked: the server could not be reached"},
	Timeout:             {Zh: "等了很久没有回答", En: "no answer came in time"},
	BrokenOff:           {Zh: "传到一半断了", En: "the answer broke off"},
	NoTLS:               {Zh: "HTTPS 没有设好", En: "HTTPS is not set up"},
	CertificateExpired:  {Zh: "HTTPS 证书 %s 到期了", En: "the certificate ended on %s"},
	certificateNotBegun: {Zh: "HTTPS 证书还没有生效", En: "the certificate is not valid yet"},
	CertificateHost:     {Zh: "HTTPS 证书不是这个域名的（是 %s 的）", En: "the certificate is for another host (%s)"},
	CertificateUnknown:  {Zh: "HTTPS 证书不是公认的机构发的，或服务器少给了中间证书；手机会拦", En: "the certificate is from nobody that phones know, or the server leaves out the intermediate one"},
	CertificateOther:    {Zh: "HTTPS 证书有问题，手机会拦", En: "the certificate is not valid"},
	CertificateEnding:   {Zh: "HTTPS 证书 %s 就要到期了", En: "the certificate ends on %s"},
	Status:              {Zh: "打不开：状态码 %d", En: "does not open: status %d"},
	Missing:             {Zh: "打开的是“没有这一页”（状态码却是 200）", En: "opens the page for what does not exist (with status 200)"},
	WrongPage:           {Zh: "打开的不是这件展品：%s", En: "opens something else: %s"},
	LeadsNowhere:        {Zh: "停用的编号应当引向接替它的或所在的阵地，这一页没有；多半是没有重新上传", En: "a retired code should lead to its successor or venue, and does not; was the site uploaded since?"},
	Download:            {Zh: "手机会当文件下载，不显示（Content-Disposition: attachment；对象存储要绑定自己的域名）", En: "phones download it in place of showing it (Content-Disposition: attachment; bind your own domain to the bucket)"},
	Loop:                {Zh: "转来转去没有尽头", En: "the redirects never end"},
	Elsewhere:           {Zh: "转到了别处：%s", En: "leads out of the web: %s"},
	Slow:                {Zh: "慢：%.1f 秒", En: "slow: %.1f s"},
	Moved:               {Zh: "转到了 %s", En: "leads on to %s"},
	OtherHost:           {Zh: "转到了另一个域名：%s", En: "leads to another host: %s"},
	Plain:               {Zh: "没有用 HTTPS，有的手机会拦", En: "not over HTTPS; some phones refuse it"},
	CertificateSoon:     {Zh: "HTTPS 证书 %s 到期", En: "the certificate ends on %s"},
	SoftMissing:         {Zh: "没有的网址，服务器没有用状态码 404 回答（mingdeng help deploy 有各种服务器的写法）", En: "the server does not answer 404 for what does not exist (mingdeng help deploy tells how)"},
	NoFolding:           {Zh: "用小写打的编号（/q/…）打不开，也没有到 404.html", En: "a code typed in small letters (/q/…) neither opens nor comes to 404.html"},
}

var nothing = diag.Text{Zh: "看不出是哪一页", En: "it does not say what it is"}

// Say tells a problem of a result in a sentence.
func (r *Result) Say(p Problem, l diag.Lang) string {
	w := words[p].In(l)
	end := r.Until.Local().Format(time.DateOnly)
	var way []string // after the first address, hop by hop
	for _, h := range r.Chain[min(1, len(r.Chain)):] {
		way = append(way, diag.Printable(h.URL))
	}
	switch p {
	case CertificateExpired, CertificateEnding, CertificateSoon:
		return fmt.Sprintf(w, end)
	case Status:
		return fmt.Sprintf(w, r.Status)
	case CertificateHost, WrongPage, Elsewhere:
		if r.Found == "" {
			return fmt.Sprintf(w, nothing.In(l))
		}
		return fmt.Sprintf(w, diag.Printable(r.Found))
	case Slow:
		return fmt.Sprintf(w, r.Took.Seconds())
	case Moved, OtherHost:
		return fmt.Sprintf(w, strings.Join(way, " → "))
	}
	return w
}

// Text tells a problem without the particulars of a result: one of the site as a whole has none.
func (p Problem) Text(l diag.Lang) string {
	return strings.NewReplacer("%s", "…", "%d", "…", "%.1f", "…").Replace(words[p].In(l))
}
