package desk

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strings"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/history"
)

var historyRoutes = []route{
	{"GET /_studio/history/{path...}", (*visit).versions},
	{"POST /_studio/history/{path...}", (*visit).restore},
	{"GET /_studio/trash/{$}", (*visit).trashed},
	{"POST /_studio/trash/{$}", (*visit).untrash},
	{"GET /_studio/purge/{$}", (*visit).mentions},
	{"POST /_studio/purge/{$}", (*visit).purge},
}

var historyWords = map[string]diag.Text{
	"history.title":   {Zh: "历史", En: "History"},
	"history.of":      {Zh: "的历史", En: ": history"},
	"history.all":     {Zh: "整个网站的历史", En: "History of the whole site"},
	"history.none":    {Zh: "还没有历史。保存一次就有了。", En: "There is no history yet. It begins with the first save."},
	"history.larger":  {Zh: "这个网站放在一个更大的 git 仓库里。明灯只看不记，由管仓库的人提交。", En: "This site lies within a larger git repository. Mingdeng shows its history and adds nothing: whoever keeps the repository commits."},
	"history.trouble": {Zh: "最近一次保存没有记进历史（文件本身已保存）：", En: "The last save is not in the history (the file itself is saved): "},
	"history.then":    {Zh: "那时", En: "Then"},
	"history.now":     {Zh: "和现在的不同", En: "How it differs from now"},
	"history.same":    {Zh: "和现在一样。", En: "As it is now."},
	"history.gone":    {Zh: "那一版里没有这个文件。", En: "That version does not have this file."},
	"history.removed": {Zh: "去掉了", En: "removed"},
	"history.added":   {Zh: "加上了", En: "added"},
	"history.older":   {Zh: "更早的", En: "Older ones"},
	"history.form":    {Zh: "回到这条记录", En: "Back to the record"},
	"history.look":    {Zh: "看", En: "Look"},
	"restore":         {Zh: "恢复", En: "Restore"},
	"restore.hint":    {Zh: "恢复也是一次保存：现在的样子仍在历史里。", En: "Restoring is a save as well: what it is now stays in the history."},
	"done.restored":   {Zh: "已恢复。", En: "Restored."},

	"trash.title":     {Zh: "回收站", En: "Trash"},
	"trash.none":      {Zh: "回收站是空的。", En: "The trash is empty."},
	"trash.where":     {Zh: "原来在", En: "It was at"},
	"trash.code":      {Zh: "它有编号，牌子还在外面", En: "It has a code, and the plaque is out there"},
	"trash.code.text": {Zh: "扫那块牌子的人要看到它。请先在“铭牌”里停用编号 ", En: "Whoever scans the plaque must find it. First retire its code under Plaques: "},

	"purge.hint":     {Zh: "这个人没有授权公开。历史里的旧版本还记着这个名字；撤回了授权的，移走记录后可以清除：", En: "This person has not consented. Older versions still hold the name; once the record is gone it can be purged:"},
	"purge":          {Zh: "从历史里清除名字", En: "Take a name out of the history"},
	"purge.why":      {Zh: "有人撤回了授权：网站上已经没有这个名字，历史里还有。这里把它从所有旧版本里清除。", En: "Somebody took back consent: the name is gone from the site, not from its history. Here it goes from every version."},
	"purge.name":     {Zh: "姓名", En: "Name"},
	"purge.look":     {Zh: "查找", En: "Look for it"},
	"purge.found":    {Zh: "个旧版本里有这个名字。", En: "versions hold this name."},
	"purge.none":     {Zh: "历史里没有这个名字。", En: "The history does not hold this name."},
	"purge.sure":     {Zh: "清除以后不能恢复。写着这个名字的文字会变成“〔已删去〕”，含有它的其他文件整个删去。请再写一遍这个名字：", En: "This cannot be undone. Texts lose the name; other files that hold it go whole. Write the name once more:"},
	"purge.do":       {Zh: "清除", En: "Purge"},
	"purge.differs":  {Zh: "两次写的名字不一样，什么也没有清除。", En: "The names differ: nothing was purged."},
	"purge.done":     {Zh: "已清除：", En: "Purged: "},
	"purge.versions": {Zh: "个版本改写了，", En: "versions were made anew, "},
	"purge.files":    {Zh: "个文件不再有它。", En: "files hold it no more."},

	"kept.saved":     {Zh: "改了", En: "Edited "},
	"kept.made":      {Zh: "新建", En: "Created "},
	"kept.published": {Zh: "设为公开：", En: "Made public: "},
	"kept.withdrawn": {Zh: "撤回为草稿：", En: "Made a draft: "},
	"kept.mended":    {Zh: "改正", En: "Mended "},
	"kept.uploaded":  {Zh: "添了图片：", En: "Added pictures: "},
	"kept.trashed":   {Zh: "移到回收站：", En: "Moved to the trash: "},
	"kept.restored":  {Zh: "恢复了", En: "Restored "},
	"kept.issued":    {Zh: "发放编号 ", En: "Issued codes "},
	"kept.retired":   {Zh: "停用编号 ", En: "Retired code "},
	"kept.settings":  {Zh: "改了设置", En: "Edited the settings"},
	"kept.samples":   {Zh: "移走示例", En: "Took the samples away"},
	"kept.first":     {Zh: "打开工作台时的样子", En: "As it was when the desk was opened"},
	"kept.outside":   {Zh: "在别的程序里改的", En: "Edited in another program"},
}

