package importer

import (
	"errors"
	"fmt"
	"os"
	"path"
)

// Write creates the new files of the plan below root. None is overwritten: where
// one has come to be there since the plan was made, or a write fails, what this
// call wrote is taken away again and the error returned. A record's pictures are
// written before it.
func (p *Plan) Write(root *os.Root) (err error) {
	var made []string
	defer func() {
		if err != nil {
			for i := len(made) - 1; i >= 0; i-- {
				err = errors.Join(err, root.Remove(made[i]))
			}
		}
	}()
	for _, s := range p.Sources {
		for i := len(s.Files) - 1; i >= 0; i-- {
			f := s.Files[i]
			if f.State != New {
				continue
			}
			if err := root.MkdirAll(path.Dir(f.Path), 0o755); err != nil {
				return fmt.Errorf("%s: %w", f.Path, err)
			}
			w, err := root.OpenFile(f.Path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
			if err != nil {
				return err
			}
			made = append(made, f.Path)
			_, err = w.Write(f.Data)
			if err := errors.Join(err, w.Close()); err != nil {
				return err
			}
		}
	}
	return nil
}
