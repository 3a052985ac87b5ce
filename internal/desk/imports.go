package desk

import (
	"cmp"
	"path"
	"slices"
	"sync"

	"mingdeng/internal/diag"
)

// imports are the imports of a workspace.
type imports struct {
	mu      sync.Mutex
	shelter *shelter
	jobs    []*importing // the oldest first
}

// maxJobs is how many imports are kept: the last ones, for their plan or to be undone.
const maxJobs = 4

// begin makes a new import.
func (i *imports) begin(lang diag.Lang) (*importing, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.shelter == nil {
		s, err := newShelter()
		if err != nil {
			return nil, err
		}
		i.shelter = s
	}
	id := random()[:16]
	j := &importing{id: id, lang: lang, phase: taking, books: map[string]string{}}
	j.in = &intake{root: i.shelter.root, dir: id + "/in", taken: map[string]bool{}}
	j.kept = &spill{root: i.shelter.root, dir: id + "/out"}
	i.jobs = append(i.jobs, j)
	for len(i.jobs) > maxJobs {
		i.jobs[0].clear()
		i.jobs = i.jobs[1:]
	}
	return j, nil
}

// find is the import of an id, or nil.
func (i *imports) find(id string) *importing {
	i.mu.Lock()
	defer i.mu.Unlock()
	for _, j := range i.jobs {
		if same(j.id, id) {
			return j
		}
	}
	return nil
}

// all lists the imports, the last one first.
func (i *imports) all() []*importing {
	i.mu.Lock()
	defer i.mu.Unlock()
	list := slices.Clone(i.jobs)
	slices.Reverse(list)
	return list
}

// drop lets an import go with its files.
func (i *imports) drop(j *importing) {
	j.clear()
	i.mu.Lock()
	defer i.mu.Unlock()
	i.jobs = slices.DeleteFunc(i.jobs, func(x *importing) bool { return x == j })
}

func (i *imports) close() error {
	i.mu.Lock()
	defer i.mu.Unlock()
	for _, j := range i.jobs {
		j.clear()
	}
	i.jobs = nil
	if i.shelter == nil {
		return nil
	}
	err := i.shelter.close()
	i.shelter = nil
	return err
}

// clear ends what a job is at and removes its files.
func (j *importing) clear() {
	j.mu.Lock()
	stop := j.stop
	j.mu.Unlock()
	if stop != nil {
		stop()
	}
	j.idle.Wait()
	_ = j.in.root.RemoveAll(cmp.Or(path.Dir(j.in.dir), j.id)) // what stays goes with the shelter
}

// reset forgets a plan, so that the same files can be planned anew.
func (j *importing) reset() {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.phase != planned && j.phase != failed {
		return
	}
	j.phase = failed // nothing is planned of it
	j.show, j.refused, j.sources, j.rows, j.books, j.planner = "", nil, nil, nil, map[string]string{}, nil
	_ = j.kept.root.RemoveAll(j.kept.dir)
	j.kept.n = 0
}

// empty removes the files of an import that was written: nothing of them is asked again.
func (j *importing) empty() {
	_ = j.in.root.RemoveAll(j.id) // what stays goes with the shelter
	j.rows, j.sources, j.books, j.planner, j.refused = nil, nil, nil, nil, nil
}
