// Package hant writes Simplified Chinese in Traditional characters.
//
// [Converter.Text] converts words: the longest phrase of OpenCC's dictionaries that
// stands at a place decides (头发 is 頭髮, 发现 is 發現), else the character's usual
// form. A few phrases give way where they are no words (队长发现): see border.go.
// The forms are OpenCC's standard with those of Taiwan's list of standard
// characters (s2tw: 為, 裡, 眾). It changes no vocabulary: 鼠标 does not become 滑鼠.
//
// The text keeps its length: the nth character of the result is the nth of the text.
// So a caller may convert a sentence whole, for its context, and cut the result where
// the sentence was cut.
//
// # Names of people
//
// A name is never converted as words are: they would make 范伟 範偉 and 余华 餘華.
// [Name] knows how surnames are written (data/surnames.txt) and gives a given name's
// character its other form only where it has exactly one; what it cannot know it keeps
// and tells, for the editor to say. A [Converter] is made with the names that are
// known, and finds them in running text: names of one character it does not look for,
// and a name that is an ordinary word too (后来) is that word. Whoever is named by the
// surname alone (余某, 范女士, 老党, 姓钟) is known by what stands around it: see veiled.go.
//
// # Data
//
// data/opencc.txt.gz is made by gen.go from OpenCC's dictionaries, under the Apache
// License 2.0: see data/NOTICE. It is unpacked on the first call that needs it (about
// 40 ms, 6 MB), never at start, and never changes. Everything here is safe for
// concurrent use.
package hant
