package manual

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"

	"mingdeng/internal/content"
	"mingdeng/internal/date"
	"mingdeng/internal/deploy/target"
	"mingdeng/internal/diag"
	"mingdeng/internal/generate"
	md "mingdeng/internal/markdown"
	"mingdeng/internal/plaque/design"
	"mingdeng/internal/project"
	"mingdeng/internal/scaffold"
	"mingdeng/internal/serving"
	"mingdeng/internal/testrun"
	"mingdeng/internal/vtt"
	"mingdeng/themes"
)

func TestTopics(t *testing.T) {
	names := map[string]bool{}
	for _, topic := range Topics() {
		if names[topic.Name] {
			t.Errorf("two topics %s", topic.Name)
		}
		names[topic.Name] = true
		zh, en := topic.Text(diag.Chinese), topic.Text(diag.English)
		if len(zh) < 300 || len(en) < 300 || zh == en || topic.Title.Zh == "" || topic.Title.En == "" {
			t.Errorf("%s is not told in both languages", topic.Name)
		}
		if topic.Text(diag.Chinese) != zh {
			t.Errorf("%s is told differently each time", topic.Name)
		}
		if strings.Contains(zh+en, "%!") || strings.Contains(zh+en, "\t") {
			t.Errorf("%s has a slip of formatting", topic.Name)
		}
	}
	for _, want := range []string{"content", "keys", "markdown", "plaques", "theme", "deploy", "windows"} {
		if !names[want] {
			t.Errorf("there is no topic %s", want)
		}
	}
}

func TestContentNamesEveryFolder(t *testing.T) {
	for _, l := range []diag.Lang{diag.Chinese, diag.English} {
		text := folders(l)
		for _, k := range content.Kinds() {
			name := "x"
			if k.Parent != "" {
				name = "y/x"
			}
			p, err := scaffold.Request{Kind: k.Kind, Name: name, Today: date.Date{Year: 2026}}.Path()
			if err != nil {
				t.Fatal(err)
			}
			folder := strings.Join(strings.SplitN(p, "/", 3)[:2], "/") + "/"
			if !strings.Contains(text, folder) {
				t.Errorf("%s: %s is not named", l, folder)
			}
		}
	}
}

func TestMarkdownExamplesWork(t *testing.T) {
	r := md.New()
	for _, x := range examples {
		var b bytes.Buffer
		_, err := r.Render(&b, []byte(x.write+"\n"), md.Options{
			Refs: md.Refs{
				Wiki:     map[string]md.Link{"heroes/zhang-san": {Href: "../zhang-san/", Text: "张三"}, "zhang-san": {Href: "../zhang-san/", Text: "张三"}},
				Pictures: map[string]md.Picture{"a.jpg": {Src: "a.jpg"}},
			},
			Words: md.Words{Footnotes: "注释", Footnote: "注", Back: "回", Done: "完成", Todo: "未完"},
		})
		if err != nil || !strings.Contains(b.String(), x.shows) {
			t.Errorf("%q becomes %s, not %s (%v)", x.write, &b, x.shows, err)
		}
		for _, l := range []diag.Lang{diag.Chinese, diag.English} {
			if text := markdown(l); !strings.Contains(text, strings.Split(x.write, "\n")[0]) || !strings.Contains(text, x.about.In(l)) {
				t.Errorf("%q is not told", x.write)
			}
		}
	}
}

func TestPlaquesTellsEveryDesignAndMaterial(t *testing.T) {
	loaded := designs()
	if len(loaded) < 4 {
		t.Fatalf("only %d designs", len(loaded))
	}
	text := plaques(diag.English)
	for _, d := range loaded {
		if !strings.Contains(text, "    "+d.Name+" ") || codeWidth(d) == 0 {
			t.Errorf("the design %s is not told", d.Name)
		}
	}
	for _, v := range content.Material("").Values() {
		if design.LeastModule(v.En) == 0 || !strings.Contains(text, v.En+" ") {
			t.Errorf("the material %s is not told", v.En)
		}
	}
}