type historyView struct {
	frame
	Path     string
	Name     string
	Larger   bool
	Trouble  string
	Versions []versionView
	Older    string // ID after which older ones come; "" where there are none
	Chosen   *chosenView
}

type versionView struct {
	ID, When, Who, Sentence string
	Href                    string
	Here                    bool
}

// chosenView is one version beside what there is now.
type chosenView struct {
	versionView
	Lines []history.Line
	Same  bool
	Gone  bool
}

// perHistory is how many versions a page shows.
const perHistory = 50

func (v *visit) versions() { v.showVersions(http.StatusOK, "") }

func (v *visit) showVersions(status int, problem string) {
	file := v.r.PathValue("path")
	if file != "" {
		var err error
		if file, err = textFile(file); err != nil {
			v.missing()
			return
		}
	}
	view := historyView{frame: v.frame("records", v.word("history.all")), Path: file}
	view.Problem = problem
	if e, _ := v.entry(file); file != "" {
		view.Name = cmp.Or(e.Name, path.Base(file))
		view.Title = view.Name + v.word("history.of")
	}
	if err := v.site.versions.settle(); err != nil {
		view.Trouble = refused(err, v.o.Lang)
	}
	h := v.site.versions.history
	if h == nil {
		v.show(status, "history", view)
		return
	}
	mode, _ := h.Mode()
	view.Larger = mode == history.Larger
	q := v.r.URL.Query()
	list, err := h.Versions(v.r.Context(), file, perHistory+1, q.Get("after"))
	if err != nil && view.Trouble == "" {
		view.Trouble = refused(err, v.o.Lang)
	}
	if len(list) > perHistory {
		list = list[:perHistory]
		view.Older = list[perHistory-1].ID
	}
	for _, x := range list {
		row := versionView{ID: x.ID, When: x.When.Format("2006-01-02 15:04"), Who: x.Who.Name, Sentence: x.Sentence, Here: x.ID == q.Get("at"), Href: "?at=" + x.ID}
		if file == "" && len(x.Paths) == 1 && strings.HasSuffix(x.Paths[0], ".md") {
			row.Href = "/_studio/history/" + strings.TrimPrefix(editPath(x.Paths[0]), "/_studio/edit/") + "?at=" + x.ID
		}
		if row.Here && file != "" {
			view.Chosen = v.chosen(row, x, file)
		}
		view.Versions = append(view.Versions, row)
	}
	v.show(status, "history", view)
}

