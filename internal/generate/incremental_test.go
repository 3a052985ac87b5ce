package generate

import (
	"bytes"
	"errors"
	cmdline "flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"mingdeng/internal/date"
	"mingdeng/internal/diag"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/held"
	"mingdeng/internal/plaques"
	"mingdeng/internal/project"
	"mingdeng/internal/testrun"
	"mingdeng/internal/writer"
)

var steps = cmdline.Int("mingdeng.steps", testrun.Of(75, 3000), "edits that TestIncremental makes")

// edits are what may happen to a site between two builds.
var edits = map[string]func(*run){
	"add":      func(r *run) { r.w.add(r.d, r.d.one(kindNames...)) },
	"edit":     func(r *run) { r.each(1, func(_ int, x *record) { r.w.write(r.d, x) }) },
	"retext":   func(r *run) { r.each(1, func(_ int, x *record) { r.w.rewrite(r.d, x) }) },
	"edit two": func(r *run) { r.each(2, func(_ int, x *record) { r.w.write(r.d, x) }) },
	"rename":   func(r *run) { r.each(1, func(_ int, x *record) { r.w.name(r.d, x) }) },
	"delete":   func(r *run) { r.each(1, func(id int, _ *record) { r.w.remove(id) }) },
	"paint":    func(r *run) { r.w.paint(r.d) },
	"unpaint":  func(r *run) { r.file("content/", func(p string) { delete(r.w.files, p) }) },
	"consent": func(r *run) {
		r.each(3, func(_ int, x *record) {
			x.head = slices.Clone(x.head)
			for i, line := range x.head {
				if strings.HasPrefix(line, "授权") {
					x.head[i] = fmt.Sprintf("授权: {公开: %t, 肖像: %t, 至: %s}", r.d.chance(60), r.d.chance(50), r.d.one(someDays...))
				}
			}
		})
	},
	"day":  func(r *run) { r.w.today = later(r.w.today, 1+r.d.n(6)) },
	"conf": func(r *run) { r.configure() },
	"restyle": func(r *run) {
		r.theme("styles/text.css", func(b []byte) []byte {
			return fmt.Appendf(b, "\n.x%d{color:red}\n", r.d.n(9))
		})
	},
	"template": func(r *run) {
		r.theme("templates/"+r.d.one("footer", "pager", "herorow", "hero", "exhibit", "crumbs")+".html", func(b []byte) []byte {
			return fmt.Appendf(b, "<p>%d</p>", r.d.n(9))
		})
	},
	"script": func(r *run) {
		r.theme("scripts/"+r.d.one("walk", "sw", "code", "elder")+".js", func(b []byte) []byte {
			return fmt.Appendf(b, "\n;(function(){window.x%d=1})();\n", r.d.n(9))
		})
	},
	"words": func(r *run) {
		r.theme("i18n/zh-Hans.yaml", func(b []byte) []byte {
			return regexp.MustCompile(`(?m)^(home|withheld|section\.heroes|plaque\.promise): .*`).ReplaceAll(b, fmt.Appendf(nil, "${1}: 词%d", r.d.n(9)))
		})
	},
	"design": func(r *run) {
		r.theme("plaques/tag.yaml", func(b []byte) []byte {
			return regexp.MustCompile(`(?m)^radius: .*`).ReplaceAll(b, fmt.Appendf(nil, "radius: %d", r.d.n(5)))
		})
	},
	"image": func(r *run) {
		r.theme("images/icon.svg", func(b []byte) []byte {
			return bytes.Replace(b, []byte("<svg "), fmt.Appendf(nil, "<svg data-x=\"%d\" ", r.d.n(9)), 1)
		})
	},
	"issue":  func(r *run) { r.issue() },
	"retire": func(r *run) { r.retire() },
	"revert": func(r *run) {
		if len(r.past) > 0 {
			old := r.past[r.d.n(len(r.past))].clone()
			old.ledger, old.next, old.today = r.w.ledger, r.w.next, r.w.today // codes and days do not come back
			if r.d.chance(20) {
				old.today = r.past[0].today
			}
			r.w = old
		}
	},
	"careless": func(r *run) { r.w.careless = true; r.each(1, func(id int, _ *record) { r.w.remove(id) }) },
	"flags": func(r *run) {
		r.w.drafts, r.w.baseURL, r.w.startAt = r.d.chance(30), r.d.one("", "", "https://other.example/"), r.d.n(3)
	},
	"hold":   func(r *run) { r.hold() },
	"let go": func(r *run) { r.letGo() },
	"touch":  func(r *run) { r.touch = true },
	"spoil":  func(r *run) { r.spoil() },
	"state":  func(r *run) { r.stateless() },
	"none":   func(r *run) {},
	"folder": func(r *run) { r.letGo(); r.fatal(os.RemoveAll(r.inc)) },
}

