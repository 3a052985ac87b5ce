package history

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/go-git/go-billy/v5/osfs"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/cache"
	"github.com/go-git/go-git/v5/plumbing/format/idxfile"
	"github.com/go-git/go-git/v5/plumbing/format/packfile"
	"github.com/go-git/go-git/v5/storage/filesystem"
	"github.com/gofrs/flock"

	"mingdeng/internal/diag"
	"mingdeng/internal/rescue"
)

// The bounds of packing. A pack's objects are in memory at once while their differences are
// sought.
const (
	packFrom   = 1000     // so many loose objects are worth packing
	packBytes  = 64 << 20 // of objects in one pack
	packObject = 1 << 20  // larger ones, pictures, stay as they are: nothing is gained
	packWindow = 4
)

// packing excludes packing from purging, and one from another.
func (h *History) packing(ctx context.Context, s *session) (release func(), err error) {
	held := flock.New(filepath.Join(s.gitPath, own, "packing"), flock.SetPermissions(0o666))
	if info, err := s.git.Lstat(own + "/packing"); err == nil && !info.Mode().IsRegular() {
		return nil, unfit("这里的 .git 不像版本库", ".git does not look like a repository here", nil)
	}
	wait, cancel := context.WithTimeout(ctx, h.busy)
	defer cancel()
	if ok, err := held.TryLockContext(wait, 20*time.Millisecond); !ok {
		held.Close()
		return nil, &Refusal{
			Reason: Busy, Err: err,
			What: diag.Text{Zh: "版本正在整理", En: "versions are just being packed"},
			Mend: diag.Text{Zh: "稍等一会儿，再做一次。", En: "Wait a little and do it again."},
		}
	}
	return func() { held.Close() }, nil
}

// Tidy packs loose objects where there are many, so that the folder does not grow by whole
// trees with every save. It may take seconds, and be interrupted at any time; saves go on
// meanwhile. A caller asks for it when it is idle.
func (h *History) Tidy(ctx context.Context) error { return h.tidy(ctx, packFrom) }

func (h *History) tidy(ctx context.Context, from int) error {
	s, err := h.begin()
	if err != nil {
		return err
	}
	defer s.close()
	if s.mode != Own || s.git.MkdirAll(own, 0o777) != nil {
		return nil
	}
	var names []plumbing.Hash
	err = s.loose(func(_ string, id plumbing.Hash) error {
		if !id.IsZero() {
			names = append(names, id)
		}
		return nil
	})
	if err != nil || len(names) < from {
		return err
	}
	release, err := h.packing(ctx, s)
	if err != nil {
		return err
	}
	defer release()
	s.sweep("pack-", 0) // of a process that was killed: the lock of packing is held
	var group []plumbing.Hash
	var size int64
	for _, id := range names {
		if err := ctx.Err(); err != nil {
			return err
		}
		info, err := s.git.Lstat(looseName(id))
		if err != nil || info.Size() > packObject {
			continue
		}
		_, b, err := readLoose(s.git, looseName(id))
		if err != nil {
			return damaged(err)
		}
		if len(b) > packObject {
			continue
		}
		group = append(group, id)
		if size += int64(len(b)); size > packBytes {
			if err := h.pack(s, group); err != nil {
				return err
			}
			group, size = nil, 0
		}
	}
	if len(group) < from/2 { // the rest waits for more
		return nil
	}
	return h.pack(s, group)
}

// pack puts objects into a pack, which is read back before the loose ones go.
func (h *History) pack(s *session, ids []plumbing.Hash) error {
	tmp := own + "/pack-" + rand.Text()
	f, err := s.git.OpenFile(tmp, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o666)
	if err != nil {
		return err
	}
	defer s.git.Remove(tmp)
	var sum plumbing.Hash
	var idx bytes.Buffer
	err = rescue.Do(func() error {
		var err error
		from := filesystem.NewStorage(osfs.New(s.gitPath, osfs.WithBoundOS()), cache.NewObjectLRU(2*packBytes))
		if sum, err = packfile.NewEncoder(f, from, false).Encode(ids, packWindow); err != nil {
			return err
		}
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return err
		}
		w := &idxfile.Writer{}
		parser, err := packfile.NewParser(packfile.NewScanner(f), w)
		if err != nil {
			return err
		}
		if _, err := parser.Parse(); err != nil {
			return err
		}
		index, err := w.Index()
		if err != nil {
			return err
		}
		for _, id := range ids {
			if ok, err := index.Contains(id); !ok {
				return errors.Join(err, fmt.Errorf("%s is not in its pack", id))
			}
		}
		_, err = idxfile.NewEncoder(&idx).Encode(index)
		return err
	})
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	name := "objects/pack/pack-" + sum.String()
	if err := s.git.MkdirAll("objects/pack", 0o777); err != nil {
		return err
	}
	if err := s.git.Rename(tmp, name+".pack"); err != nil {
		return err
	}
	h.step("packed")
	if err := s.place(name+".idx", idx.Bytes()); err != nil {
		return err
	}
	h.step("indexed")
	s.forget()
	for _, id := range ids {
		if err := s.git.Remove(looseName(id)); err != nil {
			return err
		}
	}
	return nil
}
