package main

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
)

// deskProcess is a desk as it runs on somebody's machine.
type deskProcess struct {
	*exec.Cmd
	address string
	lines   chan string // of stdout, after the address
	err     *bytes.Buffer
}

var deskAddress = regexp.MustCompile(`^http://127\.0\.0\.1:\d+/_studio/\?key=[A-Za-z0-9_-]{43}$`)

// startDesk runs the program in a folder, for a user who has nothing but a home.
func startDesk(t *testing.T, home, dir string, more []string, args ...string) *deskProcess {
	t.Helper()
	file, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	p := &deskProcess{Cmd: exec.Command(file, args...), lines: make(chan string, 10), err: &bytes.Buffer{}}
	p.Dir, p.Stderr = dir, p.err
	p.Env = append([]string{"HOME=" + home, "USERPROFILE=" + home, "AppData=" + home, "LocalAppData=" + home, "XDG_CONFIG_HOME=" + filepath.Join(home, "config"), "SystemRoot=" + os.Getenv("SystemRoot"), "TMPDIR=" + t.TempDir()}, more...)
	out, err := p.StdoutPipe()
	if err == nil {
		err = p.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Process.Kill() })
	scan := bufio.NewScanner(out)
	if scan.Scan() {
		p.address = scan.Text()
	}
	go func() {
		defer close(p.lines)
		for scan.Scan() {
			p.lines <- scan.Text()
		}
	}()
	if !deskAddress.MatchString(p.address) {
		t.Fatalf("%v: stdout begins with %q; %s", args, p.address, p.err)
	}
	return p
}

// end waits for the process, and holds it to one line on stdout.
func (p *deskProcess) end(t *testing.T) {
	t.Helper()
	for line := range p.lines {
		t.Errorf("stdout also says %q", line)
	}
	if err := p.Wait(); err != nil {
		t.Errorf("%v: %s", err, p.err)
	}
}

// quit presses the button.
func (p *deskProcess) quit(t *testing.T) {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Jar: jar}
	r, err := client.Get(p.address)
	if err != nil {
		t.Fatal(err)
	}
	page, err := io.ReadAll(r.Body)
	r.Body.Close()
	m := regexp.MustCompile(`data-token="([^"]+)"`).FindSubmatch(page)
	if err != nil || m == nil {
		t.Fatal(err, string(page))
	}
	at := p.address[:strings.Index(p.address, "/_studio")]
	req, err := http.NewRequest(http.MethodPost, at+"/_studio/quit/", strings.NewReader(url.Values{"token": {string(m[1])}}.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Origin", at)
	if r, err = client.Do(req); err != nil || r.StatusCode != http.StatusOK {
		t.Fatal(err, r)
	}
	r.Body.Close()
}

// A desk tells its address in one line; a second start finds it, also without a site; the
// button ends it; one that was killed is forgotten; two sites have a desk each.
func TestDeskProcess(t *testing.T) {
	home, nowhere := t.TempDir(), t.TempDir()
	first := startDesk(t, home, nowhere, nil, "desk", "--no-open")
	second := startDesk(t, home, nowhere, nil, "desk", "--no-open")
	if second.end(t); second.address != first.address {
		t.Errorf("a second desk at %s", second.address)
	}
	first.quit(t)
	if first.end(t); strings.Count(first.err.String(), "\n") != 3 || !strings.Contains(first.err.String(), "Ctrl-C") {
		t.Errorf("its window says %s", first.err)
	}

	file, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	var sites []string
	for _, name := range []string{"one", "two"} {
		dir := filepath.Join(nowhere, name)
		if out, err := exec.Command(file, "init", dir).CombinedOutput(); err != nil {
			t.Fatal(err, string(out))
		}
		sites = append(sites, dir)
	}
	one, two := startDesk(t, home, nowhere, nil, "desk", sites[0], "--no-open"), startDesk(t, home, sites[1], nil, "desk", "--no-open")
	if one.address == two.address || one.address == first.address {
		t.Error("one desk for two sites")
	}
	if again := startDesk(t, home, nowhere, nil, "desk", sites[0], "--no-open"); again.address != one.address {
		t.Error("the desk of the first site is not found")
	}
	if again := startDesk(t, home, nowhere, nil, "desk", "--no-open"); again.address != two.address {
		t.Error("the site that was opened last is not found")
	}
	if err := two.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = two.Wait() // killed
	if again := startDesk(t, home, nowhere, nil, "desk", "--no-open"); again.address != one.address {
		t.Error("a desk that was killed is not forgotten, or the other not found")
	}
	third := startDesk(t, home, nowhere, nil, "desk", sites[1], "--no-open")
	if third.address == two.address {
		t.Error("a desk that was killed is opened")
	}
	third.quit(t)
	third.end(t)
	one.quit(t)
	one.end(t)

	out, err := exec.Command(file, "desk", home, "--no-open").CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != exitUsage || !strings.Contains(string(out), "content") {
		t.Errorf("a folder that is no site: %v %s", err, out)
	}
}

// Started without arguments from a desktop, the program is the desk; from a pipeline it tells
// how it is used.
func TestDoubleClick(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("a console of its own, and the Finder, are not to be had in a test")
	}
	home := t.TempDir()
	p := startDesk(t, home, home, []string{"DISPLAY=:0", "PATH=" + home})
	p.quit(t)
	if p.end(t); !strings.Contains(p.err.String(), "复制到浏览器") {
		t.Error(p.err)
	}
	file, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(file)
	c.Env = []string{"HOME=" + home}
	if out, err := c.Output(); err != nil || !strings.Contains(string(out), "build") {
		t.Errorf("%v %s", err, out)
	}
}
