package amend

import "slices"

// Conflict is a key, or the text, that was changed both in a form and in its file.
type Conflict struct {
	Key          string // English name; "" for the text
	Mine, Theirs Value  // the text as a scalar
}

// Merge brings together what a form says (mine and body, as for [Record.Apply]) with what
// was done to its file since it was opened: base is the file as it was then, theirs as it is
// now. want and text are what to Apply to theirs; they leave out what the form did not
// change. What both changed, each to something else, stands in conflicts and not in want.
func Merge(base, theirs *Record, mine map[string]Value, body *string) (want map[string]Value, text *string, conflicts []Conflict, err error) {
	was, is := base.Value(), theirs.Value()
	want = map[string]Value{}
	var names []string
	for name := range mine {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		child, _, ok := base.schema.of(name)
		if !ok || child.key.En != name {
			return nil, nil, nil, errUnknown(name)
		}
		v, err := clean(mine[name], child)
		if err != nil {
			return nil, nil, nil, err
		}
		switch old, now := was.Get(name), is.Get(name); {
		case v.Equal(old), v.Equal(now):
		case now.Equal(old):
			want[name] = v
		default:
			conflicts = append(conflicts, Conflict{name, v, now})
		}
	}
	if body != nil {
		b := trimmed(*body)
		switch old, now := base.Text(), theirs.Text(); {
		case b == old, b == now:
		case now == old:
			text = &b
		default:
			conflicts = append(conflicts, Conflict{"", Text(b), Text(now)})
		}
	}
	return want, text, conflicts, nil
}
