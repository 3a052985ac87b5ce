package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"mingdeng/internal/held"
	"mingdeng/internal/testrun"
)

// This file runs the program as people have it: a binary of its own, which is killed,
// meets another of its kind, loses its folder, and is run under other skies.

var kills = flag.Int("mingdeng.kills", testrun.Of(6, 100), "processes that TestKilledBuild kills")

// tests removes the binary when all have run.
type tests struct{ *testing.M }

func (m tests) Run() int {
	dir, err := os.MkdirTemp("", "mingdeng-binary")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	os.Setenv("MINGDENG_TEST_BINARY", dir)
	return m.M.Run()
}

// binary builds the program, once for all tests of this run.
var binary = sync.OnceValues(func() (string, error) {
	file := filepath.Join(os.Getenv("MINGDENG_TEST_BINARY"), "mingdeng")
	if runtime.GOOS == "windows" {
		file += ".exe"
	}
	if out, err := exec.Command("go", "build", "-o", file, ".").CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	return file, nil
})

func command(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	file, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(file, args...)
	cmd.Env = append(os.Environ(), "SOURCE_DATE_EPOCH=1795305600", "LANG=zh_CN.UTF-8", "LC_ALL=") // 2026-11-22
	return cmd
}

// must runs a command that has to succeed.
func must(t *testing.T, cmd *exec.Cmd) (stdout, stderr string) {
	t.Helper()
	var out, told bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &told
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v: %v\n%s", cmd.Args[1:], err, &told)
	}
	return out.String(), told.String()
}

// quickDir is a folder on a disk of memory where there is one: a build syncs once.
func quickDir(t *testing.T) string {
	t.Helper()
	if dir, err := os.MkdirTemp("/dev/shm", "mingdeng-test-"); err == nil {
		t.Cleanup(func() { os.RemoveAll(dir) })
		return dir
	}
	return t.TempDir()
}

// siteOfAllKinds is a small site with a record of every kind, pictures, sound, codes of
// plaques, share cards and all editions.
var siteOfAllKinds = sync.OnceValues(func() (map[string]string, error) {
	a, err := txtar.ParseFile("../../internal/generate/testdata/golden/all-kinds.txtar")
	if err != nil {
		return nil, err
	}
	site := map[string]string{}
	for _, f := range a.Files {
		site[f.Name] = string(f.Data)
	}
	site["content/site.yaml"] += "版本: [zh-Hans, zh-Hant, en]\n分享图: heroes\n铭牌: {网址: \"https://h.cn/\"}\n"
	img := image.NewRGBA(image.Rect(0, 0, 40, 30))
	for i := range img.Pix {
		img.Pix[i] = byte(i)
	}
	img.Set(0, 0, color.White)
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		return nil, err
	}
	site["content/pages/he.png"] = b.String()
	site["content/pages/about.md"] += "\n![河边](he.png)\n"
	return site, nil
})

