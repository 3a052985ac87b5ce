package desk

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime/multipart"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"mingdeng/internal/attachment"
	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/live"
	"mingdeng/internal/picture"
)

// maxPicture is the largest file taken, bytes.
const maxPicture = 64 << 20

// file sends a picture that lies beside a record, for its form. Only what is a picture by
// its content is sent, and never as anything a browser would run.
func (v *visit) file() {
	name := v.r.PathValue("path")
	if !fs.ValidPath(name) || !strings.HasPrefix(name, content.Root+"/") || strings.Contains("/"+name, "/.") || strings.ContainsAny(name, "\\:\x00") {
		v.missing()
		return
	}
	if within(v.site.root, name) != nil {
		v.missing()
		return
	}
	f, err := v.site.root.Open(name)
	if err != nil {
		v.missing()
		return
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxPicture {
		v.missing()
		return
	}
	m, err := picture.Inspect(f, info.Size())
	if err != nil {
		v.missing()
		return
	}
	v.w.Header().Set("Content-Type", typeOf(m))
	v.w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
	_, _ = io.Copy(v.w, io.NewSectionReader(f, 0, info.Size()))
}

func typeOf(m picture.Meta) string {
	switch m.Format {
	case picture.SVG:
		return "image/svg+xml"
	case picture.PNG:
		return "image/png"
	case picture.GIF:
		return "image/gif"
	case picture.WebP:
		return "image/webp"
	}
	return "image/jpeg"
}

// uploaded is one file that was taken, or why it was not.
type uploaded struct {
	Name    string `json:"name,omitempty"` // as the record names it
	Src     string `json:"src,omitempty"`  // where the desk shows it
	Path    string `json:"path,omitempty"` // of the record, which may have moved into a folder
	Problem string `json:"problem,omitempty"`
}

// upload takes files that were dropped, pasted or chosen, and puts them beside a record.
func (v *visit) upload() {
	file, _, ok := v.read()
	if !ok {
		return
	}
	if v.r.MultipartForm == nil {
		v.gate.tooMuch(v.w, http.ErrNotMultipart)
		return
	}
	v.site.saving.Lock()
	defer v.site.saving.Unlock()
	var out []uploaded
	for _, h := range v.r.MultipartForm.File["file"] {
		name, moved, err := v.take(file, h)
		if err != nil {
			out = append(out, uploaded{Problem: h.Filename + ": " + err.Error()})
			continue
		}
		file = moved
		out = append(out, uploaded{Name: name, Src: "/_studio/file/" + wayTo(path.Join(path.Dir(file), name)), Path: file})
	}
	v.site.pages.Refresh()
	v.kept("uploaded", file, v.r.PathValue("path"), path.Dir(file))
	if v.scripted() {
		v.json(http.StatusOK, out)
		return
	}
	for _, u := range out {
		if u.Problem != "" {
			raw, _ := v.site.root.ReadFile(file)
			v.showEditor(http.StatusUnprocessableEntity, file, raw, nil, u.Problem, nil)
			return
		}
	}
	v.to(editPath(file), "uploaded")
}

// chosen begins the names of inputs that choose a file for a field.
const chosen = "upload:"

// takeNamed takes the files that were chosen for fields of a form, and puts their names in
// the fields. It returns where the record is now, and why one was not taken.
func (v *visit) takeNamed(file string, posted url.Values) (moved, problem string) {
	if v.r.MultipartForm == nil {
		return file, ""
	}
	for input, list := range v.r.MultipartForm.File {
		field, ok := strings.CutPrefix(input, chosen)
		if !ok || len(list) == 0 || list[0].Size == 0 && list[0].Filename == "" {
			continue
		}
		name, at, err := v.take(file, list[0])
		if err != nil {
			return file, list[0].Filename + ": " + err.Error()
		}
		file = at
		posted.Set(field, name)
	}
	return file, ""
}

// take puts one file beside a record, which becomes a folder's index.md for it. It returns
// the name under which the record finds it, and where the record is now.
func (v *visit) take(file string, h *multipart.FileHeader) (name, moved string, err error) {
	if h.Size > maxPicture {
		return "", "", errors.New(v.word("upload.large"))
	}
	f, err := h.Open()
	if err != nil {
		return "", "", err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxPicture+1))
	if err != nil {
		return "", "", err
	}
	return v.keep(file, h.Filename, b)
}

// keep is take for a file's bytes, and the name it came with.
func (v *visit) keep(file, given string, b []byte) (name, moved string, err error) {
	ending, err := v.publishable(b, strings.ToLower(path.Ext(given)))
	if err != nil {
		return "", "", err
	}
	return v.place(file, given, ending, b)
}

// place puts the bytes of a file beside a record, under a name like the one it had.
func (v *visit) place(file, had, ending string, b []byte) (name, moved string, err error) {
	if file, err = v.foldered(file); err != nil {
		return "", "", err
	}
	base := plainName(strings.TrimSuffix(had, path.Ext(had)))
	for n := 1; n < 10_000; n++ {
		name = base + ending
		if n > 1 {
			name = base + "-" + strconv.Itoa(n) + ending
		}
		at := path.Join(path.Dir(file), name)
		old, err := v.site.root.ReadFile(at)
		if err == nil && bytes.Equal(old, b) {
			return name, file, nil // handed in twice
		}
		if !errors.Is(err, fs.ErrNotExist) {
			continue
		}
		return name, file, write(v.site.root, at, b)
	}
	return "", "", fmt.Errorf("%s", v.word("upload.names"))
}

