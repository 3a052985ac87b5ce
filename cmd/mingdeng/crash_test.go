package main

import (
	"bytes"
	"io"
	"strings"
	"testing"
)

// trap is an output that panics.
type trap struct{}

func (trap) Write([]byte) (int, error) { panic("out of the trap") }

// A panic that nothing below has told ends the command with one message and exit 3, not
// with a stack trace.
func TestPanicIsTold(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"version", "--lang", "zh"}, "mingdeng: 明灯自己出错了：panic: out of the trap (cmd/mingdeng/crash_test.go:"},
		{[]string{"version", "--lang", "en"}, "mingdeng: the program itself failed: panic: out of the trap (cmd/mingdeng/crash_test.go:"},
		{[]string{"version", "--lang", "en", "--format", "json"}, `{"path":"mingdeng","line":0,"col":0,"severity":"error","code":"internal","message":"the program itself failed: panic: out of the trap`},
	} {
		var told bytes.Buffer
		code := run(t.Context(), c.args, strings.NewReader(""), trap{}, &told)
		if got := told.String(); code != exitMachine || !strings.HasPrefix(got, c.want) || strings.Contains(got, "goroutine") {
			t.Errorf("%v: exit %d, %q", c.args, code, got)
		}
	}
	var out bytes.Buffer
	if code := run(t.Context(), []string{"version"}, strings.NewReader(""), &out, io.Discard); code != exitFine || out.Len() == 0 {
		t.Errorf("without a trap: exit %d", code)
	}
}