// layAll writes a site into a folder, in the order of names or against it.
func layAll(t *testing.T, dir string, site map[string]string, backwards bool) {
	t.Helper()
	names := slices.Sorted(maps.Keys(site))
	if backwards {
		slices.Reverse(names)
	}
	for _, p := range names {
		file := filepath.Join(dir, filepath.FromSlash(p))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(site[p]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// newSite lays the site of all kinds but for what takes long to draw and shows nothing new
// to most tests, with a code given to an exhibit: one edition, no cards, a book with a
// cover of its own. It is the same in all tests.
func newSite(t *testing.T) (dir string, site map[string]string) {
	t.Helper()
	all, err := siteOfAllKinds()
	if err != nil {
		t.Fatal(err)
	}
	site = maps.Clone(all)
	const book = "content/anthology/shu/"
	site["content/site.yaml"] = strings.NewReplacer(", zh-Hant, en]", "]", "分享图: heroes", "分享图: none").Replace(site["content/site.yaml"])
	site[book+"_index.md"] = strings.Replace(site[book+"_index.md"], "书名: ", "封面: {图片: he.png, 替代文字: 封面}\n书名: ", 1)
	site[book+"he.png"] = site["content/pages/he.png"]
	site["content/plaques.yaml"] = ledgerOf(t, site)
	dir = quickDir(t)
	layAll(t, dir, site, false)
	return dir, site
}

var issued string // the ledger of ledgerOf: tests of this package run one after the other

// ledgerOf gives the site's exhibit its code, once.
func ledgerOf(t *testing.T, site map[string]string) string {
	t.Helper()
	if issued == "" {
		dir := quickDir(t)
		layAll(t, dir, site, false)
		must(t, command(t, "-C", dir, "plaque", "issue", "yuan/ban-1", "--confirm-address", "h.cn"))
		b, err := os.ReadFile(filepath.Join(dir, "content/plaques.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		issued = string(b)
	}
	return issued
}

// filesOf is all that lies in an output folder but the program's own state.
func filesOf(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			if e != nil && e.Name() == ".mingdeng" {
				return fs.SkipDir
			}
			return err
		}
		b, err := os.ReadFile(p)
		rel, _ := filepath.Rel(dir, p)
		out[filepath.ToSlash(rel)] = string(b)
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return out
}

// same fails where two folders differ, naming some files.
func same(t *testing.T, what string, got, want map[string]string) {
	t.Helper()
	var bad []string
	for p := range want {
		if g, ok := got[p]; !ok || g != want[p] {
			bad = append(bad, p)
		}
	}
	for p := range got {
		if _, ok := want[p]; !ok {
			bad = append(bad, p+" (too much)")
		}
	}
	if len(bad) > 0 {
		slices.Sort(bad)
		t.Fatalf("%s: %d files are not as they should be: %s", what, len(bad), strings.Join(bad[:min(8, len(bad))], ", "))
	}
}

var sumsLine = regexp.MustCompile(`SHA-256.*\b([0-9a-f]{64})\b`)

// The same input gives the same bytes, whatever the machine is like.
func TestReproducible(t *testing.T) {
	all, err := siteOfAllKinds()
	if err != nil {
		t.Fatal(err)
	}
	site := maps.Clone(all)
	site["content/plaques.yaml"] = ledgerOf(t, site)
	dir := quickDir(t)
	layAll(t, dir, site, false)
	build := func(name, dir string, env []string, args ...string) (map[string]string, string) {
		out := filepath.Join(quickDir(t), "out")
		cmd := command(t, append([]string{"-C", dir, "-o", out, "build", "-v"}, args...)...)
		cmd.Env = append(cmd.Env, env...)
		_, told := must(t, cmd)
		m := sumsLine.FindStringSubmatch(told)
		if m == nil {
			t.Fatalf("%s: no digest in %q", name, told)
		}
		return filesOf(t, out), m[1]
	}
	want, sum := build("first", dir, nil)
	if len(want) < 60 {
		t.Errorf("only %d files", len(want))
	}

	elsewhere := filepath.Join(quickDir(t), "又一处", "a b")
	layAll(t, elsewhere, site, true)
	old := time.Date(2001, 2, 3, 4, 5, 6, 0, time.UTC)
	for p := range site {
		if err := os.Chtimes(filepath.Join(elsewhere, p), old, old); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name string
		dir  string
		env  []string
		args []string
	}{
		{"one core, another zone and language, the day by flag", dir, []string{"GOMAXPROCS=1", "TZ=America/New_York", "LANG=C", "LC_ALL=C", "SOURCE_DATE_EPOCH=1"}, []string{"--now", "2026-11-22"}},
		{"seven cores, a third zone and language, later that day", dir, []string{"GOMAXPROCS=7", "TZ=Pacific/Kiritimati", "LANG=en_US.UTF-8", "SOURCE_DATE_EPOCH=1795347000"}, []string{"--lang", "en"}},
		{"second copy, files made in another order at another time", elsewhere, nil, nil},
	} {
		files, s := build(c.name, c.dir, c.env, c.args...)
		same(t, c.name, files, want)
		if s != sum {
			t.Errorf("%s: the files are the same and the digest is not", c.name)
		}
	}
	if sh, err := exec.LookPath("sh"); err == nil && runtime.GOOS != "windows" {
		out := filepath.Join(quickDir(t), "out")
		cmd := command(t, "-C", dir, "-o", out, "build", "-q")
		cmd.Args = append([]string{"sh", "-c", `umask 077; exec "$0" "$@"`}, cmd.Args...)
		cmd.Path = sh
		must(t, cmd)
		same(t, "umask 077", filesOf(t, out), want)
	}

	// Another day's page differs: the digest tells.
	if err := os.WriteFile(filepath.Join(elsewhere, "content/pages/about.md"), []byte("---\n标题: 关于我们\n---\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, s := build("edited", elsewhere, nil); s == sum {
		t.Error("an edit does not show in the digest")
	}
}

// states are the site and edits of it that change much: titles on all pages, people who
// come and go, a venue that moves.
func states(site map[string]string) []map[string]string {
	var out []map[string]string
	for n := range 4 {
		s := maps.Clone(site)
		s["content/site.yaml"] = strings.ReplaceAll(s["content/site.yaml"], "小站", fmt.Sprintf("小站%d", n))
		s["content/heroes/hou-zhe.md"] += fmt.Sprintf("\n第%d稿。\n", n)
		for i := range 12 {
			if i%4 != n {
				s[fmt.Sprintf("content/briefs/2015/jian-%d.md", i)] = fmt.Sprintf("---\n标题: 简报%d\n日期: 2015-01-02\n英雄: [shan-qing]\n---\n第%d稿。\n", i, n)
			}
		}
		if n%2 == 1 {
			delete(s, "content/units/zhan.md")
			s["content/briefs/2014/救人.md"] = strings.Replace(s["content/briefs/2014/救人.md"], "单位: [zhan]\n", "", 1)
		}
		out = append(out, s)
	}
	return out
}

// change makes the site in a folder another.
func change(t *testing.T, dir string, from, to map[string]string) {
	t.Helper()
	for p := range from {
		if _, stays := to[p]; !stays {
			if err := os.Remove(filepath.Join(dir, p)); err != nil {
				t.Fatal(err)
			}
		}
	}
	changed := map[string]string{}
	for p, b := range to {
		if from[p] != b {
			changed[p] = b
		}
	}
	layAll(t, dir, changed, false)
}

var built = map[string]map[string]string{} // by the state that was built: see wanted

// wanted builds each state into a folder of its own, once for all tests.
func wanted(t *testing.T, dir string, site map[string]string, all []map[string]string) []map[string]string {
	t.Helper()
	var want []map[string]string
	now := site
	for _, s := range all {
		key := fmt.Sprint(s) // in the order of names
		if built[key] == nil {
			change(t, dir, now, s)
			now = s
			out := filepath.Join(quickDir(t), "out")
			must(t, command(t, "-C", dir, "-o", out, "build", "-q"))
			built[key] = filesOf(t, out)
		}
		want = append(want, built[key])
	}
	change(t, dir, now, site)
	return want
}

// whole fails where a file is neither that of one state nor of the other.
func whole(t *testing.T, got, old, next map[string]string) {
	t.Helper()
	for p, b := range got {
		if o, ok := old[p]; ok && o == b {
			continue
		}
		if n, ok := next[p]; ok && n == b {
			continue
		}
		t.Fatalf("%s is neither old nor new: %d bytes, %.60q", p, len(b), b)
	}
	for p, b := range old {
		if _, there := got[p]; !there && next[p] == b {
			t.Fatalf("%s is gone, which no state wants", p)
		}
	}
}

// kill -9 at any moment, also while files cannot be replaced: every file is the old or the
// new one, and the next build makes what a clean one would, or names what it cannot replace.
func TestKilledBuild(t *testing.T) {
	dir, site := newSite(t)
	all := states(site)
	want := wanted(t, dir, site, all)
	out := filepath.Join(dir, "public")
	args := []string{"-C", dir, "build", "-q"}
	change(t, dir, site, all[0])
	must(t, command(t, args...))
	change(t, dir, all[0], all[1])
	start := time.Now()
	must(t, command(t, args...))
	span := time.Since(start)

	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d, a build takes %v", seed, span)
	rnd := rand.New(rand.NewPCG(seed, 0))
	now, killed, changed, stopped := 1, 0, 0, 0
	for range 10 * *kills { // some end before they are killed
		if killed == *kills {
			break
		}
		next := (now + 1 + rnd.IntN(3)) % 4
		change(t, dir, all[now], all[next])
		release := func() {}
		if rnd.IntN(2) == 0 {
			if let, err := held.File(filepath.Join(out, "index.html")); err == nil {
				release = sync.OnceFunc(let)
				defer release()
			} else {
				t.Log("no file can be held here:", err)
			}
		}
		cmd := command(t, args...)
		var told bytes.Buffer
		cmd.Stderr = &told
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- cmd.Wait() }()
		if rnd.IntN(2) == 0 {
			time.Sleep(time.Duration(rnd.Int64N(int64(span))))
		} else { // within the commit, which is short
			for begun := error(fs.ErrNotExist); begun != nil && len(ended) == 0; {
				_, begun = os.Lstat(filepath.Join(out, ".mingdeng", "commit"))
			}
			time.Sleep(time.Duration(rnd.Int64N(int64(3 * time.Millisecond))))
		}
		cmd.Process.Kill()
		if <-ended != nil {
			killed++
		}
		if told.Len() > 0 && !strings.Contains(told.String(), "public/index.html ") {
			t.Fatal(told.String())
		}
		got := filesOf(t, out)
		whole(t, got, want[now], want[next])
		if !maps.Equal(got, want[now]) {
			changed++
		}
		if rnd.IntN(2) == 0 { // the next build may well be of yet another state
			other := (next + 1) % 4
			change(t, dir, all[next], all[other])
			next = other
		}
		if again, err := command(t, args...).CombinedOutput(); err != nil {
			if !strings.Contains(string(again), "public/index.html ") {
				t.Fatalf("%v: %s", err, again)
			}
			stopped++
		} else {
			same(t, "mended", filesOf(t, out), want[next])
		}
		release()
		must(t, command(t, args...))
		same(t, "mended and let go", filesOf(t, out), want[next])
		now = next
	}
	t.Logf("killed %d times, %d of them when files had changed; %d builds were stopped by a file that was held", killed, changed, stopped)
	if killed == 0 {
		t.Error("no process was killed: the test has seen nothing")
	}
}

// A page that cannot be replaced is never taken for the new one: the build says which it
// is until it can be, and nobody whose consent was withdrawn stays in it for good.
func TestHeldPage(t *testing.T) {
	for _, test := range []struct {
		name, file string
		edit       func(site map[string]string)
		another    bool // it is another user's, where a file can be that
	}{
		{"a setting that all pages show", "index.html", func(site map[string]string) {
			site["content/site.yaml"] = strings.Replace(site["content/site.yaml"], "小站", "大站", 1)
		}, false},
		{"consent withdrawn, a page that names the person", "heroes/index.html", withdraw, false},
		{"consent withdrawn, the person's own page", "heroes/yuchi-yong/index.html", withdraw, false},
		{"consent withdrawn, a page that another user has taken", "heroes/index.html", withdraw, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir, old := newSite(t)
			next := maps.Clone(old)
			test.edit(next)
			if maps.Equal(old, next) {
				t.Fatal("the edit does nothing")
			}
			want := wanted(t, dir, old, []map[string]string{old, next})
			out := filepath.Join(dir, "public")
			build := command
			var let func()
			try, err := held.File(filepath.Join(dir, "content/site.yaml"))
			if err == nil {
				try()
			}
			if err == nil && !test.another {
				must(t, build(t, "-C", dir, "build", "-q"))
				let = held.Must(t, filepath.Join(out, test.file))
			} else {
				build, let = heldFromNobody(t, dir, filepath.Join(out, test.file))
			}
			release := sync.OnceFunc(let)
			defer release()
			same(t, "at first", filesOf(t, out), want[0])
			// Times of the content are old enough to be trusted, as in life.
			settle := func() {
				for p := range next {
					at := time.Now().Add(-time.Minute)
					os.Chtimes(filepath.Join(dir, p), at, at)
				}
			}
			change(t, dir, old, next)
			settle()
			for i := range testrun.Of(2, 4) {
				told, err := build(t, "-C", dir, "build").CombinedOutput()
				var exit *exec.ExitError
				if !errors.As(err, &exit) || exit.ExitCode() != exitMachine {
					t.Fatalf("build %d: %v, want exit %d: %s", i, err, exitMachine, told)
				}
				if s := string(told); !strings.Contains(s, "public/"+test.file+" ") || strings.Contains(s, "operation") || strings.Contains(s, "name-leak") {
					t.Errorf("build %d: told as %s", i, s)
				}
				if i > 0 {
					continue
				}
				english, _ := build(t, "-C", dir, "build", "--lang", "en").CombinedOutput()
				if s := string(english); !strings.Contains(s, "mingdeng: the machine failed: public/"+test.file+" ") {
					t.Errorf("told in English as %s", s)
				}
			}
			release()
			must(t, build(t, "-C", dir, "build", "-q"))
			same(t, "let go", filesOf(t, out), want[1])
			if _, err := os.Lstat(filepath.Join(out, filepath.Dir(test.file))); (err == nil) != (len(want[1][test.file]) > 0) {
				t.Errorf("the folder of %s: %v", test.file, err)
			}
		})
	}
}

// withdraw takes back a person's consent.
func withdraw(site map[string]string) {
	p := "content/heroes/尉迟勇.md"
	site[p] = regexp.MustCompile(`(?m)^授权:.*`).ReplaceAllString(site[p], "授权: {公开: false}")
}

// Two builds into one folder at once: both succeed, one after the other.
func TestTwoBuilds(t *testing.T) {
	dir, site := newSite(t)
	all := states(site)[:2]
	want := wanted(t, dir, site, all)
	change(t, dir, site, all[0])
	must(t, command(t, "-C", dir, "build", "-q"))
	change(t, dir, all[0], all[1])
	var wg sync.WaitGroup
	for range 3 {
		cmd := command(t, "-C", dir, "build", "-q")
		wg.Go(func() {
			if told, err := cmd.CombinedOutput(); err != nil && !strings.Contains(string(told), "另一个 mingdeng 正在生成") {
				t.Errorf("%v: %s", err, told)
			}
		})
	}
	wg.Wait()
	same(t, "two at once", filesOf(t, filepath.Join(dir, "public")), want[1])
}

// The folder is taken away while it is built into: a failure of the machine or none, told
// in words; the next build makes it anew.
func TestFolderTakenAwayFromABuild(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a folder in use cannot be removed there")
	}
	dir, site := newSite(t)
	want := wanted(t, dir, site, []map[string]string{site})[0]
	out := filepath.Join(dir, "public")
	start := time.Now()
	must(t, command(t, "-C", dir, "build", "-q"))
	span := time.Since(start)
	for i := range 4 {
		os.RemoveAll(out)
		cmd := command(t, "-C", dir, "build", "-q")
		var told bytes.Buffer
		cmd.Stderr = &told
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(span * time.Duration(i+1) / 5)
		os.RemoveAll(out)
		err := cmd.Wait()
		var exit *exec.ExitError
		if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != exitMachine || !strings.HasPrefix(told.String(), "mingdeng: ")) || strings.Contains(told.String(), "goroutine") {
			t.Errorf("%v: %s", err, &told)
		}
		must(t, command(t, "-C", dir, "build", "-q"))
		same(t, "made anew", filesOf(t, out), want)
	}
}
