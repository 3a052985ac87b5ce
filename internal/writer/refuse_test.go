package writer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"pgregory.net/rapid"

	"mingdeng/internal/fingerprint"
)

// system is how an operating system refuses. A hold on a path has a kind, whose meaning
// differs between systems.
type system struct {
	name    string
	kinds   []string
	refuses func(kind, held, op, from, to string) error
	passing func(error) time.Duration
}

func inFolder(dir, p string) bool { return dir == "." || strings.HasPrefix(p, dir+"/") }

// touches tells whether an operation changes what lies at p.
func touches(op, from, to, p string) bool {
	return slices.Contains([]string{"create", "overwrite", "mkdir", "remove", "rename"}, op) && (from == p || to == p)
}

func full(op string) error {
	if op == "create" || op == "overwrite" || op == "mkdir" {
		return syscall.ENOSPC
	}
	return nil
}

// systems are those of the disks that sites lie on. Numbers of Windows' errors are given as
// they are: other systems have other names for them.
var systems = []system{
	{"posix", []string{"open", "immutable", "no permission", "unreadable", "closed", "busy", "full"}, func(kind, held, op, from, to string) error {
		switch {
		case kind == "open": // keeps nobody from anything
		case kind == "immutable" && touches(op, from, to, held):
			return syscall.EPERM
		case kind == "no permission" && slices.Contains([]string{"create", "overwrite", "mkdir", "remove", "rename"}, op) &&
			(path.Dir(from) == held || to != "" && path.Dir(to) == held):
			return syscall.EACCES
		case kind == "closed" && held != "." && held != home && (inFolder(held, from) || to != "" && inFolder(held, to)):
			return syscall.EACCES // not even to be looked into
		case kind == "unreadable" && from == held && op == "open":
			return syscall.EACCES
		case kind == "busy" && touches(op, from, to, held) && (op == "rename" || op == "remove"):
			return syscall.EBUSY
		case kind == "full":
			return full(op)
		}
		return nil
	}, func(error) time.Duration { return 0 }},
	{"windows", []string{"open", "read-only", "exclusive", "full"}, func(kind, held, op, from, to string) error {
		const accessDenied, sharingViolation = syscall.Errno(5), syscall.Errno(32)
		switch {
		case kind == "open" && touches(op, from, to, held):
			return sharingViolation
		case kind == "open" && op == "rename" && inFolder(from, held):
			return accessDenied // a folder in which a file is open
		case kind == "read-only" && touches(op, from, to, held):
			return accessDenied
		case kind == "exclusive" && (from == held && op == "open" || touches(op, from, to, held)):
			return sharingViolation
		case kind == "full":
			return full(op)
		}
		return nil
	}, func(err error) time.Duration {
		if errors.Is(err, syscall.Errno(32)) {
			return longest
		}
		return 0
	}},
}

// stubborn is a folder on a disk that refuses. Its builds remember, keep and inspect as
// those of a site do.
type stubborn struct {
	*rapid.T
	dir     string
	sys     system
	mu      sync.Mutex
	holds   map[string]string // path: kind
	asked   int               // operations that change something, since the last build began
	outage  [2]int            // of these, refused whatever they are
	refused map[string]bool   // paths of what was refused in this build
	kill    int               // the process ends at this operation of the commit; 0: it lives
	waits   int
	coarse  bool
	lets    int                        // waits after which all is let go
	ever    map[string]map[string]bool // contents that each path has had
	log     []string
}

func (s *stubborn) ask(op, from, to string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if from == holderFile {
		return nil
	}
	err := error(nil)
	for held, kind := range s.holds {
		if e := s.sys.refuses(kind, held, op, from, to); e != nil {
			err = e
		}
	}
	if touches(op, from, to, from) {
		s.asked++
		if s.outage[0] <= s.asked && s.asked < s.outage[1] {
			err = syscall.EIO
		}
	}
	if err != nil {
		s.refused[from], s.refused[cmpTo(from, to)] = true, true
	}
	staging := (op == "create" || op == "mkdir") && strings.HasPrefix(from, stageDir) // by other goroutines
	if err == nil && touches(op, from, to, from) && !staging && s.kill > 0 {
		if s.kill--; s.kill == 0 {
			panic(errKilled)
		}
	}
	return err
}

func cmpTo(from, to string) string {
	if to == "" {
		return from
	}
	return to
}

// pages is the content of a site in which the person may be named or not.
type pages struct {
	site  tree
	named bool
}

var stubbornPaths = []string{"index.html", "heroes/li", "heroes/li/index.html", "heroes/wang/index.html", "heroes/index.html", "feed", "feed/all/x"}

