package docx

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"mingdeng/internal/importer/rich"
)

// field is a field that has begun (w:fldChar) and not ended.
type field struct {
	code    string
	result  bool   // past its code
	shown   bool   // its result has words
	value   string // what a form field holds, where its result does not say it
	endless bool   // it ends with its paragraph
}

// balance finds the beginnings of fields that no mark ends: they would hide all that
// follows. Text boxes are read as texts of their own.
func (x *reader) balance(n *node) {
	var open []*node
	var walk func(*node)
	walk = func(k *node) {
		switch {
		case k.name == "txbxContent":
			x.balance(k)
			return
		case k.name != "fldChar":
		case k.attr("fldCharType") == "begin":
			open = append(open, k)
		case k.attr("fldCharType") == "end" && len(open) > 0:
			open = open[:len(open)-1]
		}
		for _, kid := range k.kids {
			walk(kid)
		}
	}
	for _, kid := range n.kids {
		walk(kid)
	}
	for _, k := range open {
		x.endless[k] = true
	}
}

// formValue is what a form field of the old kind holds: the entry chosen, or a tick.
func formValue(data *node) string {
	switch {
	case data.child("ddList") != nil:
		list := data.child("ddList")
		chosen := list.child("result").attr("val")
		if chosen == "" {
			chosen = list.child("default").attr("val")
		}
		i, _ := strconv.Atoi(chosen) // the first where nothing was chosen
		for _, k := range list.kids {
			if k.name == "listEntry" {
				if i == 0 {
					return k.attr("val")
				}
				i--
			}
		}
	case data.child("checkBox") != nil:
		box := data.child("checkBox")
		mark := box.child("checked")
		if mark == nil {
			mark = box.child("default")
		}
		if mark.on() {
			return "☑"
		}
		return "☐"
	case data.child("textInput") != nil:
		return data.child("textInput", "default").attr("val")
	}
	return ""
}

// address accepts what a text may link to.
func address(target, fragment string) string {
	if fragment != "" && !strings.Contains(target, "#") {
		target += "#" + fragment
	}
	target = strings.TrimSpace(target)
	u, err := url.Parse(target)
	if err != nil || strings.ContainsAny(target, "\n\t") {
		return ""
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https":
		if u.Host != "" {
			return target
		}
	case "mailto":
		return target
	}
	return ""
}

// hiding tells whether words are now part of a field that is not shown, and adds
// the address of a link field.
func (r *runs) hiding() (hidden bool, link string) {
	link = r.link
	for _, f := range r.fields {
		if !f.result {
			return true, ""
		}
		code := strings.Fields(f.code)
		if len(code) == 0 {
			continue
		}
		switch strings.ToUpper(code[0]) {
		case "TOC":
			r.inTOC = true
		case "HYPERLINK":
			if m := quoted.FindStringSubmatch(f.code); m != nil {
				if a := address(m[1], ""); a != "" {
					link = a
				}
			}
		}
	}
	return false, link
}

var quoted = regexp.MustCompile(`(?i)^\s*HYPERLINK\s+"([^"]+)"`)

// guide is the field older Words write for a reading above a character:
// EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(kūn),堃)
var guide = regexp.MustCompile(`(?i)^\s*EQ\b.*\\o(?:\\ad)?\s*\(\s*\\s\\up\s*[\d.]*\s*\(([^()]*)\)\s*[,;]\s*([^()]+)\)\s*$`)

func (r *runs) fieldMark(k *node, s rich.Span) {
	switch n := len(r.fields); k.attr("fldCharType") {
	case "begin":
		if n < 50 {
			r.fields = append(r.fields, field{value: formValue(k.child("ffData")), endless: r.endless[k]})
		}
	case "separate":
		if n > 0 {
			r.fields[n-1].result = true
		}
	case "end":
		if n == 0 {
			return
		}
		f := r.fields[n-1]
		r.hiding() // a field may begin and end within one paragraph of a table of contents
		r.fields = r.fields[:n-1]
		if m := guide.FindStringSubmatch(f.code); m != nil && !f.result {
			s.Text, s.Ruby = strings.TrimSpace(m[2]), strings.TrimSpace(m[1])
			r.say(s)
		} else if m := enclosed.FindStringSubmatch(f.code); m != nil && !f.shown {
			s.Text = circled(m[1], m[2])
			if strings.HasPrefix(s.Text, "（") {
				r.circles++
			}
			r.say(s)
		} else if m := circleNumber.FindStringSubmatch(f.code); m != nil && !f.shown {
			s.Text = circled("○", m[1])
			r.say(s)
		} else if m := fraction.FindStringSubmatch(f.code); m != nil && !f.shown {
			s.Text = m[1] + "/" + m[2]
			r.say(s)
		} else if f.value != "" && !f.shown {
			s.Text = f.value
			r.say(s)
		} else if code := strings.TrimSpace(f.code); !f.result && strings.HasPrefix(strings.ToUpper(code), "EQ") {
			r.formulas++
			s.Text = code
			r.say(s)
		}
	}
}

// marks goes through words that are not shown or were deleted: fields that begin or end
// among them do so all the same.
func (r *runs) marks(n *node) {
	n.each(func(k *node) {
		switch k.name {
		case "fldChar":
			r.mute = true
			r.fieldMark(k, rich.Span{})
			r.mute = false
		case "instrText":
			r.instruction(k)
		}
	})
}

func (r *runs) instruction(k *node) {
	if n := len(r.fields); n > 0 && !r.fields[n-1].result {
		r.fields[n-1].code += string(k.data)
	}
}
