package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"mingdeng/internal/diag"
	"mingdeng/internal/scaffold"
)

// TestGuide follows the first-hour guide as an editor does: every command of it is run
// in turn, the files it makes are filled in as it says, and what it names must be there.
func TestGuide(t *testing.T) {
	t.Setenv("SOURCE_DATE_EPOCH", "1795305600") // 2026-11-22
	proofs := 0
	for _, lang := range []diag.Lang{diag.Chinese, diag.English} {
		t.Run(string(lang), func(t *testing.T) {
			t.Setenv("LANG", map[diag.Lang]string{diag.Chinese: "zh_CN.UTF-8", diag.English: "en_US.UTF-8"}[lang])
			t.Setenv("LC_ALL", "")
			t.Chdir(t.TempDir())
			guide := scaffold.Guide(lang)
			if n := strings.Count(guide, "\n## "); n != 10 {
				t.Errorf("the guide has %d steps", n)
			}
			commands := 0
			for i, block := range strings.Split(guide, "```") {
				if i%2 == 0 {
					continue
				}
				for _, line := range strings.Split(strings.TrimSpace(block), "\n") {
					commands++
					if line == "mingdeng plaque proof" {
						if proofs++; proofs > 1 {
							continue // it takes seconds, and is the same line in both guides
						}
					}
					follow(t, words(line))
				}
			}
			if commands < 15 {
				t.Errorf("only %d commands", commands)
			}
			for _, m := range regexp.MustCompile("`((?:public|content)/[^`]+)`").FindAllStringSubmatch(guide, -1) {
				name := m[1]
				if name == "content/heroes/张三" || name == "content/heroes/Zhang San" {
					name += ".md" // the folder is the editor's to make
				}
				if _, err := os.Stat(filepath.FromSlash(name)); err != nil {
					t.Errorf("the guide names %s: %v", name, err)
				}
			}
			code, _ := os.ReadFile("content/plaques.yaml")
			if n := bytes.Count(code, []byte("exhibit: ")); n != 1 || bytes.Contains(code, []byte("zhan-ban-1")) {
				t.Errorf("codes were issued for %d exhibits:\n%s", n, code)
			}
			if left, _ := filepath.Glob("content/*/林照野*"); len(left) > 0 {
				t.Errorf("samples are left: %q", left)
			}
			for _, file := range []string{"sheet.pdf", "manifest.xlsx", "install.html"} {
				found, _ := filepath.Glob("public/plaques/*/" + file)
				if len(found) == 0 {
					t.Errorf("no %s was made", file)
				}
			}
		})
	}
}

// follow runs one line of the guide and does what an editor then does by hand.
func follow(t *testing.T, args []string) {
	t.Helper()
	switch args[0] {
	case "cd":
		t.Chdir(args[1])
		return
	case "mingdeng":
	default:
		t.Fatalf("the guide has a command that is not ours: %q", args)
	}
	if args[1] == "serve" {
		look(t)
		return
	}
	var out, errOut bytes.Buffer
	p := &program{in: strings.NewReader(""), out: &out, err: &errOut, ctx: context.Background(), lang: language(args, os.Getenv)}
	switch {
	case len(args) > 2 && args[2] == "issue":
		p.asks, p.in = true, strings.NewReader("yx.h.cn\n") // what step 9 says it asks for
	case len(args) > 2 && args[2] == "--clear-samples":
		p.asks, p.in = true, strings.NewReader(map[diag.Lang]string{diag.Chinese: "是\n", diag.English: "yes\n"}[p.lang])
	}
	code := p.run(args[1:])
	if code != 0 || strings.Contains(errOut.String(), "error[") {
		t.Fatalf("%q: exit %d\n%s%s", args, code, &out, &errOut)
	}
	if args[1] == "init" && args[2] != "--clear-samples" {
		for _, f := range []string{scaffold.Guides.Zh, scaffold.Guides.En, "content/site.yaml"} {
			if _, err := os.Stat(filepath.Join(args[2], f)); err != nil {
				t.Error(err)
			}
		}
	}
	if args[1] == "init" && args[2] != "--clear-samples" {
		settle(t, filepath.Join(args[2], "content", "site.yaml"))
	}
	if args[1] == "new" {
		made := strings.Fields(strings.NewReplacer("已新建 ", "", "made ", "").Replace(out.String()))
		fillIn(t, filepath.FromSlash(strings.Join(made, " ")))
	}
}