// run is one life of a site.
type run struct {
	*testing.T
	rt       *rapid.T
	d        dice
	w        *world
	past     []*world
	disk     disk
	inc      string
	top      string
	touch    bool
	always   bool              // compare after every edit
	orphaned bool              // the program's state was taken away
	held     map[string]func() // made files that can be neither replaced nor removed: what lets them go
	refused  int               // builds that this stopped
	// how often a build found nothing changed, how often it then read nothing, and how many
	// warnings it told
	again, quick, warned int
	log                  []string
}

func (r *run) fatal(err error) {
	if err != nil {
		r.rt.Fatalf("%v\nafter %s", err, strings.Join(r.log, ", "))
	}
}

func (r *run) each(n int, do func(int, *record)) {
	for _, id := range r.w.some(r.d, "", n) {
		if x := r.w.records[id]; x != nil {
			do(id, x)
		}
	}
}

func (r *run) file(prefix string, do func(string)) {
	var list []string
	for p := range r.w.files {
		if strings.HasPrefix(p, prefix) {
			list = append(list, p)
		}
	}
	if len(list) > 0 {
		slices.Sort(list)
		do(list[r.d.n(len(list))])
	}
}

func (r *run) theme(p string, change func([]byte) []byte) {
	if b := r.w.files["themes/own/"+p]; b != nil {
		r.w.files["themes/own/"+p] = change(slices.Clone(b))
	}
}

func (r *run) configure() {
	c := &r.w.conf
	switch r.d.n(7) {
	case 0:
		c.title = r.d.one("小站", "大站", "一个名字很长很长的网站在这里")
	case 1:
		c.editions = [][]string{nil, {"zh-Hans", "zh-Hant"}, {"zh-Hans", "en"}, {"zh-Hans", "zh-Hant", "en"}}[r.d.n(4)]
	case 2:
		c.cards = r.d.one("none", "none", "heroes", "all")
	case 3:
		c.search = r.d.one("true", "false")
	case 4:
		c.mourning = r.d.one("", "2026-12-13")
	case 5:
		if r.w.files["themes/own/theme.yaml"] != nil {
			c.theme = r.d.one("own", "lamplight")
		}
	case 6:
		c.extra = [][]string{nil, {"导航: [{文字: 人, 链接: /heroes/}]"}, {"备案号: 豫ICP备12345678号-1"}, {"举荐: {电话: 0371-2}"}, {"简介: 一句话"}}[r.d.n(5)]
	}
}

func (r *run) options(out string) project.Options {
	return project.Options{
		Root: r.disk.root, Out: out, Today: r.w.today, Drafts: r.w.drafts, BaseURL: r.w.baseURL, StartAt: max(1, r.w.startAt),
		Themes: builtin, Program: fingerprint.Sum([]byte("test")),
	}
}

// issue gives codes as the command does; random numbers are drawn, so that a run can
// be repeated.
func (r *run) issue() {
	r.disk.lay(r, r.w.tree())
	seed := rand.NewChaCha8([32]byte{byte(r.d.n(200))})
	if bytes.Count(r.w.ledger, []byte("active")) >= 2 {
		return // a plaque takes its time
	}
	r.issued(plaques.Issue(r.Context(), r.options(r.inc), nil, "h.cn", seed))
}

func (r *run) issued(_ plaques.Issued, err error) {
	if err != nil && err != project.ErrFindings {
		r.fatal(err)
	}
	r.readLedger()
}

func (r *run) readLedger() {
	b, err := os.ReadFile(filepath.Join(r.disk.root, "content/plaques.yaml"))
	if err == nil {
		r.w.ledger, r.disk.now["content/plaques.yaml"] = b, string(b)
		r.disk.touch(r, "content/plaques.yaml")
	}
}

