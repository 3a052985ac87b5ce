package writer

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"mingdeng/internal/fingerprint"
)

var (
	kills    = flag.Int("kills", 30, "processes to kill in TestKilledProcess, and at most in TestKilledAtEveryStep")
	killSeed = flag.Uint64("killseed", 0, "seed of TestKilledProcess; 0: of the clock")
)

// childEnv makes the test binary a builder: "DIR|EDITION|STEPS|ROUNDS".
const childEnv = "MINGDENG_OUTPUT_CHILD"

func TestMain(m *testing.M) {
	flag.Parse()
	if job := os.Getenv(childEnv); job != "" {
		if err := child(job); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// edition is one state of a site that changes a lot from each to the next:
// pages come and go, and files turn into folders and back.
func edition(n int) tree {
	site := tree{}
	add := func(p string) { site[p] = p + " in edition " + strconv.Itoa(n) + strings.Repeat(".", 5000) + "end" }
	for i := range 60 {
		if i%3 != n%3 {
			add(fmt.Sprintf("heroes/p%02d/index.html", i))
		}
		add(fmt.Sprintf("briefs/%02d.html", i))
	}
	add(fmt.Sprintf("by-edition/%d/a/b", n%4))
	if n%2 == 0 {
		add("turns/file")
		add("turns/x/y")
	} else {
		add("turns")
	}
	return site
}

// child builds edition after edition, and kills itself after a number of steps.
func child(job string) error {
	parts := strings.Split(job, "|")
	var n [3]int
	for i := range n {
		n[i], _ = strconv.Atoi(parts[i+1])
	}
	first, steps, rounds := n[0], int64(n[1]), n[2]
	var done atomic.Int64
	for e := first; e < first+rounds; e++ {
		f, err := possess(context.Background(), parts[0], time.Now().Add(time.Minute))
		if err != nil {
			return err
		}
		guarded(f, stepwise(func(string, string) error {
			if steps > 0 && done.Add(1) == steps {
				self, _ := os.FindProcess(os.Getpid())
				self.Kill()
				select {}
			}
			return nil
		}))
		if err := f.begin(); err != nil {
			return err
		}
		if _, err := f.Build(context.Background(), edition(e).outputs(), Options{Inputs: fingerprint.Sum([]byte{byte(e)})}); err != nil {
			return err
		}
		if err := f.Close(); err != nil {
			return err
		}
	}
	return nil
}

func start(t *testing.T, dir string, first, steps, rounds int) (*exec.Cmd, *bytes.Buffer) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%s|%d|%d|%d", childEnv, dir, first, steps, rounds))
	var out bytes.Buffer
	cmd.Stderr = &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, &out
}

// whole checks that every file is one of the editions from..to in full, or foreign.
func whole(t *testing.T, dir string, from, to int, foreign tree) {
	t.Helper()
	editions := map[int]tree{}
	for e := from; e <= to; e++ {
		editions[e] = edition(e)
	}
	for p, c := range look(t, dir).files() {
		if want, ok := foreign[p]; ok {
			if c != want {
				t.Fatalf("foreign %s holds %q", p, c)
			}
			continue
		}
		ok := false
		for _, site := range editions {
			ok = ok || site[p] == c && c != ""
		}
		if !ok {
			t.Fatalf("%s is of none of the editions %d to %d: %d bytes, %.60q", p, from, to, len(c), c)
		}
	}
}

var guests = tree{".gitkeep": "", "mine.txt": "mine", "heroes/mine.txt": "mine", "by-edition/0/mine": "mine"}

// mended builds edition e over what a kill left and wants exactly that.
func mended(t *testing.T, dir string, e int) {
	t.Helper()
	mustBuild(t, dir, edition(e))
	want := edition(e)
	for p, c := range guests {
		want[p] = c
	}
	wantTree(t, dir, want)
}

// A process is killed from outside at any moment, many times over.
func TestKilledProcess(t *testing.T) {
	dir := memoryDir(t)
	lay(t, dir, guests)
	mended(t, dir, 0)
	begin := time.Now()
	cmd, out := start(t, dir, 1, 0, 3)
	if err := cmd.Wait(); err != nil {
		t.Fatal(err, out)
	}
	span := time.Since(begin) // of three builds, and of the process
	mended(t, dir, 0)

	seed := *killSeed
	if seed == 0 {
		seed = uint64(time.Now().UnixNano())
	}
	t.Logf("-killseed=%d", seed)
	rnd := rand.New(rand.NewPCG(seed, 0))
	interrupted, resumed := 0, 0
	now := 0                // the edition that lies there
	for range 10 * *kills { // some end before they are killed
		if interrupted == *kills {
			break
		}
		cmd, out := start(t, dir, now+1, 0, 3)
		time.Sleep(time.Duration(rnd.Int64N(int64(span))))
		cmd.Process.Kill()
		if cmd.Wait() != nil {
			interrupted++
		}
		if out.Len() > 0 {
			t.Fatal(out)
		}
		if _, err := os.Lstat(filepath.Join(dir, commitFile)); err == nil {
			resumed++
		}
		whole(t, dir, now, now+3, guests)
		now += 1 + rnd.IntN(3)
		mended(t, dir, now)
	}
	t.Logf("killed %d times, %d of them within the commit", interrupted, resumed)
	if interrupted == 0 {
		t.Error("no process was killed: the test has seen nothing")
	}
}

// A process kills itself at a step: each step of the commit is met.
func TestKilledAtEveryStep(t *testing.T) {
	dir := memoryDir(t)
	lay(t, dir, guests)
	mended(t, dir, 0)
	before, staged := edition(0), 0
	for p, c := range edition(1) {
		if before[p] != c {
			staged++
		}
	}
	gone := 0
	for p := range before {
		if _, stays := edition(1)[p]; !stays {
			gone++
		}
	}
	units := staged // at most: new folders take several files at once
	last := staged + 2 + units + gone + 2
	stride := max(1, last / *kills)
	if testing.Short() {
		stride = max(stride, last/10)
	}
	commits := 0
	for steps := 1; steps <= last+stride; steps += stride {
		cmd, out := start(t, dir, 1, steps, 1)
		err := cmd.Wait()
		if out.Len() > 0 {
			t.Fatal(out)
		}
		if _, begun := os.Lstat(filepath.Join(dir, commitFile)); begun == nil {
			commits++
		} else if err != nil && steps <= staged+2 {
			// Killed before the commit: exactly as it was.
			want := edition(0)
			for p, c := range guests {
				want[p] = c
			}
			wantTree(t, dir, want)
		}
		whole(t, dir, 0, 1, guests)
		mended(t, dir, 1)
		mended(t, dir, 0)
	}
	if commits == 0 {
		t.Error("no kill fell within the commit: the test has seen nothing")
	}
}

// Two processes build into one folder at once; neither harms the other.
func TestTwoAtOnce(t *testing.T) {
	dir := memoryDir(t)
	f := open(t, dir)
	began := time.Now()
	_, err := Open(t.Context(), dir, 120*time.Millisecond)
	var busy *BusyError
	if !errors.As(err, &busy) || busy.PID != os.Getpid() || time.Since(began) < 100*time.Millisecond {
		t.Errorf("%v after %v", err, time.Since(began))
	}
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Millisecond)
	defer cancel()
	if _, err := Open(ctx, dir, time.Hour); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
	go func() {
		time.Sleep(80 * time.Millisecond)
		f.Close()
	}()
	g, err := Open(t.Context(), dir, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	g.Close()

	held := open(t, dir) // the other process must wait for us to begin with
	cmd, out := start(t, dir, 1, 0, 8)
	time.Sleep(100 * time.Millisecond)
	if got := look(t, dir); len(got) > 0 {
		t.Errorf("built while it was not theirs: %v", got)
	}
	held.Close()
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	refused, built := 0, 0
	for running := true; running; {
		select {
		case err := <-ended:
			if running = false; err != nil {
				t.Fatal(err, out)
			}
		default:
		}
		f, err := Open(t.Context(), dir, 0)
		if errors.As(err, &busy) {
			refused++
			time.Sleep(5 * time.Millisecond)
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		built++
		whole(t, dir, 0, 50, nil)
		if _, err := f.Build(t.Context(), edition(built%50).outputs(), Options{}); err != nil {
			t.Fatal(err)
		}
		wantTree(t, dir, edition(built%50))
		f.Close()
		time.Sleep(70 * time.Millisecond) // the other asks every 50 ms
	}
	t.Logf("the folder was had %d times and refused %d times", built, refused)
}
