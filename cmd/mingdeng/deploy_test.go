package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"mingdeng/internal/deploy/live"
)

var deployKills = flag.Int("mingdeng.deploykills", 3, "deploys that TestKilledDeploy kills, for each server")

// deploySite is a site that is sent to a server, and how the program is run on it.
func deploySite(t *testing.T, server live.Server) (dir string, run func(...string) *exec.Cmd) {
	t.Helper()
	dir, _ = newSite(t)
	settings := filepath.Join(dir, "content", "site.yaml")
	text, err := os.ReadFile(settings)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(settings, fmt.Appendf(text, "\n发布: {名称: 正式, 目标: \"%s\"}\n", server.To), 0o644); err != nil {
		t.Fatal(err)
	}
	cache := t.TempDir()
	return dir, func(args ...string) *exec.Cmd {
		cmd := command(t, append([]string{"-C", dir, "deploy", "--no-ask"}, args...)...)
		cmd.Env = append(cmd.Env, "XDG_CACHE_HOME="+cache, "HOME="+cache)
		for k, v := range server.Env {
			cmd.Env = append(cmd.Env, k+"="+v)
		}
		return cmd
	}
}

var askedFor = regexp.MustCompile(`(?:<link[^>]*(?:stylesheet|icon|manifest)[^>]*href|<script[^>]*src|<img[^>]*src|poster)="?([^" >]+)`)

// wholeAt tells what a page at the target asks for in vain.
func wholeAt(dir string) error {
	return filepath.WalkDir(dir, func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(p, ".html") {
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			return err
		}
		text, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, p)
		if err != nil {
			return err
		}
		if !bytes.Contains(text, []byte("</html>")) {
			return fmt.Errorf("%s is cut off", rel)
		}
		for _, m := range askedFor.FindAllSubmatch(text, -1) {
			ref, _, _ := strings.Cut(string(m[1]), "?")
			if strings.Contains(ref, ":") || ref == "" || strings.HasSuffix(ref, "/") {
				continue
			}
			if !strings.HasPrefix(ref, "/") {
				ref = "/" + path.Join(path.Dir(filepath.ToSlash(rel)), ref)
			}
			ref = strings.TrimPrefix(ref, "/lamp") // the site lies below a path of its host
			if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(ref))); err != nil {
				return fmt.Errorf("%s asks for %s", rel, ref)
			}
		}
		return nil
	})
}

// sameFolders tells what of the site the target lacks.
func sameFolders(site, there string) error {
	return filepath.WalkDir(site, func(p string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(site, p)
		if err != nil {
			return err
		}
		if e.IsDir() {
			if rel == ".mingdeng" || rel == "plaques" {
				return fs.SkipDir
			}
			return nil
		}
		want, err1 := os.ReadFile(p)
		got, err2 := os.ReadFile(filepath.Join(there, rel))
		if err := errors.Join(err1, err2); err != nil {
			return err
		}
		if !bytes.Equal(want, got) {
			return fmt.Errorf("%s differs", rel)
		}
		return nil
	})
}

// TestKilledDeploy kills the program at random while it sends a site that has changed, to
// each real server: what stands there is whole, and the next run goes on.
func TestKilledDeploy(t *testing.T) {
	for name, start := range live.Servers {
		t.Run(name, func(t *testing.T) {
			server := start(t)
			dir, run := deploySite(t, server)
			t.Parallel() // most of it is waiting for locks to settle
			page := filepath.Join(dir, "content", "pages", "about.md")
			text, err := os.ReadFile(page)
			if err != nil {
				t.Fatal(err)
			}
			site := filepath.Join(dir, "content", "site.yaml")
			settings, err := os.ReadFile(site)
			if err != nil {
				t.Fatal(err)
			}
			whole := 200 * time.Millisecond
			died := 0
			for i := range *deployKills {
				// A new title changes every page.
				changed := regexp.MustCompile(`(?m)^(名称|title): .*`).ReplaceAll(settings, fmt.Appendf(nil, "$1: 第 %d 版", i))
				if err := errors.Join(os.WriteFile(site, changed, 0o644), os.WriteFile(page, fmt.Appendf(text, "\n第 %d 版\n", i), 0o644)); err != nil {
					t.Fatal(err)
				}
				must(t, command(t, "-C", dir, "build"))
				cmd := run("--yes")
				if err := cmd.Start(); err != nil {
					t.Fatal(err)
				}
				time.Sleep(50*time.Millisecond + rand.N(whole+time.Second)) // a lock settles for a second
				cmd.Process.Kill()
				if cmd.Wait() != nil {
					died++
				}
				if err := wholeAt(server.Dir); err != nil {
					t.Fatalf("after kill %d: %v", i, err)
				}
				if i%2 == 1 {
					continue // the next starts from a target that was left in the middle
				}
				begun := time.Now()
				out, told := must(t, run("--yes"))
				whole = max(whole, time.Since(begun)-time.Second)
				if !strings.Contains(out, "sent ") {
					t.Fatalf("%s%s", out, told)
				}
				if err := errors.Join(wholeAt(server.Dir), sameFolders(filepath.Join(dir, "public"), server.Dir)); err != nil {
					t.Fatalf("after the run that followed kill %d: %v", i, err)
				}
				if left, _ := filepath.Glob(filepath.Join(server.Dir, ".mingdeng-deploy", "*")); len(left) != 1 {
					t.Fatalf("left behind: %q", left)
				}
			}
			must(t, run("--yes"))
			if out, _ := must(t, run()); !strings.HasPrefix(out, "sent 0, ") {
				t.Errorf("a further deploy: %s", out)
			}
			t.Logf("%d of %d were killed before they came to their end", died, *deployKills)
		})
	}
}