// chosen compares a version of a file with what there is now.
func (v *visit) chosen(row versionView, x history.Version, file string) *chosenView {
	c := &chosenView{versionView: row}
	then, err := v.site.versions.history.File(x.ID, under(x, file))
	if err != nil {
		c.Gone = true
		return c
	}
	now, _ := v.site.root.ReadFile(file) // none: all was added
	plain := func(b []byte) []byte { t, _ := content.DecodeText(b); return t }
	for _, l := range history.Compare(plain(then), plain(now)) {
		if l.Kind != history.Same {
			c.Lines = append(c.Lines, l)
		}
	}
	c.Same = len(c.Lines) == 0
	return c
}

// under is the name a file had in a version: a record is moved when it gets its first picture.
func under(x history.Version, file string) string {
	if slices.Contains(x.Paths, file) || len(x.Paths) == 0 {
		return file
	}
	for _, p := range x.Paths {
		if strings.HasSuffix(p, ".md") {
			return p
		}
	}
	return file
}

// restore brings a version of a record back, as a save of its own.
func (v *visit) restore() {
	file, err := textFile(v.r.PathValue("path"))
	if err != nil || v.site.versions.history == nil {
		v.missing()
		return
	}
	id := v.r.PostForm.Get("version")
	v.site.saving.Lock()
	defer v.site.saving.Unlock()
	list, err := v.site.versions.history.Versions(v.r.Context(), file, 0, "")
	i := slices.IndexFunc(list, func(x history.Version) bool { return x.ID == id })
	if err != nil || i < 0 {
		v.showVersions(http.StatusNotFound, v.word("history.gone"))
		return
	}
	if err := v.bring(id, under(list[i], file), file); err != nil {
		v.showVersions(http.StatusInternalServerError, err.Error())
		return
	}
	v.to(editPath(file), "restored")
}

// bring writes a record as a version has it, with what lay beside it and is gone.
func (v *visit) bring(id, was, file string) error {
	h := v.site.versions.history
	b, err := h.File(id, was)
	if err != nil {
		return errors.New(refused(err, v.o.Lang))
	}
	paths := []string{file}
	if base := path.Base(was); base == "index.md" || base == "_index.md" {
		beside, err := h.Files(id, path.Dir(was))
		if err != nil {
			return errors.New(refused(err, v.o.Lang))
		}
		for _, p := range beside {
			to := path.Join(path.Dir(file), strings.TrimPrefix(p, path.Dir(was)+"/"))
			if _, err := v.site.root.Lstat(to); p == was || !errors.Is(err, fs.ErrNotExist) || base == "_index.md" && strings.HasSuffix(p, ".md") {
				continue
			}
			data, err := h.File(id, p)
			if err == nil {
				err = write(v.site.root, to, data)
			}
			if err != nil {
				return errors.New(refused(err, v.o.Lang))
			}
			paths = append(paths, to)
		}
	}
	if err := write(v.site.root, file, b); err != nil {
		return errors.New(v.word("unwritten") + diag.TroubleOf(err).What.In(v.o.Lang))
	}
	v.site.private.Try(file, nil)
	v.site.pages.Refresh()
	v.kept("restored", file, paths...)
	return nil
}

// kept makes a version of what was done to a record.
func (v *visit) kept(what, file string, paths ...string) {
	e, _ := v.entry(file)
	name := cmp.Or(e.Name, strings.TrimSuffix(path.Base(file), ".md"))
	if len(paths) == 0 {
		paths = []string{file}
	}
	v.site.versions.keep(v.word("kept."+what)+" "+name, paths...)
}

type trashView struct {
	frame
	Items []trashItem
}

type trashItem struct{ Name, Path, When, Version string }

// trashed shows what was moved to the trash and can be brought back.
func (v *visit) trashed() { v.showTrash(http.StatusOK, "") }

