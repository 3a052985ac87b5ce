package content

import (
	"strings"

	"mingdeng/internal/diag"
)

// What follows lets a file be amended by the rules it is read by.

// FindKey returns which of keys a name in a file means, as the decoder takes it: in either
// language, by a further name, with capitals and full-width letters; -1 for none.
func FindKey(keys []Key, name string) int {
	for _, n := range []string{name, foldKey(name)} {
		for i := range keys {
			k := &keys[i]
			if n == k.En || n == k.Zh {
				return i
			}
			for _, also := range k.Also {
				if n == also {
					return i
				}
			}
		}
	}
	return -1
}

// IsKey tells whether a name is that of any key of any record.
func IsKey(name string) bool { return isKey(name) }

// Switch reads a word that says yes or no: true, 是, 不同意 …
func Switch(text string) (on, ok bool) { return parseSwitch(text) }

// DecodeText turns the bytes of a file into UTF-8 with plain line ends, without a byte-order
// mark. The finding bears no path; the text is nil where it cannot be used.
func DecodeText(raw []byte) ([]byte, *diag.Finding) { return decodeText(raw) }

// Control finds a character that no text of a record may hold.
func Control(text string) (r rune, found bool) {
	for _, r := range text {
		if isControl(r) {
			return r, true
		}
	}
	return 0, false
}

// EditionOf is the language in which a file words a record, as file names end: "en"; ""
// for the record's own file.
func EditionOf(path string) string { return kindOfFile(path).edition }

// KindOf tells of which kind the record is that lies at a path below the site's root, in
// whichever language it is worded; "" where no record lies there.
func KindOf(path string) Kind { return kindOfFile(path).kind }

// ValueOf is the fixed value that a word means: in either language, or by a further name;
// also lists the values with their further names, as Also methods do.
func ValueOf(values, also []Value, word string) (string, bool) {
	for _, list := range [2][]Value{values, also} {
		for _, v := range list {
			if word == v.Zh || strings.EqualFold(word, v.Zh) || strings.EqualFold(word, v.En) {
				return v.En, true
			}
		}
	}
	return "", false
}