func (s *stubborn) drawPages() pages {
	p := pages{tree{}, rapid.Bool().Draw(s.T, "consent")}
	for _, q := range stubbornPaths {
		if !rapid.Bool().Draw(s.T, "has "+q) || strings.Contains(q, "li") && !p.named {
			continue
		}
		fits := true
		for r := range p.site {
			fits = fits && !strings.HasPrefix(q, r+"/") && !strings.HasPrefix(r, q+"/")
		}
		if !fits {
			continue
		}
		c := rapid.SampledFrom([]string{"", "title A", "title B"}).Draw(s.T, "content")
		if p.named && rapid.Bool().Draw(s.T, "names") {
			c += " Li"
		}
		p.site[q] = c
		if s.ever[q] == nil {
			s.ever[q] = map[string]bool{}
		}
		s.ever[q][c] = true
	}
	return p
}

// run builds as package build does: not at all if nothing has changed; else it keeps what
// the last build remembers to be unchanged.
func (s *stubborn) run(f *Folder, p pages) error {
	outs := p.site.outputs()
	inputs := []byte(fmt.Sprint(p.site, p.named))
	if _, same := f.Unchanged(fingerprint.Sum(inputs)); same {
		return nil
	}
	for i := range outs {
		key, now := fingerprint.Sum([]byte("texts"), []byte(outs[i].Path)), []byte(p.site[outs[i].Path])
		was, known := f.Recall(key)
		outs[i].Kept = known && bytes.Equal(was, now)
		f.Remember(key, now)
	}
	rules := fingerprint.Sum([]byte{0})
	if !p.named {
		rules = fingerprint.Sum([]byte{1})
	}
	_, err := f.Build(context.Background(), outs, Options{
		Inputs: fingerprint.Sum(inputs), Workers: rapid.IntRange(1, 2).Draw(s.T, "workers"), Rules: rules,
		Inspect: func(at string, b []byte) error {
			if !p.named && bytes.Contains(b, []byte("Li")) {
				return errors.New("names the person: " + at)
			}
			return nil
		},
	})
	return err
}

// session opens the folder, builds once or more often, and checks what came of it.
func (s *stubborn) session(sites ...pages) (err error) {
	s.mu.Lock()
	s.asked, s.waits, s.refused = 0, 0, map[string]bool{}
	s.mu.Unlock()
	f, err := possess(context.Background(), s.dir, time.Now().Add(time.Minute))
	if err != nil {
		s.Fatal(err)
	}
	f.root = guard{store: f.root, ask: s.ask, coarse: s.coarse}
	f.patience = patience{s.sys.passing, func(time.Duration) {
		if s.waits++; s.waits == s.lets {
			s.mu.Lock()
			clear(s.holds)
			s.mu.Unlock()
		}
	}, longest}
	defer func() {
		if v := recover(); v == errKilled {
			f.lock.Close()
			f.root.Close()
			s.claims(true)
			err = errKilled
			return
		} else if v != nil {
			panic(v)
		}
		f.Close()
	}()
	err = f.begin()
	if err != nil {
		s.told(err)
		return err
	}
	for _, p := range sites {
		before := look(s.T, s.dir).files()
		err = s.run(f, p)
		s.outcome(p, err, before)
	}
	return err
}

// outcome checks that a build came about, or has told what refused.
func (s *stubborn) outcome(p pages, err error, before tree) {
	after := look(s.T, s.dir)
	if err == nil {
		if want := withFolders(p.site); !maps.Equal(after, want) {
			s.Fatalf("built\n%v, want\n%v\nafter %s", after, want, strings.Join(s.log, "; "))
		}
		s.claims(false)
		return
	}
	begun := s.told(err)
	if !begun && !maps.Equal(after.files(), before) {
		s.Fatalf("%v, and\n%v became\n%v\nafter %s", err, before, after, strings.Join(s.log, "; "))
	}
	s.claims(begun)
}

// told checks that err is the machine's, and names what was refused.
func (s *stubborn) told(err error) (begun bool) {
	var machine *MachineError
	if !errors.As(err, &machine) || len(machine.Refused) == 0 {
		s.Fatalf("%v (%T), want a MachineError\nafter %s", err, err, strings.Join(s.log, "; "))
	}
	for _, r := range machine.Refused {
		near := false // the very path, or the folder of it, or staged for it
		for p := range s.refused {
			near = near || p == r.Path || path.Dir(p) == r.Path || r.Path == "" || inFolder(r.Path, p) || inFolder(p, r.Path) || strings.HasPrefix(p, stageDir)
		}
		if !near {
			s.Fatalf("told of %q (%v), where %v was refused\nafter %s", r.Path, err, s.refused, strings.Join(s.log, "; "))
		}
	}
	return machine.Begun
}

// claims checks that every file is whole, and that the state lists what is there. Between
// the beginning of a commit and its end the state is the old one.
func (s *stubborn) claims(within bool) {
	after := look(s.T, s.dir).files()
	for p, c := range after {
		if !s.ever[p][c] {
			s.Fatalf("%s holds %q\nafter %s", p, c, strings.Join(s.log, "; "))
		}
	}
	past := ReadPast(s.dir)
	defer past.Close()
	if within {
		return
	}
	for _, e := range past.state.entries {
		if e.lost() || e.print.IsZero() {
			continue
		}
		if c, there := after[e.path]; !there || fingerprint.Bytes([]byte(c)) != e.hash || fingerprint.Sum([]byte(c)) != e.print {
			s.Fatalf("the state claims of %s what is not so (%q)\nafter %s", e.path, c, strings.Join(s.log, "; "))
		}
	}
}

