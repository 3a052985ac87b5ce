package advice

import (
	"bytes"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/fold"
	"mingdeng/internal/han"
	"mingdeng/internal/hant"
	"mingdeng/internal/markdown"
	"mingdeng/internal/personal"
	"mingdeng/internal/project"
	"mingdeng/internal/rescue"
	"mingdeng/internal/site"
)

// Texts looks through every text: for numbers that identify a person, names of heroes that
// are not linked, alternative texts that repeat captions.
func Texts(p *project.Project) []diag.Finding {
	s := &look{Project: p}
	for _, e := range s.Model.Editions {
		names := namesOf(e)
		var heads []*content.Head
		e.Each(func(h *content.Head, _ site.Address) { heads = append(heads, h) })
		rescue.Each(len(heads), func(n int) {
			h := heads[n]
			// Heads are looked through as well: a number does harm in a caption too.
			s.personal(h.Path)
			body, changed := content.ReadBody(s.Texts, h)
			if changed != nil {
				return
			}
			if e.Tag == content.ZhHans {
				s.traditional(h, body)
			}
			s.unlinked(e, h, body, names)
			s.altRepeats(h, body)
		})
	}
	for _, plan := range p.Plans {
		for _, h := range plan.Said {
			s.personal(h.Path)
		}
	}
	return s.found.Sorted()
}

// personal reports numbers that identify a person in a file.
func (s *look) personal(path string) {
	text := string(content.ReadText(s.Texts, path))
	for _, p := range personal.Find(text) {
		if p.Doubtful {
			continue
		}
		start := strings.LastIndexByte(text[:p.From], '\n') + 1
		pos := diag.Pos{Line: 1 + strings.Count(text[:p.From], "\n"), Col: 1 + utf8.RuneCountInString(text[start:p.From])}
		what := personalWords[p.Kind]
		s.found.Add(diag.PersonalData.At(path, pos, p.Hidden, what.Zh, what.En))
	}
}

var personalWords = map[personal.Kind]diag.Text{
	personal.IDNumber:   {Zh: "身份证号", En: "an identity number"},
	personal.Disability: {Zh: "残疾证号", En: "the number of a disability certificate"},
	personal.Mobile:     {Zh: "手机号", En: "a mobile number"},
	personal.BankCard:   {Zh: "银行卡号", En: "a bank card number"},
}

// Names asks how names are written in Traditional characters where nobody can know
// but the person.
func Names(p *project.Project) []diag.Finding {
	s := &look{Project: p}
	if !slices.Contains(site.Tags(s.Content.Site), content.ZhHant) {
		return nil
	}
	for _, h := range s.Model.Editions[0].Heroes {
		if h.HeroKind != content.Person || site.HantName(h.Hero, s.Content) != "" {
			continue
		}
		if name, unsure := hant.Name(h.Name); len(unsure) > 0 {
			s.found.Add(diag.NameHantUnsure.At(h.Path, h.At("name"), h.Name, string(unsure), name))
		}
	}
	return s.found.Sorted()
}

// traditional reports a text that is written in Traditional characters, though those of
// this edition are Simplified. A quotation or an old name makes none.
func (s *look) traditional(h *content.Head, body []byte) {
	all, many := 0, 0
	var seen []rune
	for _, r := range string(body) {
		if !han.Is(r) {
			continue
		}
		all++
		if fold.Plain(r) != r {
			if many++; len(seen) < 6 && !slices.Contains(seen, r) {
				seen = append(seen, r)
			}
		}
	}
	if many >= 8 && many*8 > all {
		name := strings.TrimSuffix(h.Path, ".md") + ".zh-hant.md"
		s.found.Add(diag.TraditionalText.At(h.Path, diag.Pos{Line: h.Body.Line, Col: 1}, string(seen), path.Base(name)))
	}
}

// nameIndex finds heroes by the first character of their names.
type nameIndex map[rune][]*site.Hero

func namesOf(e *site.Edition) nameIndex {
	x := nameIndex{}
	for _, h := range e.Heroes {
		if utf8.RuneCountInString(h.Name) >= 2 {
			r, _ := utf8.DecodeRuneInString(h.Name)
			x[r] = append(x[r], h)
		}
	}
	return x
}

// unlinked reports the first mention of each hero that a record neither links nor lists.
func (s *look) unlinked(e *site.Edition, h *content.Head, body []byte, names nameIndex) {
	known := s.mentioned(e, h)
	line, col := h.Body.Line, 1
	for i := 0; i < len(body); {
		r, size := utf8.DecodeRune(body[i:])
		for _, hero := range names[r] {
			if bytes.HasPrefix(body[i:], []byte(hero.Name)) && !slices.Contains(known, hero.Name) && isName(body, i, hero.Name) {
				known = append(known, hero.Name)
				f := diag.UnlinkedName.At(h.Path, diag.Pos{Line: line, Col: col}, hero.Name, "heroes/"+hero.Slug)
				if markdown.TakesLink(body[bytes.LastIndexByte(body[:i], '\n')+1 : i]) {
					f = f.Replace(hero.Name, "[[heroes/"+hero.Slug+"]]")
				}
				s.found.Add(f)
			}
		}
		if i += size; r == '\n' {
			line, col = line+1, 1
		} else {
			col++
		}
	}
}

// Before and after a name there stands no character of Han, or one of these, with which a
// name forms no other word.
const (
	beforeNames = "民众员师生警兵长者雄士机友童男女和与及是叫名给跟同由对把被向为让称"
	afterNames  = "同烈先女等和与及的在说是把被从向跳救冲见听也就都于因为告没不已曾又还当立赶迅家一两"
)

// isName tells whether what stands at a place is a name. One of two characters is too
// often part of something else (高原, 江山), so it must stand at the borders of words.
func isName(body []byte, at int, name string) bool {
	if utf8.RuneCountInString(name) > 2 {
		return true
	}
	before, _ := utf8.DecodeLastRune(body[:at])
	after, _ := utf8.DecodeRune(body[at+len(name):])
	return (!han.Is(before) || strings.ContainsRune(beforeNames, before)) && (!han.Is(after) || strings.ContainsRune(afterNames, after))
}

// mentioned are the names a record links in its text, lists in its keys, or bears.
func (s *look) mentioned(e *site.Edition, h *content.Head) []string {
	var out []string
	add := func(list []*site.Hero) {
		for _, x := range list {
			out = append(out, x.Name)
		}
	}
	for _, t := range h.Body.Targets {
		if target, f := e.Find(h, t.Dest, diag.Pos{}); f == nil {
			out = append(out, target.Name)
		}
	}
	switch r := e.Record(h).(type) {
	case *site.Hero:
		out = append(out, r.Name)
		for _, m := range r.Members {
			out = append(out, m.Name)
		}
		add(r.Groups)
	case *site.Brief:
		add(r.Heroes)
	case *site.Chapter:
		add(r.Heroes)
	case *site.Exhibit:
		add(r.Heroes)
	}
	return out
}