// look serves the site, opens the address it tells, and stops with Ctrl-C.
func look(t *testing.T) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	told, out := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, []string{"serve", "--addr", "127.0.0.1:0"}, strings.NewReader(""), out, io.Discard)
		out.Close()
	}()
	line, err := bufio.NewReader(told).ReadString('\n')
	address := regexp.MustCompile(`http://[0-9.:]+/`).FindString(line)
	if err != nil || address == "" {
		t.Fatalf("serve says %q (%v)", line, err)
	}
	page, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	page.Body.Close()
	if page.StatusCode != http.StatusOK {
		t.Errorf("%s: %s", address, page.Status)
	}
	stop()
	if code := <-ended; code != 0 {
		t.Errorf("serve ended with %d", code)
	}
}

// settle does to the settings what step 4 says.
func settle(t *testing.T, file string) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.NewReplacer("https://example.cn/", "https://yx.h.cn/", "某某市", "清河市").Replace(string(b))
	if text == string(b) {
		t.Errorf("%s has nothing to be settled", file)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// fillIn does to a new record what step 5 says.
func fillIn(t *testing.T, file string) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text := regexp.MustCompile(`(?m)^(草稿|draft): true.*\n`).ReplaceAllString(string(b), "")
	text = strings.NewReplacer("公开: false", "公开: true", "publish: false", "publish: true",
		"# 英雄: ", "英雄: ", "# heroes: ", "heroes: ").Replace(text)
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// words splits a command line as shells do, as far as the guide needs it.
func words(line string) []string {
	var out []string
	for i, part := range strings.Split(line, `"`) {
		if i%2 == 1 {
			out = append(out, part)
		} else {
			out = append(out, strings.Fields(part)...)
		}
	}
	return out
}

func TestNewAsks(t *testing.T) {
	t.Setenv("SOURCE_DATE_EPOCH", "1795305600")
	for _, c := range []struct {
		name, typed string
		args        []string
		code        int
		file        string
		want        []string
	}{
		{"a hero", "英雄\n李四\n河南省/郑州市\n是\n", nil, 0, "content/heroes/李四.md", []string{"姓名: 李四 ", "地区: 河南省/郑州市 ", "  公开: true "}},
		{"kind again, answers left out", "猫\nhero\n\n王五\n\n\n", nil, 0, "content/heroes/王五.md", []string{"地区: 某省/某市/某县 ", "  公开: false "}},
		{"a date again", "昨天\n2026-04-05\n", []string{"简报", "清明"}, 0, "content/briefs/2026/清明.md", []string{"标题: 清明 ", "日期: 2026-04-05 "}},
		{"a value by number", "1\n河南省\n", []string{"阵地", "河滨"}, 0, "content/venues/河滨/_index.md", []string{"类别: 主题公园 ", "地区: 河南省 "}},
		{"a name that is none", "没有书\n文集/一\n", []string{"文章"}, 0, "content/anthology/文集/一.md", []string{"标题: 一 "}},
		{"nobody answers", "", []string{"英雄"}, exitUsage, "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			var out, errOut bytes.Buffer
			p := &program{in: strings.NewReader(c.typed), out: &out, err: &errOut, asks: true, ctx: context.Background(), lang: diag.Chinese}
			if code := p.run(append([]string{"-C", dir, "new"}, c.args...)); code != c.code {
				t.Fatalf("exit %d: %s", code, &errOut)
			}
			if c.file == "" {
				if _, err := os.Stat(filepath.Join(dir, "content")); err == nil {
					t.Error("something was made")
				}
				return
			}
			b, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(c.file)))
			if err != nil {
				t.Fatal(err)
			}
			for _, w := range c.want {
				if !strings.Contains(string(b), w) {
					t.Errorf("it lacks %q:\n%s", w, b)
				}
			}
		})
	}
}