func (r *run) retire() {
	r.disk.lay(r, r.w.tree())
	codes := regexp.MustCompile(`code: "?(\w+)`).FindAllSubmatch(r.w.ledger, -1)
	if len(codes) == 0 {
		return
	}
	if _, _, err := plaques.Retire(r.options(r.inc), string(codes[r.d.n(len(codes))][1]), ""); err != nil && err != project.ErrFindings {
		r.fatal(err)
	}
	r.readLedger()
}

// hold keeps made files from being replaced and removed, as a browser does or a lock.
func (r *run) hold() {
	list := slices.Sorted(maps.Keys(madeIn(r, r.inc)))
	for range min(3, len(list)) {
		p := list[r.d.n(len(list))]
		if r.d.chance(30) {
			p = "index.html" // on which nearly every edit shows
		}
		if r.held[p] != nil || !slices.Contains(list, p) {
			continue
		}
		release, err := held.File(filepath.Join(r.inc, p))
		if err != nil {
			r.Logf("no file can be held here: %v", err)
			return
		}
		r.held[p] = release
	}
}

func (r *run) letGo() {
	for _, release := range r.held {
		release()
	}
	clear(r.held)
}

// spoil does to made files what people and programs do.
func (r *run) spoil() {
	r.letGo() // they do not get at these
	list := slices.Sorted(maps.Keys(madeIn(r, r.inc)))
	if len(list) == 0 {
		return
	}
	p := filepath.Join(r.inc, list[r.d.n(len(list))])
	if r.d.chance(50) {
		r.fatal(os.Remove(p))
	} else {
		r.fatal(os.WriteFile(p, []byte("changed"), 0o644))
	}
}

// stateless takes the program's own state away.
func (r *run) stateless() {
	r.letGo()
	r.orphaned = true
	r.fatal(os.RemoveAll(filepath.Join(r.inc, ".mingdeng")))
}

// memory is a folder on a disk of memory where there is one: each build syncs once,
// which costs more than making a small site.
func memory() string {
	if info, err := os.Stat("/dev/shm"); err == nil && info.IsDir() {
		return "/dev/shm"
	}
	return ""
}

func later(d date.Date, days int) date.Date {
	return date.Of(time.Date(d.Year, time.Month(d.Month), int(d.Day)+days, 0, 0, 0, 0, time.UTC))
}

// step builds as the last build left off, and anew, and compares.
func (r *run) step(name string) (failed bool) {
	r.log = append(r.log, name)
	r.disk.lay(r, r.w.tree())
	if r.touch {
		r.touch = false
		for p := range r.disk.now {
			r.disk.touch(r, p)
		}
	}
	r.w.careless = false
	before := madeIn(r, r.inc)
	_, begun := os.Lstat(filepath.Join(r.inc, ".mingdeng/commit")) // what was held, the next build goes on with
	got, err := Run(r.Context(), r.options(r.inc))
	after := madeIn(r, r.inc)
	var machine *writer.MachineError
	if errors.As(err, &machine) && len(r.held) > 0 {
		for _, x := range machine.Refused {
			if r.held[x.Path] == nil {
				r.rt.Fatalf("told of %s, which is not held: %v\nafter %s", x.Path, err, strings.Join(r.log, ", "))
			}
		}
		r.refused++
		return true
	}
	var foreign writer.ForeignError
	if errors.As(err, &foreign) && r.orphaned {
		if d := unlike(after, before); d != "" && begun != nil {
			r.rt.Fatalf("the build was refused, and the folder has changed:\n%s\nafter %s", d, strings.Join(r.log, ", "))
		}
		r.fatal(os.RemoveAll(r.inc)) // what it asks for
		r.orphaned = false
		return true
	}
	if err != nil && err != project.ErrFindings {
		r.fatal(err)
	}
	if err != nil {
		if d := unlike(after, before); d != "" && begun != nil {
			r.rt.Fatalf("the build failed, and the folder has changed:\n%s\nafter %s", d, strings.Join(r.log, ", "))
		}
	}
	if !r.always && name != "last" && !r.d.chance(40) {
		return err != nil // what is stale stays so until it is looked at
	}
	fresh, mkErr := os.MkdirTemp(r.top, "clean")
	r.fatal(mkErr)
	defer os.RemoveAll(fresh)
	want, cleanErr := Run(r.Context(), r.options(fresh))
	if a, b := said(got), said(want); a != b {
		r.rt.Fatalf("findings differ:\n%s\nclean:\n%s\nafter %s", a, b, strings.Join(r.log, ", "))
	}
	if err != nil {
		return true
	}
	r.fatal(cleanErr)
	r.orphaned = false
	if d := unlike(after, madeIn(r, fresh)); d != "" {
		r.rt.Fatalf("not as a clean build:\n%s\nafter %s\n%s", d, strings.Join(r.log, ", "), r.disk.root)
	}
	again, err := Run(r.Context(), r.options(r.inc))
	r.fatal(err)
	if a, b := said(again), said(want); a != b {
		r.rt.Fatalf("findings differ when nothing has changed (quick: %t):\n%s\nclean:\n%s\nafter %s", again.Quick, a, b, strings.Join(r.log, ", "))
	}
	if r.again++; again.Quick {
		r.quick++
	}
	r.warned += len(again.Findings)
	return false
}

