package rescue

import (
	"errors"
	"io"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func TestDo(t *testing.T) {
	if err := Do(func() error { return io.EOF }); err != io.EOF {
		t.Error(err)
	}
	var none []int
	err := Do(func() error { _ = none[len(none)]; return nil })
	var p *Panic
	if !errors.As(err, &p) || !strings.HasPrefix(p.Where(), "internal/rescue/rescue_test.go:") {
		t.Fatalf("%v at %q", err, p.Where())
	}
	if got := err.Error(); !strings.HasPrefix(got, "panic: runtime error: index out of range") || strings.Contains(got, "\n") {
		t.Errorf("told as %q", got)
	}
	if err := Do(func() error { panic(io.ErrUnexpectedEOF) }); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Error(err)
	}
	if err := Do(func() error { panic("two\nlines") }); strings.Contains(err.Error(), "\n") {
		t.Errorf("%q", err)
	}
	if got := (&Panic{Value: "x"}).Error(); got != "panic: x" {
		t.Errorf("without a stack: %q", got)
	}
}

func TestEach(t *testing.T) {
	var sum atomic.Int64
	Each(100, func(i int) { sum.Add(int64(i)) })
	if sum.Load() != 4950 {
		t.Error(sum.Load())
	}
	Each(0, func(int) { t.Error("called") })

	var calls atomic.Int64
	var panicked atomic.Bool
	err := Do(func() error {
		Each(100_000, func(i int) {
			calls.Add(1)
			if i == 7 {
				panicked.Store(true)
				panic("seven")
			}
			if panicked.Load() { // whoever goes on does not outrun the one who tells of it
				time.Sleep(time.Millisecond)
			}
		})
		return nil
	})
	var p *Panic
	if !errors.As(err, &p) || p.Value != "seven" || !strings.Contains(string(p.Stack), "TestEach") {
		t.Errorf("%v", err)
	}
	if calls.Load() == 100_000 {
		t.Error("all were called though one had panicked")
	}
}
