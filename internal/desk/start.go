package desk

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"mingdeng/internal/amend"
	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/project"
	"mingdeng/internal/samples"
	"mingdeng/internal/scaffold"
)

// The page that makes a site or opens one is there also while none is open.
var startRoutes = []route{
	{"GET /_studio/start/{$}", (*visit).start},
	{"POST /_studio/start/new/{$}", (*visit).startNew},
	{"POST /_studio/start/open/{$}", (*visit).startOpen},
}

var startWords = map[string]diag.Text{
	"start.switch": {Zh: "换网站", En: "Sites"},
	"start.title":  {Zh: "从这里开始", En: "Begin here"},
	"start.other":  {Zh: "网站", En: "Sites"},

	"start.help":         {Zh: "第一次用？读一读“第一小时”", En: "New here? Read “The first hour”"},
	"start.new":          {Zh: "做一个新网站", En: "Make a new site"},
	"start.name":         {Zh: "单位名称", En: "Name of the association"},
	"start.name.hint":    {Zh: "例如：郑州市见义勇为协会", En: "Such as: Zhengzhou Association for the Brave"},
	"start.address":      {Zh: "网站的网址", En: "Address of the site"},
	"start.address.hint": {Zh: "将来用的那个，如 https://yx.example.cn/。还没有，就空着：别的都能做，只是不能发铭牌编号。", En: "The one it will have, such as https://heroes.example.cn/. Leave it empty if there is none yet: all can be done but giving out codes for plaques."},
	"start.region":       {Zh: "地区", En: "Region"},
	"start.region.hint":  {Zh: "例如：河南省/郑州市。写进第一位英雄的记录里。", En: "Such as: 河南省/郑州市. It goes into the record of the first hero."},
	"start.look":         {Zh: "样子", En: "Look"},
	"start.hero":         {Zh: "先写哪一位英雄", En: "Whom will you write about first"},
	"start.hero.hint":    {Zh: "姓名。先是草稿，只有您看得到。可以空着。", En: "A name. It begins as a draft that you alone see. May be left empty."},
	"start.where":        {Zh: "放在哪个文件夹里", En: "In which folder"},
	"start.where.hint":   {Zh: "会在里面新建一个以单位命名的文件夹。", En: "A folder named after the association is made in it."},
	"start.samples":      {Zh: "留下示例（一位人物、一篇简报、一本书、一处公园），照着写；以后能一次清掉", En: "Keep the samples (a person, a news brief, a book, a park) to see how it is done; they can be cleared in one step later"},
	"start.make":         {Zh: "新建网站", En: "Make the site"},

	"start.open":        {Zh: "打开做过的网站", En: "Open a site"},
	"start.open.deed":   {Zh: "打开", En: "Open"},
	"start.open.here":   {Zh: "正打开着", En: "open now"},
	"start.open.last":   {Zh: "最近打开过的", En: "Opened lately"},
	"start.open.typed":  {Zh: "网站的文件夹", En: "Folder of the site"},
	"start.open.hint":   {Zh: "里面有 content 的那个文件夹。可以从资源管理器的地址栏里复制过来。", En: "The one with content in it. It can be copied from the address bar of the file manager."},
	"start.open.browse": {Zh: "在文件夹里找", En: "Look through folders"},
	"start.open.home":   {Zh: "个人文件夹", En: "Home"},
	"start.open.none":   {Zh: "这里面没有文件夹。", En: "There are no folders in it."},
	"start.open.many":   {Zh: "太多了，没有列全。", En: "Too many: not all are listed."},
	"start.is":          {Zh: "网站", En: "a site"},

	"start.bad.name":     {Zh: "请写单位名称。", En: "Give the association's name."},
	"start.bad.address":  {Zh: "网址%s。", En: "The address cannot be used: %s."},
	"start.bad.look":     {Zh: "没有这种样子。", En: "There is no such look."},
	"start.bad.where":    {Zh: "文件夹要从头写全，例如 D:\\网站 或 /home/…。", En: "Give the whole path of the folder, such as D:\\sites or /home/…."},
	"start.bad.taken":    {Zh: "那里已经有“%s”了。换个文件夹，或者在右边打开它。", En: "There is a folder \"%s\" already. Choose another place, or open it."},
	"start.bad.make":     {Zh: "没有做成：", En: "It could not be made: "},
	"start.bad.open":     {Zh: "“%s”不是明灯的网站：里面没有 content 文件夹。", En: "\"%s\" is no site: there is no folder content in it."},
	"start.bad.unopened": {Zh: "打不开：", En: "It cannot be opened: "},

	"done.began": {Zh: "网站做好了。这是第一位英雄的草稿，填好后点“保存”。", En: "The site is made. This is the draft about its first hero: fill it in and save."},
	"done.site":  {Zh: "网站做好了。", En: "The site is made."},
}

