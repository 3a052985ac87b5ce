// Package collect puts what associations give (package bundle) into a city's or a province's
// site: each whole, in content/members/NAME/, in the place of what it gave before.
//
// A bundle is what a stranger sent. It is read, laid beside the members' folders in a hidden
// folder of its own, loaded there as a site of one member, and moved in only where nothing is
// wrong with it: every record whole, every person with consent on the bundle's day, every
// picture one that can be decoded. What is written is below that hidden folder, through an
// [os.Root]; what is moved is that folder. Nothing of what was there before is kept.
//
// A member is known by the address of its site. Its folder is named after the host, or as
// asked for the first time, and keeps that name. Refused besides are a bundle of another
// association at an address that is known ([Options.Renamed] allows it), one older than what
// is there, which would bring back who has withdrawn since, one of a day to come, and the
// site's own.
//
// The move is two renames, of the old folder out and the new one in. Between them the old one
// lies at content/members/.NAME.old; [Recover], which every command that opens a site calls,
// moves it back after a kill, or removes it where the new one is in. What a killed run has
// laid goes when the site is opened an hour later.
//
// Not here: who sent a bundle. Digests tell damage, not forgery: take bundles only from where
// the association's own people put them.
package collect

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"mingdeng/internal/bundle"
	"mingdeng/internal/content"
	"mingdeng/internal/date"
	"mingdeng/internal/diag"
	"mingdeng/internal/picture"
	"mingdeng/internal/site"
)

// Options say how a bundle is taken.
type Options struct {
	Today   date.Date
	Name    string // of the folder of a member that is new; made of its host where ""
	Renamed bool   // another association may stand at an address that is known
	Lang    diag.Lang
}

// Result is what was taken.
type Result struct {
	Member  *content.Member
	Records int
	Before  date.Date // of what it took the place of; zero where the member is new
	Gone    int       // records that were there and no longer are
}

// dir is the folder of all members, from the site's root.
const dir = content.Root + "/" + content.MembersDir

// Take reads the bundle at file and puts it into the site at root. What is wrong with the
// bundle comes as a [*bundle.Refusal]; any other error is the machine's. In either case the
// site is as it was.
func Take(root *os.Root, file string, o Options) (Result, error) {
	f, err := os.Open(file)
	if err != nil {
		return Result{}, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return Result{}, err
	}
	if !info.Mode().IsRegular() {
		return Result{}, refuse("它不是文件", "it is no file")
	}
	a, err := bundle.Open(f, info.Size())
	if err != nil {
		return Result{}, err
	}
	tree, _ := content.Scan(content.Texts(root.FS()))
	m, before, err := place(root, tree, a, o)
	if err != nil {
		return Result{}, err
	}
	r := Result{Member: m}
	if before != nil {
		r.Before = before.Day
	}
	had := records(root.FS(), m.Name)
	stage, err := newStage(root, m.Name)
	if err != nil {
		return Result{}, err
	}
	defer root.RemoveAll(stage)
	own := path.Join(stage, dir, m.Name)
	if err := lay(root, stage, own, a, m); err != nil {
		return Result{}, err
	}
	if err := judge(root, stage, a, o); err != nil {
		return Result{}, err
	}
	has, err := recordsBelow(root.FS(), own)
	if err != nil {
		return Result{}, err
	}
	r.Records = len(has)
	for _, p := range had {
		if _, still := slices.BinarySearch(has, p); !still {
			r.Gone++
		}
	}
	return r, swap(root, own, m.Name)
}

// stages begins the names of the hidden folders, in content, where bundles are laid.
const stages = ".collect-"

// stale is after how long a folder of that name is one that a killed run has left. It holds
// what may have been withdrawn since.
const stale = time.Hour

// newStage makes a folder of this run's own: two of one member may be collected at once.
func newStage(root *os.Root, name string) (string, error) {
	for n := 1; ; n++ {
		stage := path.Join(content.Root, stages+name+"."+strconv.Itoa(n)) // a slug has no dot
		if err := root.Mkdir(stage, 0o755); !errors.Is(err, fs.ErrExist) {
			return stage, err
		}
	}
}

