package personal

import (
	"regexp"
	"strings"
)

// words before a number that may be written without a blank, in Latin letters.
var labels = regexp.MustCompile(`(?i)(?:^|[^a-z])(?:tel|phone|mobile|mob|cell|call|wechat|weixin|vx|wx|qq|id|no|sfz|sj|dh)[./=:]?$`)

// free tells whether the number at digit p is no part of a word or an address.
func (r *run) free(p int) bool {
	if p > 0 && (r.digits[p].before != joined || !r.digits[p].turn) {
		return true // what is before it is a number
	}
	before := r.text[max(0, r.digits[p].from-12):r.digits[p].from]
	if before == "" {
		return true
	}
	last := before[len(before)-1]
	switch {
	case letter(last) || last == '_':
	case last == '.' || last == '/' || last == '=':
		if len(before) < 2 || !letter(before[len(before)-2]) && !within(before[len(before)-2], '0', '9') && before[len(before)-2] != '/' {
			return true
		}
	default:
		return true
	}
	return labels.MatchString(before)
}

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// otherwise tells whether the words before a number say that it is another one. They are
// asked where the number itself does not tell.
func (r *run) otherwise(p int) bool {
	before := r.text[max(0, r.digits[p].from-48):r.digits[p].from]
	if i := strings.LastIndexAny(before, "\n。；，、"); i >= 0 {
		before = before[i:]
	}
	return others.MatchString(before)
}

var others = regexp.MustCompile(`(?i)(?:订单|单号|流水|交易|凭证|发票|票号|票据|注册号|登记号|信用代码|机构代码|税号|识别号|备案|批准文号|IMEI|串号|序列号|条码|受理|案号|案件|警情|接警|处警|立案|编码|ISBN|ISSN|运单|快递|设备)[^\d]{0,24}$`)