// said are the findings of a build as it tells them, their repairs too. What only a build
// that knows earlier codes can tell is left out.
func said(r Result) string {
	var b strings.Builder
	for _, f := range r.Findings {
		if f.Code.ID == diag.PlaqueLost.ID {
			continue
		}
		fmt.Fprintln(&b, f.Place(), f.Code.Severity, f.Code.ID, f.Message(diag.English), f.Hint(diag.Chinese))
		if f.Fix != nil {
			fmt.Fprintf(&b, "\t%+v\n", *f.Fix)
		}
	}
	return b.String()
}

// TestIncremental makes small sites of every kind of record, edits them at random in
// every way it knows, and builds after each edit into one folder: what lies there must
// be byte for byte what a clean build makes, and where a build fails, what lay there
// before. Files that are held stop a build, which must name them; let go, they are made.
// -mingdeng.steps says how many edits are made in all; beyond 300, as in the long form,
// folders are compared after every edit and not after some.
func TestIncremental(t *testing.T) {
	perLife := testrun.Of(15, 25) // few, so that many sites are seen
	lives := max(1, *steps/perLife)
	old := cmdline.Lookup("rapid.checks").Value.String()
	if err := cmdline.Set("rapid.checks", strconv.Itoa(lives)); err != nil {
		t.Fatal(err)
	}
	defer cmdline.Set("rapid.checks", old)
	names := slices.Sorted(maps.Keys(edits))
	made, failed, stopped, begin := 0, 0, 0, time.Now()
	again, quick, warned := 0, 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		top, err := os.MkdirTemp(memory(), "mingdeng-incremental")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(top)
		r := &run{T: t, rt: rt, d: dice{rt}, top: top, inc: filepath.Join(top, "public"), always: *steps > 300, disk: disk{root: filepath.Join(top, "site"), now: map[string]string{}}}
		r.held = map[string]func(){}
		defer r.letGo()
		// A life begins with a site that builds: there is always a good state to go back to.
		for r.w = newWorld(r.d); r.step("begin"); r.w = newWorld(r.d) {
		}
		r.past = append(r.past, r.w.clone())
		for range perLife {
			name := rapid.SampledFrom(names).Draw(rt, "edit")
			edits[name](r)
			was := r.refused
			if r.step(name) {
				if made++; r.refused > was {
					continue
				}
				failed++
				// An editor mends what is told; here, the last good state comes back.
				if len(r.past) > 0 && r.d.chance(60) {
					edits["revert"](r)
				}
			} else {
				r.past = append(r.past, r.w.clone())
				made++
			}
		}
		r.letGo()
		r.step("last")
		again, quick, warned = again+r.again, quick+r.quick, warned+r.warned
		stopped += r.refused
		if r.always {
			fmt.Printf("%d edits, %d refused, %v\n", made, failed, time.Since(begin).Round(time.Second))
		}
	})
	t.Logf("%d edits, %d of them refused, %d stopped by files that were held; %d builds with nothing changed, %d of them quick, told %d warnings", made, failed, stopped, again, quick, warned)
	// All builds of one life are alike: whether somebody is withheld whose name cannot be
	// kept out of what is warned of, whether there is anything to warn of. So it takes some
	// lives to say that something was hardly seen.
	if lives >= 5 && (quick < again/4 || warned == 0 || failed > made*2/3) {
		t.Error("few builds were quick, few warnings told, or most builds failed: the test has seen little")
	}
}
