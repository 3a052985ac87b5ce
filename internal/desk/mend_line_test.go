package desk

import (
	"testing"

	"mingdeng/internal/diag"
)

// A line that becomes two keeps the line ends of its file.
func TestWithLines(t *testing.T) {
	for from, want := range map[string]string{
		"a\n甲<br>乙\nb\n":                   "a\n甲\\\n乙\nb\n",
		"\xef\xbb\xbfa\r\n甲<br>乙\r\nb\r\n": "\xef\xbb\xbfa\r\n甲\\\r\n乙\r\nb\r\n",
	} {
		got, ok := withLine([]byte(from), diag.Mended{Line: 2, Before: "甲<br>乙", After: "甲\\\n乙"})
		if !ok || string(got) != want {
			t.Errorf("%q: %q, %v, want %q", from, got, ok, want)
		}
	}
}
