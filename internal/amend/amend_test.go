package amend_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mingdeng/internal/amend"
	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/frontmatter"
	"mingdeng/internal/testrun"
)

func open(t *testing.T, raw string, kind content.Kind) *amend.Record {
	t.Helper()
	r, found := amend.Open([]byte(raw), kind)
	if len(found) > 0 {
		t.Fatalf("%q: %s", raw, found[0].Message(diag.English))
	}
	return r
}

func apply(t *testing.T, raw string, kind content.Kind, w want, body *string) string {
	t.Helper()
	got, err := open(t, raw, kind).Apply(w, body, diag.Chinese)
	if err != nil {
		t.Fatalf("%q: %v", raw, err)
	}
	return string(got)
}

func TestRefused(t *testing.T) {
	for _, c := range []struct {
		name, head string
		want       want
		say        string
	}{
		{"anchor", "事迹: &d {地点: x}\n附加: *d\n", want{"deed": group(pair("place", text("y")))}, "锚点"},
		{"anchor within what goes", "事迹: {地点: &d x}\n附加: {a: *d}\n", want{"deed": {}}, "锚点"},
		{"alias", "附加: {甲: &x 1}\n姓名: *x\n", want{"name": text("y")}, "锚点"},
		{"merge", "附加: &x {地点: 桥}\n事迹: {<<: *x, 日期: 2021}\n", want{"deed": group(pair("date", text("2022")))}, "锚点"},
		{"tag", "姓名: !!str 5\n", want{"name": text("6")}, "标记"},
		{"question mark", "? 姓名\n: 张三\n", want{"name": text("李四")}, "少见"},
		{"control character", "姓名: 张三\n", want{"name": text("李\x0b四")}, "U+000B"},
		{"NUL", "姓名: 张三\n", want{"name": text("李\x00四")}, "U+0000"},
		{"in free data", "姓名: 张三\n", want{"params": group(pair("a\x01", text("x")))}, "U+0001"},
		{"not UTF-8", "姓名: 张三\n", want{"name": text("\xff")}, "控制字符"},
		{"no such key", "姓名: 张三\n", want{"nmae": text("x")}, "nmae"},
		{"no such key within", "姓名: 张三\n", want{"deed": group(pair("when", text("x")))}, "when"},
	} {
		r := open(t, "---\n"+c.head+"---\n", content.KindHero)
		_, err := r.Apply(c.want, nil, diag.Chinese)
		var said *amend.Error
		if !errors.As(err, &said) || !strings.Contains(said.Said.Zh, c.say) || said.Said.En == "" {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	for _, raw := range []string{"---\n姓名: [\n---\n", "姓名: 张三\n---\n", "---\n姓名: x\n", "\xff\xfe-\x00", "—\n姓名: x\n—\n"} {
		if _, found := amend.Open([]byte(raw), content.KindHero); len(found) == 0 {
			t.Errorf("%q can be amended", raw)
		}
	}
}

func TestHeadless(t *testing.T) {
	for _, c := range []struct{ before, after string }{
		{"", "---\n草稿: true\n姓名: 张三\n---\n"},
		{"正文\r\n二\r\n", "---\r\n草稿: true\r\n姓名: 张三\r\n---\r\n\r\n正文\r\n二\r\n"},
		{"---\n---\n正文", "---\n草稿: true\n姓名: 张三\n---\n正文"},
		{"---\n# 只有注释\n---\n", "---\n# 只有注释\n草稿: true\n姓名: 张三\n---\n"},
		{"+++\n+++\n", "+++\n\"草稿\" = true\n\"姓名\" = \"张三\"\n+++\n"},
		{"{\n}\n\n正文", "{\n  \"草稿\": true,\n  \"姓名\": \"张三\"\n}\n\n正文"},
	} {
		if got := apply(t, c.before, content.KindHero, want{"name": text("张三"), "draft": text("true")}, nil); got != c.after {
			t.Errorf("%q: got %q", c.before, got)
		}
	}
	if got := apply(t, "", content.KindSite, want{"title": text("明灯")}, nil); got != "名称: 明灯\n" {
		t.Errorf("%q", got)
	}
	if got := apply(t, "# 设置\ntitle: a", content.KindSite, want{"icp": text("b"), "title": text("c")}, nil); got != "# 设置\ntitle: c\nicp: b" {
		t.Errorf("%q", got)
	}
}

func TestBody(t *testing.T) {
	for _, c := range []struct{ before, body, after string }{
		{"---\na: 1\n---\n\n一\r\n二\n三\r\n\n", "一\n二二\n三", "---\na: 1\n---\n\n一\r\n二二\n三\r\n\n"},
		{"---\na: 1\n---\n", "新", "---\na: 1\n---\n\n新\n"},
		{"---\na: 1\n---", "新", "---\na: 1\n---\n\n新\n"},
		{"---\na: 1\n---\n\n旧\n", "", "---\na: 1\n---\n\n\n"},
		{"---\na: 1\n---\n\n旧", "\n新\r\n二\n", "---\na: 1\n---\n\n新\n二"},
		{"只有正文\n", "别的\n", "别的\n"},
	} {
		if got := apply(t, c.before, content.KindHero, nil, &c.body); got != c.after {
			t.Errorf("%q, %q: got %q", c.before, c.body, got)
		}
		if got := apply(t, c.before, content.KindHero, nil, nil); got != c.before {
			t.Errorf("%q: got %q", c.before, got)
		}
	}
}

func TestMerge(t *testing.T) {
	base := open(t, "---\n姓名: 甲\n职业: 司机\n标签: [a]\n---\n文\n", content.KindHero)
	theirs := open(t, "---\n姓名: 乙\n职业: 司机\n标签: [a, b]\n草稿: 是\n---\n文\n", content.KindHero)
	body := "文二"
	w, text2, conflicts, err := amend.Merge(base, theirs, want{
		"name": text("丙"), "occupation": text("教师"), "tags": words("a"), "status": text("健在"), "draft": text("true"),
	}, &body)
	if err != nil {
		t.Fatal(err)
	}
	if len(conflicts) != 1 || conflicts[0].Key != "name" || conflicts[0].Mine.Text != "丙" || conflicts[0].Theirs.Text != "乙" {
		t.Errorf("%v", conflicts)
	}
	got, err := theirs.Apply(w, text2, diag.Chinese)
	if want := "---\n姓名: 乙\n状况: 健在\n职业: 教师\n标签: [a, b]\n草稿: 是\n---\n文二\n"; err != nil || string(got) != want {
		t.Errorf("%v: %s", err, got)
	}
	other := open(t, "---\n姓名: 甲\n---\n文三\n", content.KindHero)
	if _, _, conflicts, _ = amend.Merge(base, other, nil, &body); len(conflicts) != 1 || conflicts[0].Key != "" || conflicts[0].Theirs.Text != "文三" {
		t.Errorf("%v", conflicts)
	}
}

// kindOf is the kind of a file of the repository's own content.
func kindOf(p string) content.Kind {
	p = filepath.ToSlash(p)
	if strings.HasPrefix(p, "site.") {
		return content.KindSite
	}
	parts := strings.Split(strings.TrimSuffix(strings.TrimSuffix(p, "/index.md"), ".md"), "/")
	var out content.Kind
	for _, k := range content.Kinds() {
		folder := k.Folder
		if k.Kind == content.KindPage {
			folder = "pages"
		}
		index := strings.HasPrefix(parts[len(parts)-1], "_index")
		if parts[0] == folder && (index && k.Index || !index && !k.Index) {
			out = k.Kind
		}
	}
	return out
}

// TestOwnContent saves every record of this repository unchanged; and changes every key of
// some (in the long form, of all), one at a time, and back, and takes each away.
func TestOwnContent(t *testing.T) {
	root := "../../content"
	files, changes := 0, 0
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(p) != ".md" && !strings.HasPrefix(d.Name(), "site.") {
			return err
		}
		raw, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, p)
		if strings.HasPrefix(filepath.ToSlash(rel), "members/") {
			return nil // what members gave is theirs to edit
		}
		kind := kindOf(rel)
		if kind == "" {
			t.Errorf("%s is of no kind", rel)
			return nil
		}
		r, found := amend.Open(raw, kind)
		if len(found) > 0 {
			t.Errorf("%s: %v", rel, found)
			return nil
		}
		same, err := r.Apply(values(r.Value()), ptr(r.Text()), diag.English)
		if err != nil || !bytes.Equal(same, raw) {
			t.Errorf("%s: saved without a change, it changes: %v", rel, err)
		}
		if files++; files%testrun.Of(30, 1) != 0 && kind != content.KindSite {
			return nil
		}
		for _, key := range r.Value().Pairs {
			var other *amend.Record
			for _, v := range variants(key.Value) {
				changes++
				got, err := r.Apply(want{key.Key: v}, nil, diag.Chinese)
				if err != nil {
					t.Errorf("%s: %s: %v", rel, key.Key, err)
					continue
				}
				before, after := around(raw, kind, key.Key)
				if !bytes.HasPrefix(got, before) || !bytes.HasSuffix(got, after) {
					t.Errorf("%s: %s: what stands around it has changed:\n%s", rel, key.Key, got)
				}
				other, _ = amend.Open(got, kind)
			}
			back, err := other.Apply(want{key.Key: key.Value}, nil, diag.Chinese)
			if err != nil {
				t.Errorf("%s: %s back: %v", rel, key.Key, err)
				continue
			}
			if again, _ := amend.Open(back, kind); !again.Value().Equal(r.Value()) {
				t.Errorf("%s: %s does not come back", rel, key.Key)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 50 || changes < 200 {
		t.Errorf("%d files, %d changes", files, changes)
	}
	t.Logf("%d files, %d changes", files, changes)
}

func ptr(s string) *string { return &s }

func values(v amend.Value) want {
	w := want{}
	for _, p := range v.Pairs {
		w[p.Key] = p.Value
	}
	return w
}

// variants are other values for a key, the last one nothing.
func variants(v amend.Value) []amend.Value {
	switch v.Kind {
	case frontmatter.List:
		out := []amend.Value{amend.List(append([]amend.Value{v.Items[len(v.Items)-1]}, v.Items[:len(v.Items)-1]...)...)}
		for _, i := range variants(v.Items[0]) {
			out = append(out, amend.List(append([]amend.Value{i}, v.Items[1:]...)...))
		}
		return append(out, amend.List(append(v.Items[:len(v.Items):len(v.Items)], variants(v.Items[0])[0])...), amend.Value{})
	case frontmatter.Map:
		out := []amend.Value{}
		for i, p := range v.Pairs {
			for _, x := range variants(p.Value) {
				g := amend.Group(append([]amend.Pair{}, v.Pairs...)...)
				g.Pairs[i].Value = x
				out = append(out, g)
			}
		}
		return append(out, amend.Value{})
	}
	return []amend.Value{text("改过的: # 词"), text("一\n二"), {}}
}

// around is what stands before the line of a top-level key, and from the line of the next.
func around(raw []byte, kind content.Kind, key string) (before, after []byte) {
	var head frontmatter.Node
	end := len(raw)
	if kind == content.KindSite {
		head, _ = frontmatter.ParseYAML(raw, content.IsKey)
	} else {
		doc, _ := frontmatter.Parse(raw, content.IsKey, diag.Text{})
		head, end = doc.Head, bytes.LastIndexByte(raw[:doc.BodyAt-1], '\n')+1
	}
	line := func(n int) int {
		at := 0
		for ; n > 1; n-- {
			at += bytes.IndexByte(raw[at:], '\n') + 1
		}
		return at
	}
	keys := content.Schema(kind)
	for i, p := range head.Pairs {
		if at := content.FindKey(keys, p.Key); at < 0 || keys[at].En != key {
			continue
		}
		if i+1 < len(head.Pairs) {
			end = line(head.Pairs[i+1].Pos.Line)
		}
		return raw[:line(p.Pos.Line)], raw[end:]
	}
	return raw, raw
}

// FuzzApply: whatever the bytes and whatever is wanted, either the file is refused with
// words, or what is read back is what was wanted and all other keys are as they were.
func FuzzApply(f *testing.F) {
	for _, s := range []string{
		"---\n姓名: 张三\n授权: {公开: 是}\n荣誉:\n- 称号: |\n    甲\n  年份: 2022 # c\n---\n正文", "+++\nname = 'a'\n[deed]\nplace = \"b\"\n[[honors]]\ntitle = 'x'\n[honors.more]\na.b = {c = [[1],[2]]}\n+++\n",
		"{\n\"name\": \"a\", \"tags\": [\"b\"]\n}\n\nx", "---\n姓名: &a x\n? b\n: *a\n<<: {}\n---\n", "---\r\n# c\r\n姓名:\r\n---\r\n", "", "x",
		"\xef\xbb\xbf---\n{姓名: a, 标签: [b,\n c]}\n---\n", "---\n\xd0\xd5\xc3\xfb: \xd5\xc5\n---\n",
	} {
		f.Add([]byte(s), "李四", "标签\nb", false)
		f.Add([]byte(s), "", "- x", true)
	}
	f.Fuzz(func(t *testing.T, raw []byte, name, tag string, site bool) {
		kind := content.KindHero
		w := want{"name": text(name), "tags": words(tag, "乙"), "deed": group(pair("place", text(tag)), pair("date", text("2021"))), "honors": list(group(pair("title", text(name)))), "draft": {}}
		if site {
			kind, w = content.KindSite, want{"title": text(name), "icp": text(tag), "nav": list(text(tag), group(pair("label", text(name)), pair("to", text("/x/")))), "search": {}}
		}
		r, found := amend.Open(raw, kind)
		if r == nil {
			if len(found) == 0 {
				t.Fatal("refused without a word")
			}
			return
		}
		same, err := r.Apply(values(r.Value()), ptr(r.Text()), diag.Chinese)
		if site {
			same, err = r.Apply(values(r.Value()), nil, diag.Chinese)
		}
		if err == nil && !bytes.Equal(same, raw) {
			t.Fatalf("saved without a change, it changes: %q", same)
		}
		got, err := r.Apply(w, nil, diag.English)
		if err != nil {
			var said *amend.Error
			if !errors.As(err, &said) || said.Said.Zh == "" {
				t.Fatal(err)
			}
			return
		}
		again, found := amend.Open(got, kind)
		if len(found) > 0 {
			t.Fatalf("%s: %q", found[0].Message(diag.English), got)
		}
		if again.Text() != r.Text() {
			t.Fatalf("the text was %q and is %q", r.Text(), again.Text())
		}
		for _, k := range content.Schema(kind) {
			if _, changed := w[k.En]; !changed && !again.Value().Get(k.En).Equal(r.Value().Get(k.En)) {
				t.Fatalf("%s has changed: %q", k.En, got)
			}
		}
		if first := []string{"name", "title"}[map[bool]int{true: 1}[site]]; again.Value().Get(first).Text != strings.TrimRight(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(name), "\n") {
			t.Fatalf("%s is %q, not %q", first, again.Value().Get(first).Text, name)
		}
	})
}