// answersView are the answers to the questions about a new site.
type answersView struct{ Name, Address, Region, Look, Hero, Where string }

type startView struct {
	frame
	Answers answersView
	Samples bool
	Wrong   string // which answer cannot be used
	Looks   []lookView
	Sites   []siteView
	Typed   string
	Browsed *browsedView
}

type lookView struct {
	Name, Title string
	Chosen      bool
}

type siteView struct {
	Dir, Name string
	Here      bool
}

// browsedView is a folder below the home folder.
type browsedView struct {
	Ways    []folderView // from the home folder to it
	Folders []folderView
	More    bool
}

type folderView struct {
	Name, In string // In is its path from the home folder, slash-separated
	Dir      string // of a site, to be opened
}

func (v *visit) start() {
	v.showStart(http.StatusOK, startView{Answers: answersView{Where: v.suggested()}, Samples: true})
}

// showStart shows the page with what was filled in.
func (v *visit) showStart(status int, view startView) {
	title := v.word("start.title")
	if v.site != nil {
		title = v.word("start.other")
	}
	problem := view.Problem
	view.frame = v.frame("start", title)
	view.Problem = problem
	for _, l := range v.looks() {
		l.Chosen = l.Name == view.Answers.Look
		view.Looks = append(view.Looks, l)
	}
	for _, dir := range v.o.Memory.Sites() {
		view.Sites = append(view.Sites, siteView{dir, filepath.Base(dir), v.site != nil && realDir(v.site.dir) == dir})
	}
	if in := v.r.URL.Query().Get("in"); v.r.URL.Query().Has("in") {
		view.Browsed = v.browse(in)
	}
	v.show(status, "start", view)
}

// looks are the themes that come with the program, with their titles.
func (v *visit) looks() (list []lookView) {
	names, err := fs.ReadDir(v.o.Themes, ".")
	if err != nil {
		return nil
	}
	for _, e := range names {
		b, err := fs.ReadFile(v.o.Themes, e.Name()+"/theme.yaml")
		if err != nil {
			continue
		}
		title := e.Name()
		for line := range strings.Lines(string(b)) {
			if rest, ok := strings.CutPrefix(line, "title:"); ok {
				title = strings.Trim(strings.TrimSpace(rest), `"'`)
			}
		}
		list = append(list, lookView{Name: e.Name(), Title: title})
	}
	return list
}

// home is the folder below which sites are looked for.
func (v *visit) homeDir() string {
	if v.o.Home != "" {
		return v.o.Home
	}
	dir, _ := os.UserHomeDir() // without one there is nothing to look through
	return dir
}

// suggested is the folder in which new sites are made unless another is given.
func (v *visit) suggested() string {
	home := v.homeDir()
	if home == "" {
		return ""
	}
	for _, name := range []string{"Documents", "文档", "文稿"} {
		if info, err := os.Stat(filepath.Join(home, name)); err == nil && info.IsDir() {
			return filepath.Join(home, name, "明灯")
		}
	}
	return filepath.Join(home, "明灯")
}

// maxFolders is how many folders of one are listed.
const maxFolders = 500

