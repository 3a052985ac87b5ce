package content

import (
	"slices"
	"strings"

	"mingdeng/internal/date"
)

// Language is an edition's language tag (BCP 47).
type Language string

// The languages of editions. What is known of each stands in the table [Languages].
const (
	ZhHans Language = "zh-Hans"
	ZhHant Language = "zh-Hant"
	En     Language = "en"
)

// LanguageInfo is all that is known of a language in which a site can be.
type LanguageInfo struct {
	Tag  Language
	Zh   string // its name in messages and keys
	Own  string // how it calls itself
	Sign string // the same, as short as beside a title on a phone
	// Locale is the language as Open Graph names it, which knows none without a territory.
	Locale string
	// File is what ends the name of a file that words a record: NAME.en.md.
	File string
	// Prefix begins the addresses of its edition, unless it is the site's own language.
	Prefix string
	// Foreign tells that texts cannot be had from the record's own by conversion: what has
	// no words in it is left out.
	Foreign bool
	Date    func(date.Date) string // a date in full, as far as it is known
	Day     func(date.Date) string // month and day, where the year is told beside it
	// ShareTitle is how many characters the title of a page that people send each other may
	// have: WeChat's share card takes <title> and cuts it at some 24; of Latin letters it
	// shows more.
	ShareTitle int
}

var languages = []LanguageInfo{
	{Tag: ZhHans, Zh: "简体", Own: "简体", Sign: "简", Locale: "zh_CN", File: "zh-hans",
		Date: date.Date.Chinese, Day: date.Date.ChineseDay, ShareTitle: 24},
	{Tag: ZhHant, Zh: "繁体", Own: "繁體", Sign: "繁", Locale: "zh_TW", File: "zh-hant", Prefix: "zh-hant/",
		Date: date.Date.Chinese, Day: date.Date.ChineseDay, ShareTitle: 24},
	{Tag: En, Zh: "英文", Own: "English", Sign: "EN", Locale: "en_US", File: "en", Prefix: "en/", Foreign: true,
		Date: date.Date.English, Day: date.Date.EnglishDay, ShareTitle: 60},
}

// Languages lists the languages in which a site can be, the one it is written in first.
func Languages() []LanguageInfo { return slices.Clone(languages) }

// Info is what is known of a language; the zero LanguageInfo if it is none of a site.
func (l Language) Info() LanguageInfo {
	for _, x := range languages {
		if x.Tag == l {
			return x
		}
	}
	return LanguageInfo{}
}

// Values lists the fixed values.
func (Language) Values() []Value {
	var out []Value
	for _, l := range languages {
		out = append(out, Value{string(l.Tag), l.Zh})
	}
	return out
}

// cutEdition parts the name of a file, without its .md or .yaml, from the language it ends
// in: "张三" and en's for 张三.en. edition is "" for a file in the site's own language.
func cutEdition(name string) (base, edition string) {
	for _, l := range languages {
		if base, ok := strings.CutSuffix(name, "."+l.File); ok {
			if l.Prefix == "" { // what the site is written in
				return base, ""
			}
			return base, l.File
		}
	}
	return name, ""
}
