// Package han holds the kernels for Chinese text: which characters are Han,
// how wide they are, how they and people's names are read, how names sort,
// how long a text is, where a summary may end, which word was probably meant.
//
// # Readings
//
// [Pinyin] reads running text with a list of some thousand words (重庆 is
// chong qing, 银行 yin hang); [ReadName] reads a personal name, where the
// surname decides (单 is shan, 尉迟 yu chi). Syllables are spelt as 汉语拼音方案
// spells them, in lower case and without tones, so ü stays ü. Only addresses
// ([Slug], [SlugName]) turn it into yu, as GB/T 28039-2011 and passports do:
// 吕布 is lyu-bu. Some surnames have two living readings; then the likelier is
// taken and Reading.Ambiguous names the others, for the editor to decide.
//
// # Order
//
// [PinyinKey] and [StrokeKey] make strings that sort bytewise: make them once,
// compare them often. Both look at one character after the other, as
// GB/T 13418-1992 and the dictionaries do, so all of one surname stay together.
//
// By pinyin: letters, shorter syllable first, ü after u; then the tone; then
// stroke order. By strokes: the number of strokes, then the official order of
// 通用规范汉字表 (2013) and GB 13000.1. Inside each of that table's three
// levels the order is the table's own; between levels it follows the classes
// of the strokes (横竖撇点折). Other characters follow those of the table within
// their stroke count; what is unknown comes last.
//
// # Data
//
// The folder data holds text files that a person can read and mend:
// readings.txt and strokes.txt are made by gen.go, which tells from what and
// under which licences; surnames.txt and words.txt are kept by hand. They are
// parsed on the first call that needs them (about 3 ms), never at start.
// Everything here is safe for concurrent use.
//
// # Not here
//
// No conversion between Simplified and Traditional, no word segmentation, no
// collation of whole texts: golang.org/x/text's Chinese collation reads
// surnames wrongly and its stroke order is not the official one.
package han
