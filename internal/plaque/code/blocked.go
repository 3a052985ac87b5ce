package code

import "strings"

// unwelcome holds what no code may contain, as people read it: Fold turns I, L, O
// and U into the symbols that stand for them. What matters is how a code sounds or
// looks in China, cast in bronze beside the name of someone who may have died.
var unwelcome = fold(map[string]string{
	// Insults and obscenities, by the initials or the pinyin everybody knows.
	"SB": "傻屄", "5B": "looks like SB", "S8": "looks like SB", "2B": "二屄",
	"NC": "脑残", "NT": "脑瘫", "BC": "白痴", "ZZ": "智障", "BT": "变态", "JB": "鸡巴", "JJ": "鸡鸡", "DB": "逗屄",
	"MB": "妈屄", "NM": "你妈", "TM": "他妈", "MD": "妈的", "MMP": "妈卖批", "RNM": "日你妈",
	"CAO": "操", "GAN": "干", "BI": "屄", "SHA": "傻、杀", "WC": "卧槽、厕所", "PG": "屁股",
	"AV": "成人影片", "SM": "性虐", "YP": "约炮", "PC": "嫖娼",

	// English that schoolchildren know too, with the shorthand of the internet.
	"ASS": "arse", "SEX": "sex", "FUC": "fuck", "FCK": "fuck", "FK": "fuck", "SHIT": "shit", "SHT": "shit",
	"TIT": "breast", "CUM": "semen", "WTF": "what the fuck", "GAY": "used as an insult", "FAG": "insult", "HELL": "hell",

	// Numbers that insult.
	"250": "二百五", "38": "三八", "13": "十三点；装 13", "748": "去死吧",

	// Death, where the dead are honoured: 4 sounds like 死.
	"SI": "死", "44": "死死", "14": "要死", "54": "我死", "74": "气死、去死", "94": "就死",
	"DIE": "死", "DEAD": "死了", "KILL": "杀", "EVIL": "恶",

	// Days and things that a hall of honour does not play with.
	"731": "七三一部队", "918": "九一八", "1213": "南京大屠杀死难者国家公祭日", "64": "a date, as 8964",
	"KKK": "Ku Klux Klan", "NAZ": "Nazi", "HH": "Heil Hitler",

	// Names and bodies of the state, by their initials.
	"XJP": "a leader's name", "MZD": "a leader's name", "GCD": "共产党", "CCP": "共产党", "KMT": "国民党", "TD": "台独",

	// What looks like a fault of the website.
	"404": "page not found", "500": "server error", "ERR": "error", "BAD": "bad",

	// Excel and WPS turn 3DEC or MAR12 into a date when they open a manifest.
	"JAN": "1 月", "FEB": "2 月", "MAR": "3 月", "APR": "4 月", "MAY": "5 月", "SEP": "9 月", "DEC": "12 月",
})

func fold(reasons map[string]string) map[string]string {
	folded := make(map[string]string, len(reasons))
	for word, why := range reasons {
		folded[Fold(word)] = why
	}
	return folded
}

// Blocked reports whether a code must not be given out. A code is blocked where
//
//   - it holds a word or number that insults, mocks the dead or offends the public
//     (the list above, each with its reason);
//   - a character stands three times in a row: 444 reads as 死死死, and people
//     lose count of any run;
//   - it is all digits, and could be taken for a year, an exhibit's number or part
//     of a telephone number;
//   - it is all letters, and could be a word in some language we do not know;
//   - it is digits, one E and digits: spreadsheets read 12E4 as 120000.
//
// A blocked code that is in the world already stays valid.
func Blocked(code string) bool {
	digits := 0
	for i := range len(code) {
		if code[i] <= '9' {
			digits++
		}
		if i >= 2 && code[i] == code[i-1] && code[i] == code[i-2] {
			return true
		}
	}
	if digits == len(code) || digits == 0 {
		return true
	}
	if e := strings.IndexByte(code, 'E'); e > 0 && e < len(code)-1 && digits == len(code)-1 {
		return true
	}
	for from := range len(code) {
		for to := from + 2; to <= min(from+4, len(code)); to++ {
			if _, hit := unwelcome[code[from:to]]; hit {
				return true
			}
		}
	}
	return false
}