// place tells which member a bundle is of, and what it gave before.
func place(root *os.Root, tree *content.Tree, a *bundle.Archive, o Options) (m, before *content.Member, err error) {
	fsys := content.Texts(root.FS())
	own := content.ReadSite(fsys, tree)
	if own.BaseURL == a.Address {
		return nil, nil, refuse("这是本站自己导出的，不用收", "this site has written it itself")
	}
	if a.Date.Compare(o.Today) > 0 {
		return nil, nil, refuse("它写的日期 %s 还没有到", "its day, %s, is yet to come", a.Day)
	}
	m = &content.Member{Title: a.Title, Organisation: a.Organisation, BaseURL: a.Address, Day: a.Date}
	taken := map[string]*content.Member{}
	for _, x := range content.ReadMembers(fsys, tree) {
		taken[x.Name] = x
		if x.BaseURL == a.Address {
			before = x
		}
	}
	switch {
	case before != nil && o.Name != "" && o.Name != before.Name:
		return nil, nil, refuse("它已经在 %s 里了，不能另起名字：网址要一直有效", "it is in %s already and cannot take another name: addresses must last", dir+"/"+before.Name)
	case before != nil && a.Date.Compare(before.Day) < 0:
		return nil, nil, refuse("它是 %s 的，已经收过 %s 的。收旧的会把撤回的人带回来；一定要收，先删掉 %s", "it is of %s, and what is there is of %s. The older one would bring back who has withdrawn; if you must, delete %s first", a.Day, before.Day.String(), dir+"/"+before.Name)
	case before != nil && before.Called() != m.Called() && !o.Renamed:
		return nil, nil, refuse("网址 %s 以前是“%s”交来的，这次写的是“%s”。问清楚，确实改了名再加 --renamed", "what is at %s came from %q before; this one says %q. Ask them, and add --renamed if they have changed their name", string(a.Address), before.Called(), m.Called())
	case before != nil:
		m.Name = before.Name
		return m, before, nil
	}
	if m.Name = o.Name; m.Name == "" {
		m.Name = strings.TrimSuffix(bundle.FileName(a.Address, a.Date), "-"+a.Day+".zip")
	}
	if zh, _ := content.BadFileName(m.Name); !content.ValidSlug(m.Name) || zh != "" || m.Name == "page" {
		return nil, nil, refuse("“%s”不能做文件夹的名字；用 --name 起一个，只用小写字母、数字和连字符", "%q cannot name its folder; give a name with --name, of small letters, digits and hyphens", m.Name)
	}
	if x := taken[m.Name]; x != nil {
		return nil, nil, refuse("%s 里已经是“%s”（%s）；用 --name 给这一个另起名字", "%s is that of %q (%s); give this one another name with --name", dir+"/"+m.Name, x.Called(), string(x.BaseURL))
	}
	if _, err := root.Lstat(dir + "/" + m.Name); !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, refuse("%s 已经有了，里面没有写是谁的；先移走它", "%s is there and says not whose it is; move it away first", dir+"/"+m.Name)
	}
	return m, nil, nil
}

// lay writes the bundle as the content of a site of its own below stage.
func lay(root *os.Root, stage, own string, a *bundle.Archive, m *content.Member) error {
	if err := root.MkdirAll(own, 0o755); err != nil {
		return err
	}
	put := func(name string, b []byte) error { return root.WriteFile(name, b, 0o644) }
	settings := content.EncodeMember(&content.Member{Title: m.Title, BaseURL: m.BaseURL})
	if err := put(path.Join(stage, content.Root, "site.yaml"), settings); err != nil {
		return err
	}
	if err := put(path.Join(own, content.MemberFile), content.EncodeMember(m)); err != nil {
		return err
	}
	made := map[string]bool{}
	return a.Each(func(name string, b []byte) error {
		at := path.Join(own, name)
		if d := path.Dir(at); !made[d] {
			if err := root.MkdirAll(d, 0o755); err != nil {
				return err
			}
			made[d] = true
		}
		if !strings.HasSuffix(name, ".md") {
			if err := sound(name, b); err != nil {
				return err
			}
		}
		return put(at, b)
	})
}

// sound refuses what is no picture that the build can decode.
func sound(name string, b []byte) error {
	m, err := picture.Inspect(bytes.NewReader(b), int64(len(b)))
	if err == nil && m.Format != picture.SVG {
		_, err = picture.Decode(b, m)
	} else if err == nil {
		var w bytes.Buffer
		err = picture.Encode(&w, b, m, picture.Variants(m)[0])
	}
	if err != nil {
		return refuse("图片“%s”读不出来：%s", "the picture %q cannot be read: %s", name, err.Error())
	}
	return nil
}

// most is how many findings of a bundle are told.
const most = 5

