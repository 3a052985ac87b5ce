package design

import "strings"

// indent begins the paragraphs of a story of several.
const indent = "　　"

// words puts the fields into a text; "" where it has fields and all of them are empty.
func (c *composer) words(text string) string {
	out, any := fillAll(text, c.p.Fields)
	if !any {
		return ""
	}
	return out
}

// fill puts the fields into a text.
func fill(text string, fields map[string]string) string {
	out, _ := fillAll(text, fields)
	return out
}

// fillAll puts the fields into a text; any tells whether one of them says something, or the
// text has none. Words of the theme, {t:…}, count as text.
func fillAll(text string, fields map[string]string) (out string, any bool) {
	var b strings.Builder
	has := false
	for {
		head, rest, ok := strings.Cut(text, "{")
		b.WriteString(head)
		if !ok {
			break
		}
		name, tail, closed := strings.Cut(rest, "}")
		value, known := fields[name]
		switch {
		case !closed:
			b.WriteString("{" + rest)
			tail = ""
		case !known && !strings.HasPrefix(name, "t:") && !strings.ContainsAny(name, "abcdefghijklmnopqrstuvwxyz"):
			b.WriteString("{" + name + "}")
		default:
			b.WriteString(value)
			if !strings.HasPrefix(name, "t:") {
				has = true
				any = any || value != ""
			}
		}
		text = tail
	}
	out = strings.TrimSpace(b.String())
	if strings.HasPrefix(b.String(), indent) {
		out = indent + out
	}
	return out, any || !has
}

// Fields are the fields that a design asks for, each once: names without braces.
func (d *Design) Fields() []string {
	var out []string
	seen := map[string]bool{}
	see := func(name string) {
		if name != "" && !seen[name] {
			seen[name] = true
			out = append(out, name)
		}
	}
	var walk func(boxes []Box)
	walk = func(boxes []Box) {
		for _, b := range boxes {
			see(b.If)
			see(b.Unless)
			if b.Kind == Text {
				rest := b.Text
				for {
					_, after, ok := strings.Cut(rest, "{")
					name, tail, closed := strings.Cut(after, "}")
					if !ok || !closed {
						break
					}
					see(name)
					rest = tail
				}
				if b.Shorten {
					see("more")
				}
			}
			walk(b.Items)
		}
	}
	walk(d.Boxes)
	return out
}

// Has tells whether the design has a box of a kind, of pictures one of that name.
func (d *Design) Has(kind Kind, name string) bool {
	var has func(boxes []Box) bool
	has = func(boxes []Box) bool {
		for _, b := range boxes {
			if b.Kind == kind && (kind != Picture || b.Text == name) || has(b.Items) {
				return true
			}
		}
		return false
	}
	return has(d.Boxes)
}

// left tells whether a box is left out: see If and Unless.
func (c *composer) left(b *Box) bool {
	said := func(name string) bool {
		switch name {
		case "portrait":
			return c.p.Picture
		case "plan":
			return c.p.Plan.W > 0
		case "facts":
			return len(c.p.Facts) > 0
		case "ways":
			return len(c.p.Ways) > 0
		case "names":
			return len(c.p.Rolls) > 0
		}
		return c.p.Fields[name] != ""
	}
	return b.If != "" && !said(b.If) || b.Unless != "" && said(b.Unless)
}