// TestDeployTellsNoSecret looks for the keys of a store, wrong ones too, in all that the
// program says and leaves.
func TestDeployTellsNoSecret(t *testing.T) {
	server := live.S3(t)
	right := server.Env["AWS_SECRET_ACCESS_KEY"]
	_, run := deploySite(t, server)
	look := func(cmd *exec.Cmd, secret string, wantCode int) {
		t.Helper()
		var said bytes.Buffer
		cmd.Stdout, cmd.Stderr = &said, &said
		err := cmd.Run()
		if code := cmd.ProcessState.ExitCode(); code != wantCode {
			t.Errorf("exit %d, not %d: %v %s", code, wantCode, err, &said)
		}
		if strings.Contains(said.String(), secret) {
			t.Errorf("a secret is told: %s", &said)
		}
		filepath.WalkDir(server.Dir, func(p string, e fs.DirEntry, err error) error {
			if err == nil && !e.IsDir() {
				if text, err := os.ReadFile(p); err == nil && bytes.Contains(text, []byte(secret)) {
					t.Errorf("a secret stands in %s", p)
				}
			}
			return nil
		})
	}
	look(run("-v"), right, 0)
	look(run("--format", "json"), right, 0)
	wrong := run("-v")
	wrong.Env = append(wrong.Env, "AWS_SECRET_ACCESS_KEY=quite-another-secret")
	look(wrong, "quite-another-secret", 3)
	wrong = run("--format", "json", "--dry-run")
	wrong.Env = append(wrong.Env, "AWS_SECRET_ACCESS_KEY=quite-another-secret", "AWS_ACCESS_KEY_ID=nobody")
	look(wrong, "quite-another-secret", 3)
	none := run()
	none.Env = append(none.Env, "AWS_SECRET_ACCESS_KEY=", "AWS_ACCESS_KEY_ID=")
	look(none, right, 3)
}

// TestDeployAsks: after sending, the live site is asked, and what differs there is told. The
// deploy has succeeded all the same: the files are where they were to go.
func TestDeployAsks(t *testing.T) {
	server := live.Folder(t)
	dir, _ := deploySite(t, server)
	var mode atomic.Value
	mode.Store("right")
	files := http.StripPrefix("/lamp", http.FileServer(http.Dir(server.Dir)))
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		code := strings.HasPrefix(r.URL.Path, "/lamp/Q/")
		switch mode := mode.Load(); {
		case mode == "other home" && !code:
			io.WriteString(w, "<p>域名停放</p>")
		case mode == "no codes" && code:
			http.NotFound(w, r)
		default:
			files.ServeHTTP(w, r)
		}
	}))
	defer site.Close()
	run := func(args ...string) (stdout, stderr string) {
		t.Helper()
		cmd := command(t, append([]string{"-C", dir, "--base-url", site.URL + "/lamp/", "deploy"}, args...)...)
		cmd.Env = append(cmd.Env, "XDG_CACHE_HOME="+dir, "HOME="+dir)
		return must(t, cmd)
	}
	home := site.URL + "/lamp/"
	if out, told := run(); strings.Contains(told, home) || !strings.HasPrefix(out, "sent ") {
		t.Errorf("all is right: %s%s", out, told)
	}
	mode.Store("other home")
	if _, told := run(); !strings.Contains(told, "提醒："+home+" 上的和刚传的不一样（状态 200）") || strings.Contains(told, home+"Q/") {
		t.Errorf("another page: %s", told)
	}
	mode.Store("no codes")
	if _, told := run(); !strings.Contains(told, "提醒："+home+"Q/") || !strings.Contains(told, "（状态 404）") || strings.Contains(told, home+" ") {
		t.Errorf("pages of plaques that are not there: %s", told)
	}
	if out, _ := run("--format", "json"); strings.Count(out, `"event":"asked"`) < 2 || !strings.Contains(out, `"same":false,"status":404`) || !strings.Contains(out, `"same":true,"status":200`) {
		t.Errorf("%s", out)
	}
	if out, told := run("--no-ask"); strings.Contains(told, home) {
		t.Errorf("not asked for: %s%s", out, told)
	}
	site.Close()
	if _, told := run(); !strings.Contains(told, "提醒："+home+" 打不开：") {
		t.Errorf("nobody there: %s", told)
	}
}

// TestDeployTwice runs two at once that know nothing of each other, as two machines: the
// second refuses.
func TestDeployTwice(t *testing.T) {
	server := live.Folder(t)
	_, run := deploySite(t, server)
	must(t, run())
	lock := filepath.Join(server.Dir, ".mingdeng-deploy", "lock")
	now := time.Now().UTC().Format(time.RFC3339)
	if err := os.WriteFile(lock, fmt.Appendf(nil, `{"token":"T","owner":"another","began":%q,"renewed":%q}`, now, now), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(server.Dir, "index.html")); err != nil {
		t.Fatal(err)
	}
	cmd := run()
	said, err := cmd.CombinedOutput()
	if err == nil || cmd.ProcessState.ExitCode() != 3 || !strings.Contains(string(said), "另一台电脑正在") {
		t.Fatalf("%v: %s", err, said)
	}
	if _, err := os.Stat(filepath.Join(server.Dir, "index.html")); err == nil {
		t.Error("it was sent all the same")
	}
}
