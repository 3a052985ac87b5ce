package writer

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"sync"
	"sync/atomic"
)

// staging makes files in stage/ and keeps the list of units: what goes where.
//
// A folder of the destination is looked at when the first file goes into it. If
// it is there, its files are units of their own and lie in stage/WORKER/, flat: no
// folders need be made and removed again for them. If it is not, the highest
// missing folder is one unit, a tree that grows in stage/t/.
type staging struct {
	f       *Folder
	workers int
	idle    *atomic.Bool          // look for obstacles, and spare the disk
	open    func() (store, error) // stage/, made at the first call

	mu    sync.Mutex
	made  store // what open returned
	dirs  map[string]*place
	units []unit
	trees int
}

// place is a folder of the destination.
type place struct {
	once  sync.Once
	stage string // where in stage/ it is being built; "" if it exists
	err   error
}

func (s *staging) init(f *Folder, workers int, idle *atomic.Bool) {
	s.f, s.workers, s.idle = f, workers, idle
	s.dirs = map[string]*place{}
	s.open = sync.OnceValues(s.make)
}

// make creates stage/ with its parts.
func (s *staging) make() (store, error) {
	if err := s.f.root.Mkdir(stageDir); err != nil {
		return nil, at(stageDir, err)
	}
	root, err := s.f.root.Sub(stageDir)
	if err != nil {
		return nil, at(stageDir, err)
	}
	s.mu.Lock()
	s.made = root
	s.mu.Unlock()
	if err := root.Mkdir("t"); err != nil {
		return nil, at(stageDir, err)
	}
	for i := range s.workers {
		if err := root.Mkdir(strconv.Itoa(i)); err != nil {
			return nil, at(stageDir, err)
		}
	}
	return root, nil
}

func (b *build) closeStage() {
	if b.stage.made != nil {
		b.stage.made.Close()
	}
}

// write stages w's buffer as the file of path and returns its modification time,
// which a rename keeps. Errors are machine errors and obstacles.
func (s *staging) write(w *worker, p string) (mtime int64, err error) {
	at := s.place(w, path.Dir(p))
	if at.err != nil || s.idle.Load() {
		return 0, at.err
	}
	name := at.stage + "/" + path.Base(p)
	if at.stage == "" {
		name = strconv.Itoa(w.id) + "/" + strconv.Itoa(w.next)
		w.next++
	}
	var info fs.FileInfo
	root, rest, err := s.near(w, name)
	if err == nil {
		info, err = root.Create(rest, w.buf.Bytes())
	}
	if err != nil {
		return 0, machine("write", p, err)
	}
	if at.stage == "" {
		s.mu.Lock()
		s.units = append(s.units, unit{p, name})
		s.mu.Unlock()
	}
	return info.ModTime().UnixNano(), nil
}

// place finds out about the folder dir of the destination, and makes its like in
// stage/ if it does not exist.
func (s *staging) place(w *worker, dir string) *place {
	s.mu.Lock()
	p := s.dirs[dir]
	if p == nil {
		p = &place{}
		s.dirs[dir] = p
	}
	s.mu.Unlock()
	p.once.Do(func() { p.stage, p.err = s.find(w, dir) })
	return p
}

func (s *staging) find(w *worker, dir string) (stage string, err error) {
	if dir == "." {
		return "", s.usable(dir)
	}
	parent := s.place(w, path.Dir(dir))
	switch {
	case parent.err != nil:
		return "", parent.err
	case parent.stage != "":
		stage = parent.stage + "/" + path.Base(dir)
		return stage, s.mkdir(w, stage, dir)
	}
	info, err := s.f.root.Lstat(dir)
	switch {
	case missing(err):
	case err != nil:
		return "", machine("look", dir, err)
	case info.IsDir():
		return "", s.usable(dir)
	default:
		// A file that is no Output (or the list of Outputs could not stand), but
		// was one, will make way.
		e, same := s.f.state.find(dir), false
		if e != nil {
			if same, err = ours(s.f.root, e, new(bytes.Buffer)); err != nil {
				return "", machine("read", dir, err)
			}
		}
		if !same {
			return "", obstacle(dir, info)
		}
	}
	s.mu.Lock()
	stage = fmt.Sprintf("t/%d", s.trees)
	s.trees++
	s.units = append(s.units, unit{dir, stage})
	s.mu.Unlock()
	return stage, s.mkdir(w, stage, dir)
}

// mkdir makes the folder name of stage/, which is to be dir.
func (s *staging) mkdir(w *worker, name, dir string) error {
	if s.idle.Load() {
		return nil // nor will write make a file in it
	}
	root, rest, err := s.near(w, name+"/file") // the folder that write will ask for
	if err == nil {
		err = root.Mkdir(path.Dir(rest))
	}
	return machine("stage", dir, err)
}

// near opens a folder of stage/ not far above name and keeps it open for w's next.
func (s *staging) near(w *worker, name string) (root store, rest string, err error) {
	if w.staging.root, err = s.open(); err != nil {
		return nil, "", err
	}
	if root, rest = w.staging.near(name); root == nil {
		err = fs.ErrNotExist // somebody takes stage/ away
	}
	return root, rest, err
}

// usable fails where the commit could not put files in dir.
func (s *staging) usable(dir string) error {
	return machine("write", dir, writable(s.f.root, dir))
}
