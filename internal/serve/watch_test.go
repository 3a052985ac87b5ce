package serve

import (
	"context"
	"encoding/binary"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/fsnotify/fsnotify"
)

// TestRenamedWhileWatched: folders of a site can be renamed while serve runs, and what is
// saved in them afterwards is seen. (Windows refused it while each folder was held open.)
func TestRenamedWhileWatched(t *testing.T) {
	root := t.TempDir()
	book := filepath.Join(root, "content", "anthology", "书")
	if err := os.MkdirAll(book, 0o777); err != nil {
		t.Fatal(err)
	}
	w, err := newWatcher(root)
	if err != nil {
		t.Fatal(err)
	}
	defer w.close()
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	next := w.next
	if runtime.GOOS == "windows" { // servers of shared folders, and Wine, tell of the folder itself alone
		next = func(ctx context.Context) ([]string, bool) {
			return lookToo(ctx, w.next, func() bool { return true }, 100*time.Millisecond)
		}
	}
	for _, to := range []string{"新书", "再改"} {
		to = filepath.Join(root, "content", "anthology", to)
		if err := os.Rename(book, to); err != nil {
			t.Fatal(err)
		}
		book = to
		if _, ok := next(ctx); !ok {
			t.Fatal("the new name is not seen")
		}
	}
	if err := os.WriteFile(filepath.Join(book, "一.md"), []byte("x"), 0o666); err != nil {
		t.Fatal(err)
	}
	for {
		paths, ok := next(ctx)
		if !ok {
			t.Fatal("what is saved in a renamed folder is not seen")
		}
		if paths == nil || slices.Contains(paths, "content/anthology/再改/一.md") {
			break
		}
	}
}

// TestLookToo: what a watcher does not tell is found by looking, and its end is an end.
func TestLookToo(t *testing.T) {
	silent := func(ctx context.Context) ([]string, bool) { <-ctx.Done(); return nil, false }
	looks := 0
	stale := func() bool { looks++; return looks == 3 }
	if paths, ok := lookToo(t.Context(), silent, stale, time.Millisecond); paths != nil || !ok || looks != 3 {
		t.Errorf("%q, %v after %d looks", paths, ok, looks)
	}
	never := func() bool { t.Error("looked"); return false }
	telling := func(context.Context) ([]string, bool) { return []string{"content/a.md"}, true }
	if paths, ok := lookToo(t.Context(), telling, never, time.Hour); len(paths) != 1 || !ok {
		t.Errorf("%q, %v", paths, ok)
	}
	ended := func(context.Context) ([]string, bool) { return nil, false }
	if _, ok := lookToo(t.Context(), ended, never, time.Hour); ok {
		t.Error("goes on after the watcher has ended")
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, ok := lookToo(ctx, silent, never, time.Hour); ok {
		t.Error("goes on after all has ended")
	}
}

// information is one FILE_NOTIFY_INFORMATION.
func information(action uint32, name string, last bool) []byte {
	units := utf16.Encode([]rune(name))
	b := binary.LittleEndian.AppendUint32(nil, 0)
	b = binary.LittleEndian.AppendUint32(b, action)
	b = binary.LittleEndian.AppendUint32(b, uint32(2*len(units)))
	for _, u := range units {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	for len(b)%4 != 0 {
		b = append(b, 0xaa)
	}
	if !last {
		binary.LittleEndian.PutUint32(b, uint32(len(b)))
	}
	return b
}

func TestChanges(t *testing.T) {
	in := func(name string) string { return filepath.Join("root", name) }
	got := changes("root", slices.Concat(
		information(4, "张三.md", false), information(5, "李四.md", false), information(3, "a𬀩.md", false),
		information(9, "unknown", false), information(1, "n", false), information(2, "alt", true), information(1, "behind the last", true)))
	want := []fsnotify.Event{
		{Name: in("张三.md"), Op: fsnotify.Rename}, {Name: in("李四.md"), Op: fsnotify.Create}, {Name: in("a𬀩.md"), Op: fsnotify.Write},
		{Name: in("n"), Op: fsnotify.Create}, {Name: in("alt"), Op: fsnotify.Remove},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%v", got)
	}
}

func FuzzChanges(f *testing.F) {
	f.Add(slices.Concat(information(4, "张三.md", false), information(5, "李四.md", true)))
	f.Fuzz(func(t *testing.T, b []byte) {
		if n := len(changes("", b)); n > len(b)/12 {
			t.Errorf("%d events in %d bytes", n, len(b))
		}
	})
}
