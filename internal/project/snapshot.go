package project

import (
	"encoding/binary"
	"io/fs"
	"strings"
	"time"

	"mingdeng/internal/content"
	"mingdeng/internal/fingerprint"
)

// Snapshot is what a project is made from, taken from sizes and times of change without
// opening a file. It holds hashes and no path: the state of a build must not name people
// who are withheld.
type Snapshot struct {
	Content fingerprint.Fingerprint // all files of the content
	Others  fingerprint.Fingerprint // the same, but of records their paths alone
	Themes  fingerprint.Fingerprint // all files of the site's own themes
	Options fingerprint.Fingerprint // what else a build depends on, the program among it

	newest       time.Time // time of change of the file that changed last
	newestOthers time.Time // the same, of all that are no records
	taken        time.Time
}

// Look takes a snapshot of a site. texts is the site's folder.
func Look(texts fs.FS, tree *content.Tree, o Options) Snapshot {
	s := Snapshot{taken: time.Now()}
	later := func(a *time.Time, b time.Time) {
		if b.After(*a) {
			*a = b
		}
	}
	var all, others, themes, options fingerprint.Hasher
	state := func(h *fingerprint.Hasher, size int64, changed time.Time) {
		var buf [2 * binary.MaxVarintLen64]byte
		h.Bytes(binary.AppendVarint(binary.AppendVarint(buf[:0], size), changed.UnixNano()))
	}
	for _, f := range tree.Files {
		all.String(f.Path)
		others.String(f.Path)
		state(&all, f.Size, f.ModTime)
		later(&s.newest, f.ModTime)
		if !IsRecord(f.Path) {
			state(&others, f.Size, f.ModTime)
			later(&s.newestOthers, f.ModTime)
		}
	}
	_ = fs.WalkDir(texts, "themes", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return nil // a folder that cannot be read is as good as none
		}
		if info, err := fs.Stat(texts, p); err == nil {
			themes.String(p)
			state(&themes, info.Size(), info.ModTime())
			later(&s.newest, info.ModTime())
			later(&s.newestOthers, info.ModTime())
		}
		return nil
	})
	options.Fingerprint(o.Program)
	for _, t := range []string{o.BaseURL, o.Today.String(), o.Since.String()} {
		options.String(t)
	}
	options.Value(o.Drafts)
	options.Value(o.StartAt)
	s.Content, s.Others, s.Themes, s.Options = all.Sum(), others.Sum(), themes.Sum(), options.Sum()
	return s
}

// IsRecord tells whether a file of the content is a record's, by its name.
func IsRecord(path string) bool { return strings.HasSuffix(path, ".md") }

// All is the fingerprint of everything that a build depends on. It is zero, which never
// matches, while a file is too fresh to trust its time.
func (s Snapshot) All() fingerprint.Fingerprint {
	if !content.Settled(s.newest, s.taken) {
		return fingerprint.Fingerprint{}
	}
	return fingerprint.Sum(s.Content[:], s.Themes[:], s.Options[:])
}

// ButRecords is All without what records say: with the paths of records, but not their
// sizes and times.
func (s Snapshot) ButRecords() fingerprint.Fingerprint {
	if !content.Settled(s.newestOthers, s.taken) {
		return fingerprint.Fingerprint{}
	}
	return fingerprint.Sum(s.Others[:], s.Themes[:], s.Options[:])
}

// SameFiles tells whether no file has changed from one snapshot to the other.
func (s Snapshot) SameFiles(t Snapshot) bool { return s.Content == t.Content && s.Themes == t.Themes }

// Short stands for the path of a file where many are kept: 8 bytes of its hash.
func Short(path string) string {
	sum := fingerprint.Sum([]byte(path))
	return string(sum[:8])
}
