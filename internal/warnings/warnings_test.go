package warnings

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/privacy"
	"mingdeng/internal/site"
)

// mapMemory is a memory that holds on to everything.
type mapMemory map[fingerprint.Fingerprint][]byte

func (m mapMemory) Recall(key fingerprint.Fingerprint) ([]byte, bool) { b, ok := m[key]; return b, ok }
func (m mapMemory) Remember(key fingerprint.Fingerprint, b []byte)    { m[key] = slices.Clone(b) }
func (m mapMemory) Forget(key fingerprint.Fingerprint)                { delete(m, key) }

// What is kept of findings gives them back as they were, or says that it is not all; and
// never holds a secret word.
func TestFindingsComeBack(t *testing.T) {
	text := "一行卜书铭的话\n引用 bu-shu-ming 和 bu-shu-ming\n"
	fsys := fstest.MapFS{"content/a.md": {Data: []byte(text)}, "content/heroes/卜书铭.md": {Data: []byte(text)}}
	tree := &content.Tree{Files: []content.FileInfo{{Path: "content/a.md"}, {Path: "content/heroes/卜书铭.md"}}}
	guard := privacy.New(&site.Model{Withheld: []site.Withheld{{Path: "content/heroes/卜书铭.md", Slug: "bu-shu-ming", Names: []string{"卜书铭"}}}})
	secrets := []string{"卜书铭", "bu-shu-ming"}
	words := secret{guard: guard, paths: map[string]bool{}, words: map[string][]string{"bu-": {"bu-shu-ming"}, "卜": {"卜书铭"}}}
	codes := diag.Codes()
	rapid.Check(t, func(rt *rapid.T) {
		memory := mapMemory{}
		k := &Keeper{memory: memory, secret: words, source: NewSource(fsys, tree), fresh: map[string]bool{}}
		word := rapid.SampledFrom(append(secrets, "", "话", "x", "content/a.md", "content/heroes/卜书铭.md", strings.Repeat("长", 900)))
		number := rapid.IntRange(0, 3)
		var list []diag.Finding
		for range number.Draw(rt, "findings") * 4 {
			f := diag.Finding{
				Code: rapid.SampledFrom(codes).Draw(rt, "code"), Pos: diag.Pos{Line: number.Draw(rt, "line"), Col: number.Draw(rt, "col")},
				Path: rapid.SampledFrom([]string{"content/a.md", "content/heroes/卜书铭.md", "none"}).Draw(rt, "path"),
			}
			for range number.Draw(rt, "args") {
				if rapid.Bool().Draw(rt, "number") {
					f.Args = append(f.Args, number.Draw(rt, "n"))
				} else {
					f.Args = append(f.Args, word.Draw(rt, "word"))
				}
			}
			if rapid.Bool().Draw(rt, "fix") {
				f.Fix = &diag.Fix{At: diag.Pos{Line: 1, Col: 2}, Old: word.Draw(rt, "old"), New: word.Draw(rt, "new"), Put: rapid.Bool().Draw(rt, "put")}
			}
			list = append(list, f)
		}
		k.Keep("p", list)
		for _, value := range memory {
			for _, s := range secrets {
				if strings.Contains(string(value), s) {
					rt.Fatalf("kept with %s: %q", s, value)
				}
			}
		}
		var want []diag.Finding
		plain := true
		for _, f := range list {
			if f.Code.Severity == diag.Warning {
				want = append(want, f)
				all := []string{f.Path}
				for _, a := range f.Args {
					all = append(all, fmt.Sprint(a))
				}
				if f.Fix != nil {
					all = append(all, f.Fix.Old, f.Fix.New)
				}
				plain = plain && !slices.ContainsFunc(all, func(s string) bool { return words.in(s) && !strings.HasPrefix(s, "content/") })
			}
		}
		got, whole := Recall(memory, k.source, "p")
		if !whole {
			if plain {
				rt.Fatalf("not kept, though nothing is secret: %v", want)
			}
			return
		}
		if a, b := told(got), told(want); a != b {
			rt.Fatalf("%s\nwant\n%s", a, b)
		}
		k.Keep("p", nil)
		if got, whole := Recall(memory, k.source, "p"); len(got) > 0 || !whole {
			rt.Fatalf("what is mended is still told: %v", got)
		}
	})
}

func told(list []diag.Finding) string {
	var b strings.Builder
	if err := diag.WriteText(&b, list, diag.Chinese); err != nil {
		return err.Error()
	}
	return b.String()
}