// browse lists the folders in one below the home folder; links that lead out of it are not
// followed.
func (v *visit) browse(in string) *browsedView {
	home := v.homeDir()
	if in = path.Clean("/" + in)[1:]; in == "" {
		in = "."
	}
	view := &browsedView{Ways: []folderView{{Name: v.word("start.open.home")}}}
	root, err := os.OpenRoot(home)
	if err != nil || !fs.ValidPath(in) || strings.ContainsAny(in, "\\:\x00") {
		return view
	}
	defer root.Close()
	list, err := fs.ReadDir(root.FS(), in)
	if err != nil {
		return view
	}
	for way := in; way != "."; way = path.Dir(way) {
		view.Ways = slices.Insert(view.Ways, 1, folderView{Name: path.Base(way), In: way})
	}
	for _, e := range list {
		if !e.IsDir() || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		if len(view.Folders) == maxFolders {
			view.More = true
			break
		}
		f := folderView{Name: e.Name(), In: path.Join(in, e.Name())}
		if info, err := root.Stat(path.Join(f.In, content.Root)); err == nil && info.IsDir() {
			f.Dir = filepath.Join(home, filepath.FromSlash(f.In))
		}
		view.Folders = append(view.Folders, f)
	}
	return view
}

// typedDir is a folder as somebody typed or pasted it, which must be given whole.
func (v *visit) typedDir(text string) (string, bool) {
	text = strings.Trim(strings.TrimSpace(text), `"'“”`)
	if rest, ok := strings.CutPrefix(text, "~"); ok && (rest == "" || rest[0] == '/' || rest[0] == filepath.Separator) {
		text = filepath.Join(v.homeDir(), rest)
	}
	if text == "" || strings.Contains(text, "\x00") || !filepath.IsAbs(text) {
		return text, false
	}
	return filepath.Clean(text), true
}

// startOpen opens the site in a folder.
func (v *visit) startOpen() {
	typed := v.r.PostFormValue("dir")
	dir, ok := v.typedDir(typed)
	if ok && !IsSite(dir) && filepath.Base(dir) == content.Root && IsSite(filepath.Dir(dir)) {
		dir = filepath.Dir(dir) // the folder within
	}
	problem := ""
	switch err := error(nil); {
	case !ok:
		problem = v.word("start.bad.where")
	case !IsSite(dir):
		problem = fmt.Sprintf(v.word("start.bad.open"), dir)
	default:
		if err = v.enter(dir); err != nil {
			problem = v.word("start.bad.unopened") + diag.TroubleOf(err).What.In(v.o.Lang)
		}
	}
	if problem != "" {
		view := startView{Answers: answersView{Where: v.suggested()}, Samples: true, Typed: typed, Wrong: "dir"}
		view.Problem = problem
		v.showStart(http.StatusUnprocessableEntity, view)
		return
	}
	v.to("/_studio/", "")
}

// wrongAnswer is an answer that cannot be used.
type wrongAnswer struct{ field, why string }

func (w *wrongAnswer) Error() string { return w.why }

// startNew makes a site of the answers and opens it.
func (v *visit) startNew() {
	answer := func(key string) string { return oneLine(v.r.PostFormValue(key)) }
	a := answersView{answer("name"), answer("address"), answer("region"), answer("look"), answer("hero"), answer("where")}
	keep := v.r.PostFormValue("samples") != ""
	page, err := v.makeSite(a, keep)
	if err != nil {
		view := startView{Answers: a, Samples: keep}
		var wrong *wrongAnswer
		if errors.As(err, &wrong) {
			view.Wrong, view.Problem = wrong.field, wrong.why
		} else {
			view.Problem = v.word("start.bad.make") + diag.TroubleOf(err).What.In(v.o.Lang)
		}
		v.showStart(http.StatusUnprocessableEntity, view)
		return
	}
	if page == "" {
		v.to("/_studio/", "site")
		return
	}
	v.to(page, "began")
}

// oneLine takes out of an answer what is no part of one line.
func oneLine(s string) string {
	return strings.TrimSpace(strings.Map(func(c rune) rune {
		if unicode.IsControl(c) || c == '\u2028' || c == '\u2029' {
			return ' '
		}
		return c
	}, s))
}

