package desk

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"

	"mingdeng/internal/deploy"
	"mingdeng/internal/deploy/store"
	"mingdeng/internal/deploy/target"
	"mingdeng/internal/diag"
	"mingdeng/internal/testrun"
)

// hosted is a small site whose address leads to the folder it is published to.
func hosted(t *testing.T) (r *running, to string) {
	t.Helper()
	for _, name := range []string{"MINGDENG_ACCESS_KEY_ID", "AWS_ACCESS_KEY_ID", "AWS_SHARED_CREDENTIALS_FILE", "MINGDENG_SSH_PASSWORD", "MINGDENG_SSH_PASSPHRASE", "MINGDENG_SSH_KEY", "SSH_AUTH_SOCK"} {
		t.Setenv(name, "")
	}
	keyring.MockInit()
	to = filepath.Join(t.TempDir(), "www")
	server := httptest.NewServer(http.FileServer(http.Dir(to)))
	t.Cleanup(server.Close)
	return start(t, strings.Replace(smallSite, "https://lamp.example.org/", server.URL+"/", 1)), to
}

// ended waits for the job at work and returns the page that tells how it ended.
func (r *running) ended() string {
	r.t.Helper()
	testrun.Wait(r.t, func() bool {
		_, body := r.get("/_studio/publish/job/")
		return strings.Contains(body, `"running":false`)
	}, "the end of the job")
	_, page := r.get("/_studio/publish/")
	return page
}

// do presses a button of the page and waits for the job.
func (r *running) do(values url.Values, button string) string {
	r.t.Helper()
	values.Set("do", button)
	if status, page := r.post("/_studio/publish/", values); status != http.StatusOK {
		r.t.Fatalf("%s: status %d\n%s", button, status, page)
	}
	return r.ended()
}

func (r *running) has(page string, wants ...string) {
	r.t.Helper()
	for _, want := range wants {
		if !strings.Contains(page, want) {
			_, main, _ := strings.Cut(page, "<main")
			r.t.Errorf("the page lacks %q:\n%s", want, main)
			return
		}
	}
}

