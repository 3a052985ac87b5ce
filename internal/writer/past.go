package writer

import (
	"io"

	"mingdeng/internal/fingerprint"
)

// Past is what the last build left in a folder, to look at without taking possession
// of it. It may be used from any goroutine. The zero Past knows nothing.
type Past struct {
	root  store
	state state
	memo  memo
}

// ReadPast reads the state of the folder dir. Where there is none that can be read
// the Past knows nothing. Close it.
func ReadPast(dir string) *Past {
	root, err := openDisk(dir)
	if err != nil {
		return &Past{}
	}
	p := &Past{root: root}
	if s, _ := (&Folder{root: root, patience: newPatience()}).load(stateFile); s != nil {
		p.state = *s
		p.memo.load(s.memo)
	}
	return p
}

// Close gives the folder back.
func (p *Past) Close() error {
	if p.root == nil {
		return nil
	}
	return p.root.Close()
}

// Recall returns what a build remembered under key; see [Folder.Remember].
func (p *Past) Recall(key fingerprint.Fingerprint) ([]byte, bool) {
	r := p.memo.values[key]
	if r == nil {
		return nil, false
	}
	return r.value, true
}

// Bytes returns the file at path if it was made from what print stands for and still
// lies there as it was made.
func (p *Past) Bytes(path string, print fingerprint.Fingerprint) ([]byte, bool) {
	e := p.state.find(path)
	if e == nil || print.IsZero() || e.print != print {
		return nil, false
	}
	f, err := p.root.Open(path)
	if err != nil {
		return nil, false
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, e.size+1))
	if err != nil || int64(len(b)) != e.size || fingerprint.Bytes(b) != e.hash {
		return nil, false
	}
	return b, true
}