func (v *visit) showTrash(status int, problem string) {
	view := trashView{frame: v.frame("records", v.word("trash.title"))}
	view.Problem = problem
	_ = v.site.versions.settle() // what could not be kept is told where versions are shown
	if v.site.versions.history != nil {
		gone, err := v.site.versions.history.Deleted(v.r.Context(), 500)
		if err != nil && problem == "" {
			view.Problem = refused(err, v.o.Lang)
		}
		for _, g := range gone {
			if content.KindOf(g.Path) == "" {
				continue // a picture comes back with its record
			}
			name := strings.TrimSuffix(path.Base(g.Path), ".md")
			if name == "index" || name == "_index" {
				name = path.Base(path.Dir(g.Path))
			}
			if b, err := v.site.versions.history.File(g.Last, g.Path); err == nil {
				name = cmp.Or(titleIn(b, content.KindOf(g.Path)), name)
			}
			view.Items = append(view.Items, trashItem{name, g.Path, g.Removed.When.Format("2006-01-02 15:04"), g.Last})
		}
	}
	v.show(status, "trash", view)
}

// titleIn is what a record's file calls it.
func titleIn(raw []byte, kind content.Kind) string {
	for _, k := range content.Schema(kind) {
		if k.En != "name" && k.En != "title" {
			continue
		}
		for _, p := range parse(raw).head.Pairs {
			if content.FindKey([]content.Key{k}, p.Key) == 0 {
				return p.Value.Text
			}
		}
	}
	return ""
}

// untrash brings a record back.
func (v *visit) untrash() {
	file, err := textFile(v.r.PostForm.Get("path"))
	if err != nil || v.site.versions.history == nil {
		v.missing()
		return
	}
	v.site.saving.Lock()
	defer v.site.saving.Unlock()
	if _, err := v.site.root.Lstat(file); err == nil {
		v.to(editPath(file), "") // somebody has brought it back already
		return
	}
	if err := v.bring(v.r.PostForm.Get("version"), file, file); err != nil {
		v.showTrash(http.StatusInternalServerError, err.Error())
		return
	}
	v.to(editPath(file), "restored")
}

type purgeView struct {
	frame
	Name  string
	N     int
	Asked bool
	Done  string
}

// mentions looks for a name in all versions.
func (v *visit) mentions() {
	view := purgeView{frame: v.frame("records", v.word("purge")), Name: strings.TrimSpace(v.r.URL.Query().Get("name"))}
	_ = v.site.versions.settle()
	if view.Name != "" && v.site.versions.history != nil {
		found, err := v.site.versions.history.Mentions(v.r.Context(), []string{view.Name})
		if err != nil {
			view.Problem = refused(err, v.o.Lang)
		}
		view.Asked, view.N = err == nil, len(found)
	}
	v.show(http.StatusOK, "purge", view)
}

// purge takes a name out of all versions, once it was written twice.
func (v *visit) purge() {
	name := strings.TrimSpace(v.r.PostForm.Get("name"))
	view := purgeView{frame: v.frame("records", v.word("purge")), Name: name}
	switch again := strings.TrimSpace(v.r.PostForm.Get("again")); {
	case v.site.versions.history == nil || name == "":
		v.missing()
		return
	case again != name:
		view.Problem = v.word("purge.differs")
		v.show(http.StatusUnprocessableEntity, "purge", view)
		return
	}
	v.site.saving.Lock()
	defer v.site.saving.Unlock()
	_ = v.site.versions.settle()
	done, err := v.site.versions.history.Purge(v.r.Context(), history.Order{Names: []string{name}, Force: v.r.PostForm.Get("force") != ""})
	if err != nil {
		view.Problem = refused(err, v.o.Lang)
		v.show(http.StatusConflict, "purge", view)
		return
	}
	view.Done = fmt.Sprint(v.word("purge.done"), done.Versions, " ", v.word("purge.versions"), len(done.Files)+len(done.Texts), " ", v.word("purge.files"), " ", history.Elsewhere.In(v.o.Lang))
	v.show(http.StatusOK, "purge", view)
}