// publishable tells what ending a file's content asks for, or why it cannot be published.
func (v *visit) publishable(b []byte, had string) (string, error) {
	m, err := picture.Inspect(bytes.NewReader(b), int64(len(b)))
	if err == nil {
		switch m.Format {
		case picture.SVG:
			return ".svg", nil
		case picture.PNG:
			return ".png", nil
		case picture.GIF:
			return ".gif", nil
		case picture.WebP:
			return ".webp", nil
		}
		return ".jpg", nil
	}
	c, other := attachment.Open(bytes.NewReader(b), int64(len(b)))
	if other == nil && c.Kind != attachment.Text { // a text could be a record, or a page
		return "." + string(c.Kind), nil
	}
	if other == nil && slices.Contains(transcriptEndings, had) { // no name of a record ends so
		return had, nil
	}
	var format picture.FormatError
	if errors.As(err, &format) {
		return "", fmt.Errorf(v.word("upload.format"), cmp.Or(format.Seen, had))
	}
	return "", errors.New(v.word("upload.broken"))
}

// transcriptEndings are those of texts that say what is said in a recording.
var transcriptEndings = []string{".vtt", ".srt", ".txt"}

// foldered moves NAME.md into a folder NAME/index.md, with its wordings in other languages,
// so that files can lie beside it. A record that has a folder stays.
func (v *visit) foldered(file string) (string, error) {
	all := wordings(file)
	folder := strings.TrimSuffix(all[0].file, ".md")
	if base := path.Base(folder); base == "index" || base == "_index" {
		return file, nil
	}
	if err := v.site.root.MkdirAll(folder, 0o755); err != nil {
		return "", err
	}
	moved := file
	for i, to := range wordings(folder + "/index.md") {
		err := v.site.root.Rename(all[i].file, to.file)
		switch {
		case errors.Is(err, fs.ErrNotExist) && all[i].file != file:
		case err != nil:
			return "", err
		case all[i].file == file:
			moved = to.file
		}
	}
	return moved, nil
}

// plainName is a file name that every system, every web server and every person can read
// out: letters and digits of any script, joined by hyphens.
func plainName(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
	name = strings.Join(words, "-")
	for len(name) > 60 {
		name = name[:len(name)-1]
		for len(name) > 0 && name[len(name)-1]&0xc0 == 0x80 {
			name = name[:len(name)-1]
		}
		name = strings.ToValidUTF8(name, "")
	}
	if bad, _ := content.BadFileName(name); name == "" || bad != "" {
		return "picture"
	}
	return name
}

// pictures lists the pictures that lie beside a record.
func (v *visit) pictures(view *editView) {
	if last := path.Base(view.Path); !strings.HasPrefix(last, "index") && !strings.HasPrefix(last, "_index") {
		return
	}
	list, err := fs.ReadDir(v.site.root.FS(), path.Dir(view.Path))
	if err != nil {
		return
	}
	for _, e := range list {
		if e.Type().IsRegular() && slices.Contains(pictureEndings, strings.ToLower(path.Ext(e.Name()))) {
			view.Pictures = append(view.Pictures, pictureView{e.Name(), "/_studio/file/" + wayTo(path.Join(path.Dir(view.Path), e.Name()))})
		}
	}
}

var pictureEndings = []string{".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg"}

// trash takes a record out of the site, with what lies in its folder.
func (v *visit) trash(file string) {
	v.site.saving.Lock()
	defer v.site.saving.Unlock()
	target := file
	switch path.Base(file) {
	case "index.md":
		target = path.Dir(file)
	case "_index.md": // a book or a venue with parts: they go first
		list, err := fs.ReadDir(v.site.root.FS(), path.Dir(file))
		if err == nil && slices.ContainsFunc(list, func(e fs.DirEntry) bool {
			return e.Name() != "_index.md" && strings.HasSuffix(e.Name(), ".md") || e.IsDir()
		}) {
			v.message(http.StatusConflict, v.word("trash.parts"), v.word("trash.parts.text"))
			return
		}
		target = path.Dir(file)
	}
	e, o := v.entry(file)
	if i := slices.IndexFunc(o.Plaques, func(p live.PlaqueEntry) bool { return p.Path == file }); i >= 0 {
		v.message(http.StatusConflict, v.word("trash.code"), v.word("trash.code.text")+o.Plaques[i].Code)
		return
	}
	if err := v.discard(target, cmp.Or(e.Name, path.Base(target))); err != nil {
		v.message(http.StatusInternalServerError, v.word("unwritten"), diag.TroubleOf(err).What.In(v.o.Lang))
		return
	}
	v.site.pages.Refresh()
	v.to("/_studio/list/"+string(content.KindOf(file))+"/", "trashed")
}

// discard takes a file or a folder out of the site. Its last version stays in the history,
// from which the trash brings it back; where the history is not the desk's to write, it is
// moved beside content.
func (v *visit) discard(name, title string) error {
	v.site.versions.keep(v.word("kept.saved")+" "+title, name)
	if v.site.versions.settle() == nil && v.site.versions.kept() {
		if err := v.site.root.RemoveAll(name); err != nil {
			return err
		}
		v.site.versions.keep(v.word("kept.trashed")+" "+title, name)
		return nil
	}
	stamp := v.o.Today().String()
	for n := 1; ; n++ {
		to := path.Join(trashFolder, stamp, strings.TrimPrefix(name, content.Root+"/"))
		if n > 1 {
			to += "-" + strconv.Itoa(n)
		}
		if _, err := v.site.root.Lstat(to); err == nil {
			continue
		}
		if err := v.site.root.MkdirAll(path.Dir(to), 0o755); err != nil {
			return err
		}
		return v.site.root.Rename(name, to)
	}
}

// trashFolder is where records go whose versions somebody else keeps: beside content, in no
// output.
const trashFolder = ".trash"
