package history

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"

	"mingdeng/internal/diag"
)

// parseIndex reads an index that is neither split nor sparse nor in the midst of a merge.
func parseIndex(b []byte) (*indexFile, error) {
	idx, err := decodeIndex(b)
	if err != nil {
		return nil, unfit("读不懂 .git/index（坏了，或是这里不支持的一种）", ".git/index makes no sense (damaged, or of a kind that is not supported here)", err)
	}
	for _, e := range idx.entries {
		if e.stage() != 0 {
			return nil, &Refusal{
				Reason: Midway, Paths: []string{e.name},
				What: diag.Text{Zh: "别的 git 程序里有没有解决的冲突：" + e.name, En: "a conflict in another git program is not resolved: " + e.name},
				Mend: diag.Text{Zh: "文件照样可以保存。请在那个程序里解决，版本再从那时记起。", En: "Files can be saved all the same. Resolve it there; versions go on from then."},
			}
		}
	}
	return idx, nil
}

// Outside lists the files of the site (content, themes, .gitignore, .gitattributes) that are
// not as the last version has them: changed, new or removed in another program, in order.
// Files are looked at by size and time, as git does, and read only where these differ. In a
// site without versions there is nothing to list.
func (h *History) Outside(ctx context.Context) ([]string, error) {
	s, err := h.begin()
	if err != nil || s.mode == None {
		if s != nil {
			s.close()
		}
		return nil, err
	}
	defer s.close()
	_, at, err := s.head()
	if err != nil || at.IsZero() || s.mode == Larger {
		return nil, err
	}
	last, err := s.commit(s.git, at)
	if err != nil {
		return nil, err
	}
	idx, err := s.readIndex()
	if err != nil {
		return nil, err
	}
	stat, err := s.git.Stat("index")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	known := make(map[string]staged, len(idx.entries))
	for _, e := range idx.entries {
		known[e.name] = e
	}
	kept := map[string]entry{} // of the version, until it is found on disk
	for _, p := range belonging {
		e, there, err := s.lookup(s.git, last.root(), p)
		if err != nil {
			return nil, err
		}
		if there && !e.isTree() {
			kept[p] = e
		} else if there {
			err := s.files(s.git, e.hash, p+"/", func(p string, e entry) error {
				// A name that no system would let us have on disk is not missed there.
				if e.mode != modeSub && goodPath(p) && !passing(path.Base(p)) {
					kept[p] = e
				}
				return nil
			})
			if err != nil {
				return nil, err
			}
		}
	}
	var out []string
	look := func(f found) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		was, there := kept[f.path]
		delete(kept, f.path)
		if !there {
			out = append(out, f.path)
			return nil
		}
		var hash plumbing.Hash
		e, indexed := known[f.path]
		if indexed && e.modified().Equal(f.info.ModTime()) && e.size() == uint32(f.info.Size()) &&
			e.modified().Before(stat.ModTime()) { // else it may have changed after the index was written
			hash = e.hash()
		} else if hash, err = s.hashOnDisk(f); err != nil {
			return err
		}
		if isLink := f.info.Mode().Type() == fs.ModeSymlink; hash != was.hash || isLink != (was.mode == modeLink) {
			out = append(out, f.path)
		}
		return nil
	}
	w := newWalker(s)
	for _, p := range belonging {
		if err := w.walk(p, look); err != nil {
			return nil, err
		}
	}
	for p := range kept {
		info, err := s.site.Lstat(p)
		if err == nil && !info.IsDir() { // tracked, though .gitignore names it
			if err := look(found{p, info}); err != nil {
				return nil, err
			}
			continue
		}
		out = append(out, p)
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

func (s *session) hashOnDisk(f found) (plumbing.Hash, error) {
	if f.info.Mode().Type() == fs.ModeSymlink {
		to, err := s.site.Readlink(f.path)
		return hashOf(plumbing.BlobObject, []byte(to)), err
	}
	file, err := s.site.Open(f.path)
	if err != nil {
		return plumbing.ZeroHash, err
	}
	defer file.Close()
	hash, err := hashFile(file, f.info.Size())
	if errors.Is(err, errMoved) {
		return plumbing.ZeroHash, nil // it is changing: it differs
	}
	return hash, err
}

// sibling is the other place of the same record: NAME.md and NAME/index.md, in any edition.
func sibling(p string) string {
	dir, base := path.Split(p)
	rest, ok := strings.CutSuffix(base, ".md")
	if !ok {
		return ""
	}
	name, edition, _ := strings.Cut(rest, ".")
	if edition != "" {
		edition = "." + edition
	}
	if name == "index" {
		if dir == "" {
			return ""
		}
		return strings.TrimSuffix(dir, "/") + edition + ".md"
	}
	return dir + name + "/index" + edition + ".md"
}
