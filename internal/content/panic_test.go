package content

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"mingdeng/internal/diag"
)

// trap panics when one file is opened.
type trap struct {
	fs.FS
	file string
}

func (f trap) Open(name string) (fs.File, error) {
	if name == f.file {
		panic("out of the trap")
	}
	return f.FS.Open(name)
}

// A panic over one record is told at that record; the others are read.
func TestPanicIsTold(t *testing.T) {
	site := fstest.MapFS{
		"content/site.yaml":   {Data: []byte("名称: 小站\n网址: https://host.example/\n")},
		"content/pages/a.md":  {Data: []byte("---\n标题: 一\n---\n")},
		"content/pages/b.md":  {Data: []byte("---\n标题: 二\n---\n")},
		"content/heroes/c.md": {Data: []byte("---\n姓名: 单青\n地区: 河东省\n授权: {公开: true}\n---\n")},
	}
	tree, _ := Scan(site)
	c, found := Load(trap{site, "content/pages/b.md"}, tree)
	if len(c.Pages) != 1 || len(c.Heroes) != 1 {
		t.Errorf("%d pages, %d heroes", len(c.Pages), len(c.Heroes))
	}
	if len(found) != 1 || found[0].Code.ID != diag.Internal.ID || found[0].Path != "content/pages/b.md" {
		t.Errorf("told as %v", found)
	}
}