// makeSite makes a site and opens it; page is where its first record is edited. All answers
// are looked at before anything is written.
func (v *visit) makeSite(a answersView, keep bool) (page string, err error) {
	if a.Name == "" {
		return "", &wrongAnswer{"name", v.word("start.bad.name")}
	}
	if a.Address != "" {
		if !strings.Contains(a.Address, "://") {
			a.Address = "https://" + a.Address
		}
		base, zh, en := content.ParseBaseURL(a.Address)
		if zh != "" {
			return "", &wrongAnswer{"address", fmt.Sprintf(v.word("start.bad.address"), diag.Text{Zh: zh, En: en}.In(v.o.Lang))}
		}
		a.Address = string(base)
	}
	if a.Look != "" && !slices.ContainsFunc(v.looks(), func(l lookView) bool { return l.Name == a.Look }) {
		return "", &wrongAnswer{"look", v.word("start.bad.look")}
	}
	where, ok := v.typedDir(a.Where)
	if !ok {
		return "", &wrongAnswer{"where", v.word("start.bad.where")}
	}
	hero := v.firstHero(a)
	dir := filepath.Join(where, folderName(a.Name))
	switch err := scaffold.Site(dir); {
	case errors.Is(err, scaffold.ErrNotEmpty):
		return "", &wrongAnswer{"where", fmt.Sprintf(v.word("start.bad.taken"), filepath.Base(dir))}
	case err != nil:
		return "", err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return "", err
	}
	defer root.Close()
	if err := v.settle(root, a); err != nil {
		return "", err
	}
	if !keep {
		o := project.Options{Root: dir, Out: v.o.Out, Today: v.o.Today(), Program: v.o.Program, Themes: v.o.Themes}
		if _, err := samples.Clear(v.r.Context(), o); err != nil {
			return "", err
		}
	}
	if a.Hero != "" {
		file, err := hero.Make(root)
		if err != nil && !errors.Is(err, fs.ErrExist) { // a sample may be called the same
			return "", err
		}
		page = editPath(file)
	}
	return page, v.enter(dir)
}

func (v *visit) firstHero(a answersView) scaffold.Request {
	r := scaffold.Request{Kind: content.KindHero, Name: folderName(a.Hero), Lang: v.o.Lang, Today: v.o.Today(), Answers: map[string]string{}}
	r.Answers["name"], _ = scaffold.Question{}.Answer(a.Hero, v.o.Lang)
	if a.Region != "" {
		r.Answers["region"], _ = scaffold.Question{}.Answer(a.Region, v.o.Lang)
	}
	return r
}

// folderName is a name as a folder or a file can have it on every system.
func folderName(name string) string {
	name = strings.Trim(strings.Map(func(c rune) rune {
		if strings.ContainsRune(`\/:*?"<>|`, c) {
			return '-'
		}
		return c
	}, name), " .")
	for len(name) > 120 {
		name = strings.ToValidUTF8(name[:len(name)-1], "")
	}
	if bad, _ := content.BadFileName(name); name == "" || bad != "" {
		return "mingdeng"
	}
	return name
}

// settle writes the answers into the settings of a new site, in the lines that are there.
func (v *visit) settle(root *os.Root, a answersView) error {
	const file = content.Root + "/site.yaml"
	raw, err := root.ReadFile(file)
	if err != nil {
		return err
	}
	r, found := amend.Open(raw, content.KindSite)
	if r == nil {
		return errors.New(found[0].Message(v.o.Lang))
	}
	place := a.Name
	for _, end := range []string{"见义勇为基金会", "见义勇为协会", "基金会", "协会"} {
		if rest, ok := strings.CutSuffix(place, end); ok {
			place = rest
			break
		}
	}
	title, about := place+"见义勇为英雄谱", place+"见义勇为人员的事迹与荣誉"
	if place == a.Name { // nothing that is known can be taken off
		title, about = a.Name, a.Name
	}
	organisation := r.Value().Get("organisation")
	pairs := []amend.Pair{{Key: "name", Value: amend.Text(a.Name)}}
	for _, p := range organisation.Pairs {
		if p.Key != "name" {
			pairs = append(pairs, p)
		}
	}
	want := map[string]amend.Value{"title": amend.Text(title), "description": amend.Text(about), "organisation": amend.Group(pairs...)}
	if a.Address != "" {
		want["base_url"] = amend.Text(a.Address)
	}
	if a.Look != "" && a.Look != defaultLook {
		want["theme"] = amend.Text(a.Look)
	}
	next, err := r.Apply(want, nil, v.o.Lang)
	if err != nil {
		return v.said(err)
	}
	return write(root, file, next)
}

// defaultLook is what a site has that names none.
const defaultLook = "lamplight"