func TestPublish(t *testing.T) {
	r, to := hosted(t)
	_, page := r.get("/_studio/publish/target/file/")
	form := filled(t, page, "/_studio/publish/target/file/")
	form.Set("folder", to)
	_, page = r.post("/_studio/publish/target/file/", form)
	r.has(page, "已加上。", "文件夹 "+to)
	if !strings.Contains(r.read(settingsFile), "发布:\n  - 名称: 正式\n") || !strings.Contains(r.read(settingsFile), "# 说明：这一行要留着") {
		t.Errorf("the settings:\n%s", r.read(settingsFile))
	}

	first := url.Values{"target": {"正式"}}
	page = r.do(first, "prepare")
	r.has(page, "会改变这些", "新增 ", "另有 ", "沈丅川</a>", "首页", `value="publish"`)
	if _, err := os.Stat(to); !errors.Is(err, fs.ErrNotExist) {
		t.Error("looking has sent something")
	}
	form = filled(t, page, "/_studio/publish/")

	// Somebody saves meanwhile: what was not seen is not published.
	r.put("content/heroes/ren.md", strings.Replace(r.read("content/heroes/ren.md"), "跳进河里", "跳进了河里", 1))
	page = r.do(form, "publish")
	r.has(page, "刚才又有改动")
	if _, err := os.Stat(to); !errors.Is(err, fs.ErrNotExist) {
		t.Error("what nobody has seen was sent")
	}
	page = r.do(filled(t, page, "/_studio/publish/"), "publish")
	r.has(page, "已发布：新增 ", "上已经是新的", ">打开网站</a>", "<td>正式</td>")
	b, err := os.ReadFile(filepath.Join(to, "heroes", "ren", "index.html"))
	if err != nil || !strings.Contains(string(b), "跳进了河里") {
		t.Errorf("not what was written: %v", err)
	}
	if list := r.read(publishesFile); strings.Contains(list, to) || strings.Contains(list, "沈丅川") {
		t.Errorf("the list tells too much: %s", list)
	}
	r.has(r.do(first, "prepare"), "网上的已经和这里的一样")

	r.put("content/heroes/ren.md", strings.Replace(r.read("content/heroes/ren.md"), "授权: {公开: true}", "授权: {公开: false}", 1))
	for i := range 20 { // what an older program left
		dir := filepath.Join(to, "old", strconv.Itoa(i))
		if err := errors.Join(os.MkdirAll(dir, 0o755), os.WriteFile(filepath.Join(dir, "index.html"), []byte("old"), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	page = r.do(url.Values{"target": {"正式"}, "forget": {"1"}}, "prepare")
	r.has(page, "移走 26 页", `name="forget"`, "沈丅川</a>", "/old/7/", `name="many"`)
	form = filled(t, page, "/_studio/publish/")
	r.has(r.do(form, "publish"), "超过十分之一，所以什么也没有做")
	form.Set("many", "1")
	r.has(r.do(form, "publish"), "已发布：")
	if _, err := os.Stat(filepath.Join(to, "heroes", "ren", "index.html")); !errors.Is(err, fs.ErrNotExist) {
		t.Error("who withdrew consent is still online")
	}
}

// What fails says what to do, and what stands online.
func TestPublishFails(t *testing.T) {
	r, _ := hosted(t)
	away := filepath.ToSlash(filepath.Join(t.TempDir(), "away"))
	r.put(settingsFile, r.read(settingsFile)+"发布:\n  - {名称: 正式, 目标: \""+target.FolderAddress(away+"/www")+"\"}\n  - {名称: 内容, 目标: \""+target.FolderAddress(filepath.Join(r.dir, "content", "www"))+"\"}\n")
	page := r.do(url.Values{"target": {"正式"}}, "prepare")
	page = r.do(filled(t, page, "/_studio/publish/"), "publish")
	r.has(page, "没有做成：找不到文件夹", "上一级文件夹在吗", "网上的什么也没有动", `<td class="state faulty">没有做成</td>`)

	status, page := r.post("/_studio/publish/", url.Values{"do": {"prepare"}, "target": {"内容"}})
	if r.has(page, "重叠"); status != http.StatusUnprocessableEntity {
		t.Errorf("status %d for a target among the content", status)
	}

	// Errors in the content stop before anything is sent.
	r.put("content/heroes/ren.md", strings.Replace(r.read("content/heroes/ren.md"), "状况: 健在", "状况: 很好", 1))
	page = r.do(url.Values{"target": {"正式"}}, "prepare")
	r.has(page, "内容里有错误，什么也没有发布", `<a href="/_studio/edit/content/heroes/ren.md">`, "很好")
	if strings.Contains(page, `value="publish"`) {
		t.Error("it can be published with errors")
	}
	r.has(r.do(url.Values{}, "check"), "很好")
	r.has(r.do(url.Values{}, "build"), "很好")
}

func TestCheckAndBuild(t *testing.T) {
	r, _ := hosted(t)
	r.has(r.do(url.Values{}, "check"), "检查完了，没有错误")
	if _, err := os.Stat(filepath.Join(r.dir, "public")); !errors.Is(err, fs.ErrNotExist) {
		t.Error("a check has written")
	}
	r.has(r.do(url.Values{}, "build"), "已生成 ")
	if !strings.Contains(r.read("public/heroes/ren/index.html"), "沈丅川") {
		t.Error("nothing was made")
	}
	_, page := r.post("/_studio/publish/", url.Values{"do": {"leave"}})
	if strings.Contains(page, "已生成 ") {
		t.Error("it is told for ever")
	}
}

// Secrets go into the keyring and nowhere else.
func TestSecret(t *testing.T) {
	r, _ := hosted(t)
	status, page := r.post("/_studio/publish/target/sftp/", url.Values{"name": {"服务器"}, "host": {"203.0.113.5"}, "user": {"www:geheim1"}, "path": {"/var/www"}})
	if r.has(page, "密码"); status != http.StatusUnprocessableEntity || strings.Contains(page, "geheim1") {
		t.Errorf("status %d for a user with a password; it must not be shown", status)
	}
	_, page = r.post("/_studio/publish/target/s3/", url.Values{"name": {"桶"}, "endpoint": {"oss-cn-hangzhou.aliyuncs.com"}, "bucket": {"lamp"}, "region": {""}, "prefix": {""}})
	r.has(page, "AccessKey Secret", "对象存储 oss-cn-hangzhou.aliyuncs.com 的 lamp")
	// Publishing asks for what is missing.
	_, page = r.post("/_studio/publish/", url.Values{"do": {"prepare"}, "target": {"桶"}})
	form := filled(t, page, "/_studio/publish/secret/")
	if status, _ := r.post("/_studio/publish/secret/", form); status != http.StatusUnprocessableEntity {
		t.Errorf("status %d for nothing", status)
	}
	form.Set("id", "ich")
	form.Set("key", "geheim2")
	_, page = r.post("/_studio/publish/secret/", form)
	r.has(page, "密钥在这台电脑的钥匙串里")
	to, _ := target.Parse("s3://lamp/?endpoint=oss-cn-hangzhou.aliyuncs.com")
	if s, err := keyring.Get(store.Service, store.Account(to)); err != nil || s != `{"id":"ich","secret":"geheim2"}` {
		t.Errorf("the keyring has %q, %v", s, err)
	}
	for _, at := range []string{"/_studio/publish/", "/_studio/settings/", "/_studio/publish/secret/?target=%E6%A1%B6"} {
		if _, page := r.get(at); strings.Contains(page, "geheim2") {
			t.Errorf("%s shows a secret", at)
		}
	}
	err := filepath.WalkDir(r.dir, func(p string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() {
			var b []byte
			if b, err = os.ReadFile(p); strings.Contains(string(b), "geheim") {
				t.Errorf("%s holds a secret", p)
			}
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}

	// A machine without a keyring says so, and what there is instead.
	keyring.MockInitWithError(errors.New("no bus: geheim2"))
	_, page = r.get("/_studio/publish/secret/?target=%E6%A1%B6")
	r.has(page, "没有能用的系统钥匙串", "MINGDENG_SECRET_ACCESS_KEY")
	if status, page := r.post("/_studio/publish/secret/", form); status != http.StatusInternalServerError || strings.Contains(page, "geheim2") {
		t.Errorf("status %d where nothing can be kept; the secret must not be shown", status)
	}
}

// What the live site gives is told in words, one reason once.
func TestAnswers(t *testing.T) {
	v := &visit{Desk: &Desk{o: Options{Lang: diag.Chinese}}}
	gone := &net.DNSError{Err: "no such host", IsNotFound: true}
	got := v.answers([]deploy.Answer{{URL: "u/", Err: gone}, {URL: "u/Q/1/", Status: 200, Same: true}, {URL: "u/Q/2/", Err: gone}, {URL: "u/Q/3/", Status: 404}})
	if len(got) != 3 || !got[0].Good || !strings.Contains(got[1].Words, "404") || !strings.Contains(got[2].Words, "u/ 打不开（看了 2 页）：还没有这个域名") {
		t.Errorf("%+v", got)
	}
}

// One job at a time, which can be ended, and which nobody waits for in vain.
func TestJobs(t *testing.T) {
	var q jobs
	begun, ended := make(chan bool), make(chan jobReport, 1)
	wait := func(ctx context.Context, j *job) error { close(begun); <-ctx.Done(); return context.Cause(ctx) }
	if !q.start(jobOrder{do: toPublish}, wait, func(r jobReport) { ended <- r }) {
		t.Fatal("not begun")
	}
	<-begun
	if q.start(jobOrder{do: toCheck}, wait, func(jobReport) {}) {
		t.Error("two at once")
	}
	q.forget()
	if r, ok := q.now(); !ok || !r.ended.IsZero() {
		t.Error("a job at work was forgotten")
	}
	q.stop()
	if r := <-ended; !r.stopped || r.err == nil {
		t.Errorf("ended with %v", r.err)
	}
	q.wg.Wait()
	crash := func(context.Context, *job) error { panic("a fault") }
	if !q.start(jobOrder{do: toCheck}, crash, func(r jobReport) { ended <- r }) {
		t.Fatal("not begun after one that ended")
	}
	if r := <-ended; r.err == nil || r.stopped {
		t.Errorf("a panic ended with %v", r.err)
	}
	q.close()
	if q.start(jobOrder{do: toCheck}, wait, func(jobReport) {}) {
		t.Error("begun after the end")
	}
}

// Without script the page asks by itself how far a job is, and stops when it has ended.
func TestJobWithoutScript(t *testing.T) {
	pages, err := parsePages(diag.English)
	if err != nil {
		t.Fatal(err)
	}
	for _, running := range []bool{true, false} {
		var b strings.Builder
		view := publishView{Busy: running, Job: &jobView{Running: running, Total: 8, Done: 3, Steps: []stepView{{"x", "now"}}}}
		if err := pages["publish"].Execute(&b, view); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(b.String(), `<noscript><meta http-equiv="refresh"`) != running || strings.Contains(b.String(), `max="8" value="3"`) != running {
			t.Errorf("running %t: %s", running, b.String())
		}
	}
}

// Words with places to fill in have the same ones in both languages.
func TestVerbs(t *testing.T) {
	verb := regexp.MustCompile(`%[^ %]*?[a-z]`)
	for key, w := range words {
		if zh, en := verb.FindAllString(w.Zh, -1), verb.FindAllString(w.En, -1); !slices.Equal(zh, en) {
			t.Errorf("%s: %v and %v", key, zh, en)
		}
	}
}