// withFolders is a site with the folders that its files lie in.
func withFolders(site tree) tree {
	all := maps.Clone(site)
	for p := range site {
		for d := path.Dir(p); d != "."; d = path.Dir(d) {
			all[d+"/"] = ""
		}
	}
	return all
}

// A disk refuses anything at any time, and lets it be later; the process is killed in
// between. Each build makes what a clean one would or tells what refused; once nothing
// does, the next build makes it.
func TestRefusals(t *testing.T) {
	top := memoryDir(t)
	for _, sys := range systems {
		t.Run(sys.name, func(t *testing.T) {
			built, refusals, killed := 0, 0, 0
			rapid.Check(t, func(rt *rapid.T) {
				dir, err := os.MkdirTemp(top, "")
				if err != nil {
					rt.Fatal(err)
				}
				defer os.RemoveAll(dir)
				s := &stubborn{T: rt, dir: dir, sys: sys, holds: map[string]string{}, ever: map[string]map[string]bool{}, coarse: rapid.Bool().Draw(rt, "coarse clock")}
				count := func(err error) {
					switch {
					case err == nil:
						built++
					case err == errKilled:
						killed++
					default:
						refusals++
					}
					s.log = append(s.log, fmt.Sprint(err))
				}
				places := slices.Concat(stubbornPaths, []string{
					".", "heroes", "feed/all", home, commitFile, draftFile, stateFile, stageDir, stageDir + "/0", stageDir + "/0/0", stageDir + "/t/0",
				})
				rt.Repeat(map[string]func(*rapid.T){
					"build": func(*rapid.T) {
						p := s.drawPages()
						s.log = append(s.log, fmt.Sprintf("build %v", p))
						count(s.session(p))
					},
					"build twice": func(*rapid.T) {
						p, q := s.drawPages(), s.drawPages()
						s.log = append(s.log, fmt.Sprintf("build %v, then %v", p, q))
						count(s.session(p, q))
					},
					"kill": func(*rapid.T) {
						p := s.drawPages()
						s.kill = rapid.IntRange(1, 25).Draw(rt, "dies at")
						s.log = append(s.log, fmt.Sprintf("build %v, killed at %d", p, s.kill))
						count(s.session(p))
						s.kill = 0
					},
					"outage": func(*rapid.T) {
						p := s.drawPages()
						from := rapid.IntRange(1, 30).Draw(rt, "from")
						s.outage = [2]int{from, from + rapid.IntRange(1, 10).Draw(rt, "for")}
						s.log = append(s.log, fmt.Sprintf("build %v, outage of %v", p, s.outage))
						count(s.session(p))
						s.outage = [2]int{}
					},
					"passes": func(*rapid.T) {
						p := s.drawPages()
						s.lets = rapid.IntRange(1, 12).Draw(rt, "lets go after")
						s.log = append(s.log, fmt.Sprintf("build %v, let go after %d", p, s.lets))
						count(s.session(p))
						s.lets = 0
					},
					"power loss": func(*rapid.T) { // what was staged and not synced is short
						filepath.WalkDir(filepath.Join(dir, stageDir), func(p string, e os.DirEntry, err error) error {
							if err == nil && !e.IsDir() && rapid.Bool().Draw(rt, "short") {
								os.Truncate(p, 0)
							}
							return nil
						})
						s.log = append(s.log, "power loss")
					},
					"hold": func(*rapid.T) {
						at, kind := rapid.SampledFrom(places).Draw(rt, "what"), rapid.SampledFrom(sys.kinds).Draw(rt, "how")
						s.holds[at] = kind
						s.log = append(s.log, "hold "+at+" "+kind)
					},
					"allow": func(*rapid.T) {
						at := rapid.SampledFrom(places).Draw(rt, "what")
						delete(s.holds, at)
						s.log = append(s.log, "allow "+at)
					},
					"allow all": func(*rapid.T) {
						clear(s.holds)
						p := s.drawPages()
						s.log = append(s.log, fmt.Sprintf("allow all, build %v", p))
						if err := s.session(p); err != nil {
							rt.Fatalf("%v, where nothing is refused\nafter %s", err, strings.Join(s.log, "; "))
						}
						names, _ := filepath.Glob(filepath.Join(dir, home, "*"))
						for i, n := range names {
							names[i] = filepath.Base(n)
						}
						if !slices.Equal(names, []string{"lock", "state"}) {
							rt.Fatalf("%s holds %v\nafter %s", home, names, strings.Join(s.log, "; "))
						}
					},
				})
			})
			t.Logf("%d built, %d refused, %d killed", built, refusals, killed)
			if built == 0 || refusals == 0 || killed == 0 {
				t.Error("the test has seen too little")
			}
		})
	}
}