// judge loads the staged bundle as a site and refuses it where anything is wrong.
func judge(root *os.Root, stage string, a *bundle.Archive, o Options) error {
	own, err := root.OpenRoot(stage)
	if err != nil {
		return err
	}
	defer own.Close()
	texts := content.Texts(own.FS())
	tree, found := content.Scan(texts)
	c, more := content.Load(texts, tree)
	found = append(found, more...)
	for _, h := range c.Heroes {
		if why := site.AbsenceOf(h, a.Date); why.Reason == site.NoConsent {
			return refuse("%s 里没有有效的公开授权", "%s carries no consent that holds", within(h.Path))
		}
	}
	var draft string
	c.All(func(r content.Record) {
		if h := r.Base(); h.Draft || h.Slug != h.FileName {
			draft = within(h.Path)
		}
	})
	if draft != "" {
		return refuse("%s 是草稿，或另写了网址名；导出的文件里没有这样的", "%s is a draft or has a slug of its own, which no exported record has", draft)
	}
	_, more = site.Resolve(c, site.Options{Today: a.Date, StandIn: func(content.Language) string { return "" }})
	found = append(found, more...)
	var lines []string
	for _, f := range found {
		if f.Code.Severity == diag.Error && len(lines) < most {
			lines = append(lines, fmt.Sprintf("%s:%d: %s", within(f.Path), f.Pos.Line, f.Message(o.Lang)))
		}
	}
	if len(lines) > 0 {
		all := strings.Join(lines, "\n  ")
		return &bundle.Refusal{Text: diag.Text{Zh: "里面的内容有错：\n  " + all, En: "its records have errors:\n  " + all}}
	}
	return nil
}

// within is a path as it stands in the bundle.
func within(p string) string {
	rest := strings.TrimPrefix(p, dir+"/")
	if _, below, ok := strings.Cut(rest, "/"); ok && rest != p {
		return below
	}
	return p
}

// swap moves the staged folder into its place.
func swap(root *os.Root, own, name string) error {
	if err := root.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	at, old := dir+"/"+name, dir+"/."+name+".old"
	for try := 1; ; try++ {
		if err := root.RemoveAll(old); err != nil {
			return err
		}
		if err := root.Rename(at, old); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		err := root.Rename(own, at)
		if err == nil {
			return root.RemoveAll(old)
		}
		// Whoever opened the site between the two has moved the old folder back.
		if _, back := root.Lstat(at); back != nil || try == 3 {
			_ = root.Rename(old, at)
			return err
		}
	}
}

// Recover ends what a killed run has left: see the package.
func Recover(root *os.Root) error {
	entries, _ := fs.ReadDir(root.FS(), content.Root)
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), stages) || !e.IsDir() {
			continue
		}
		if info, err := e.Info(); err == nil && time.Since(info.ModTime()) > stale {
			if err := root.RemoveAll(path.Join(content.Root, e.Name())); err != nil {
				return err
			}
		}
	}
	entries, err := fs.ReadDir(root.FS(), dir)
	if err != nil {
		return nil // there are no members
	}
	for _, e := range entries {
		name := strings.TrimSuffix(strings.TrimPrefix(e.Name(), "."), ".old")
		if e.Name() != "."+name+".old" || !content.ValidSlug(name) {
			continue
		}
		at, old := dir+"/"+name, dir+"/"+e.Name()
		if _, err := root.Lstat(at); errors.Is(err, fs.ErrNotExist) {
			err = root.Rename(old, at)
			if err != nil && !errors.Is(err, fs.ErrNotExist) { // or its run has ended meanwhile
				return err
			}
			continue
		}
		if err := root.RemoveAll(old); err != nil {
			return err
		}
	}
	return nil
}

// records lists the records of a member by their paths below its folder, in order.
func records(fsys fs.FS, name string) []string {
	out, _ := recordsBelow(fsys, dir+"/"+name)
	return out
}

func recordsBelow(fsys fs.FS, at string) ([]string, error) {
	var out []string
	err := fs.WalkDir(fsys, at, func(p string, e fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(p, ".md") {
			out = append(out, strings.TrimPrefix(p, at+"/"))
		}
		return err
	})
	slices.Sort(out)
	return out, err
}

func refuse(zh, en string, args ...any) error {
	for i, a := range args {
		if s, ok := a.(string); ok {
			args[i] = diag.Printable(s)
		}
	}
	return &bundle.Refusal{Text: diag.Text{Zh: fmt.Sprintf(zh, args...), En: fmt.Sprintf(en, args...)}}
}
