package calendar

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/emersion/go-ical"
	"pgregory.net/rapid"

	"mingdeng/internal/date"
)

func written(s string) date.Moment {
	m, err := date.ParseMoment(s)
	if err != nil {
		panic(err)
	}
	return m
}

// read reads a calendar with another library than the one that wrote it, and holds its lines
// to RFC 5545 §3.1.
func read(t interface {
	Fatalf(string, ...any)
	Helper()
}, b []byte) *ical.Calendar {
	t.Helper()
	if !bytes.HasSuffix(b, []byte("\r\n")) {
		t.Fatalf("does not end a line: %q", b)
	}
	for _, line := range strings.Split(strings.TrimSuffix(string(b), "\r\n"), "\r\n") {
		if len(line) > 75 || line == "" || strings.ContainsAny(line, "\r\n") || !utf8.ValidString(line) {
			t.Fatalf("a line that is none, of %d bytes: %q", len(line), line)
		}
	}
	dec := ical.NewDecoder(bytes.NewReader(b))
	c, err := dec.Decode()
	if err != nil {
		t.Fatalf("%v\n%s", err, b)
	}
	if _, err := dec.Decode(); err != io.EOF {
		t.Fatalf("something follows: %v", err)
	}
	if err := ical.NewEncoder(io.Discard).Encode(c); err != nil { // knows what must be there, and how often
		t.Fatalf("%v\n%s", err, b)
	}
	return c
}

func TestSpan(t *testing.T) {
	china := time.FixedZone("", 8*60*60)
	day := func(d, h, m int) time.Time { return time.Date(2026, 3, d, h, m, 0, 0, china) }
	for _, c := range []struct {
		name, start, end string
		from, to         time.Time
		whole            bool
	}{
		{"a day", "2026-03-05", "", day(5, 0, 0), day(6, 0, 0), true},
		{"days", "2026-03-05", "2026-03-07", day(5, 0, 0), day(8, 0, 0), true},
		{"a time of day", "2026-03-05 09:30", "", day(5, 9, 30), day(5, 9, 30), false},
		{"hours", "2026-03-05 09:30", "2026-03-05 11:00", day(5, 9, 30), day(5, 11, 0), false},
		{"from a time to the same day", "2026-03-05 09:30", "2026-03-05", day(5, 9, 30), day(5, 9, 30), false},
		{"from a time through another day", "2026-03-05 09:30", "2026-03-06", day(5, 9, 30), day(7, 0, 0), false},
		{"a day, until a time", "2026-03-05", "2026-03-05 11:00", day(5, 0, 0), day(6, 0, 0), true},
		{"until midnight", "2026-03-05 20:00", "2026-03-05 24:00", day(5, 20, 0), day(6, 0, 0), false},
		{"told in another zone", "2026-03-05T01:30:00Z", "", day(5, 9, 30), day(5, 9, 30), false},
	} {
		e := Event{UID: "x@example.cn", Stamp: date.Date{Year: 2026, Month: 2}, Start: written(c.start), Title: c.name}
		if c.end != "" {
			e.End = written(c.end)
		}
		var b bytes.Buffer
		if err := Write(&b, "", []Event{e}); err != nil {
			t.Fatal(err)
		}
		got := read(t, b.Bytes())
		v := got.Events()[0]
		from, err := v.DateTimeStart(china)
		if err != nil {
			t.Fatal(err)
		}
		to, err := v.DateTimeEnd(china)
		if err != nil {
			t.Fatal(err)
		}
		if !from.Equal(c.from) || !to.Equal(c.to) {
			t.Errorf("%s: from %v to %v", c.name, from, to)
		}
		prop := v.Props.Get(ical.PropDateTimeStart)
		if whole := prop.ValueType() == ical.ValueDate; whole != c.whole {
			t.Errorf("%s takes whole days: %v", c.name, whole)
		}
		if zone := prop.Params.Get("TZID"); !c.whole && (zone != "Asia/Shanghai" || len(got.Children) != 2) {
			t.Errorf("%s: in the zone %q, with %d parts", c.name, zone, len(got.Children))
		}
		if stamp, err := v.Props.DateTime(ical.PropDateTimeStamp, nil); err != nil || !stamp.Equal(time.Date(2026, 2, 1, 0, 0, 0, 0, china)) {
			t.Errorf("%s: told %v, %v", c.name, stamp, err)
		}
	}
}

// TestUndated: what is known to a month alone stands in no calendar.
func TestUndated(t *testing.T) {
	var b bytes.Buffer
	events := []Event{
		{UID: "1@x", Start: written("2026-03"), Title: "月"}, {UID: "2@x", Start: written("2026"), Title: "年"},
		{UID: "3@x", Start: written("2026-03-05"), End: written("2026-04"), Title: "到某月"}, {UID: "4@x", Start: written("2026-03-05"), Title: "日"},
	}
	if err := Write(&b, "日历", events); err != nil {
		t.Fatal(err)
	}
	got := read(t, b.Bytes())
	if n := len(got.Events()); n != 1 {
		t.Errorf("%d events", n)
	}
	if name := got.Props.Get("X-WR-CALNAME"); name == nil || name.Value != "日历" {
		t.Errorf("called %v", name)
	}
}

// TestTexts: whatever is written comes back from another reader, in one line.
func TestTexts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.OneOf(rapid.StringMatching(`[一-龥，；：、。,;:"\\a-z🕯 ]{0,120}`), rapid.String())
		e := Event{UID: "briefs/2026/a@example.cn", Stamp: date.Date{Year: 2026}, Start: written("2026-03-05"), Title: words.Draw(t, "title"), Place: words.Draw(t, "place"), Address: "https://example.cn/a/?b=1,2;3"}
		var b, again bytes.Buffer
		if err := Write(&b, "", []Event{e}); err != nil {
			t.Fatal(err)
		}
		if err := Write(&again, "", []Event{e}); err != nil || !bytes.Equal(b.Bytes(), again.Bytes()) {
			t.Fatalf("not the same bytes again: %v", err)
		}
		v := read(t, b.Bytes()).Events()[0]
		for prop, want := range map[string]string{ical.PropSummary: clean(e.Title), ical.PropLocation: clean(e.Place)} {
			if got, err := v.Props.Text(prop); err != nil || got != want {
				t.Fatalf("%s is %q, not %q: %v", prop, got, want, err)
			}
		}
		if u, err := v.Props.URI(ical.PropURL); err != nil || u.String() != e.Address {
			t.Fatalf("leads to %v, %v", u, err)
		}
	})
}