// TestServings holds the table of `help deploy` against a built site: every file has a
// type, and what is to be kept for ever is named by its content.
func TestServings(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "site")
	if err := scaffold.Site(dir); err != nil {
		t.Fatal(err)
	}
	day := date.Date{Year: 2026, Month: 11, Day: 22}
	if _, err := generate.Run(context.Background(), project.Options{Root: dir, Out: "public", Today: day, Themes: themes.FS}); err != nil {
		t.Fatal(err)
	}
	hashed := regexp.MustCompile(`[.-][0-9a-f]{10,}`)
	used := map[string]bool{}
	err := fs.WalkDir(os.DirFS(filepath.Join(dir, "public")), ".", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			if err == nil && e.Name() == ".mingdeng" {
				return fs.SkipDir
			}
			return err
		}
		s := serving.Of(p)
		used[s.Match] = true
		if asked := strings.HasPrefix(s.Match, "search/"); !asked && hashed.MatchString(p) != (s.Cache == serving.ForEver) {
			t.Errorf("%s is to be kept: %s", p, s.Cache)
		}
		if s.Match == "*" {
			t.Errorf("%s falls to the rest", p)
		}
		return nil
	})
	if err != nil || !used["*.html"] || !used["css/"] || !used["*.json"] {
		t.Errorf("%v, %v", used, err)
	}
	for _, l := range []diag.Lang{diag.Chinese, diag.English} {
		for _, h := range serving.Headers() {
			if !strings.Contains(deploy(l), h.Name+": "+h.Value) {
				t.Errorf("%s: %s is not told", l, h.Name)
			}
		}
		for _, s := range serving.Servers() {
			if !strings.Contains(deploy(l), s.Name) {
				t.Errorf("%s: the configuration for %s is not told", l, s.Name)
			}
		}
		for _, want := range []string{serving.Policy, serving.ForEver, serving.AskAgain, "/404.html"} {
			if !strings.Contains(deploy(l), want) {
				t.Errorf("%s: %s is not told", l, want)
			}
		}
	}
}

// The English pages hold no Chinese but what is an example of it.
func TestEnglishIsEnglish(t *testing.T) {
	for _, name := range []string{"start", "deploy", "verify", "plaques", "windows"} {
		for _, topic := range Topics() {
			if topic.Name != name {
				continue
			}
			for line := range strings.Lines(topic.Text(diag.English)) {
				if i := strings.IndexFunc(line, func(r rune) bool { return unicode.Is(unicode.Han, r) }); i >= 0 {
					t.Errorf("%s: %s", name, line)
				}
			}
		}
	}
}

// TestUnits has systemd read the units that `help verify` gives out.
func TestUnits(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"mingdeng-verify.service": strings.Replace(VerifyService, "/usr/local/bin/mingdeng", "/bin/true", 1), "mingdeng-verify.timer": VerifyTimer} {
		for _, l := range []diag.Lang{diag.Chinese, diag.English} {
			if shown := verifyTopic(l); !strings.Contains(shown, name) || !strings.Contains(shown, asItStands(VerifyService)) || !strings.Contains(shown, asItStands(VerifyTimer)) {
				t.Errorf("%s: %s is not told", l, name)
			}
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	program := testrun.Tool(t, "systemd-analyze", "systemd")
	said, err := exec.Command(program, "verify", "--man=no", filepath.Join(dir, "mingdeng-verify.service"), filepath.Join(dir, "mingdeng-verify.timer")).CombinedOutput()
	if err != nil || strings.Contains(string(said), dir) {
		t.Errorf("%v\n%s", err, said)
	}
	when, _, _ := strings.Cut(VerifyTimer[strings.Index(VerifyTimer, "OnCalendar=")+len("OnCalendar="):], "\n")
	if said, err := exec.Command(program, "calendar", when).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, said)
	}
}

// TestTargetsOfHelp: every target that `help deploy` shows is one that works.
func TestTargetsOfHelp(t *testing.T) {
	shown := regexp.MustCompile(`(?m)^ +(?:目标|to): (\S+)$`)
	for _, l := range []diag.Lang{diag.Chinese, diag.English} {
		found := shown.FindAllStringSubmatch(deploy(l), -1)
		if len(found) < 10 {
			t.Fatalf("%s: %d targets are shown", l, len(found))
		}
		for _, m := range found {
			if _, fault := target.Parse(strings.NewReplacer("桶名", "lamp", "BUCKET", "lamp").Replace(m[1])); fault != nil {
				t.Errorf("%s: %s", m[1], fault.Why.En)
			}
		}
	}
}

// The transcript that the topic shows is one.
func TestSampleTranscript(t *testing.T) {
	cues, faults := vtt.Parse([]byte(strings.ReplaceAll(sampleTranscript, "    ", "")))
	if len(faults) > 0 || len(cues) != 2 || cues[1].Name != "湖边" || cues[1].Start != 4200*time.Millisecond {
		t.Errorf("%+v %+v", cues, faults)
	}
}
