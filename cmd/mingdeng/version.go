package main

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
	"github.com/zeebo/xxh3"

	"mingdeng/internal/fingerprint"
	"mingdeng/themes"
)

// version is set by releases: -ldflags "-X main.version=1.2.3".
var version = "dev"

func (p *program) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: p.say(wordVersion), Args: p.noArgs,
		RunE: func(*cobra.Command, []string) error {
			fmt.Fprintf(p.out, "mingdeng %s%s, %s %s/%s, theme lamplight %s (%s)\n",
				version, commit(), runtime.Version(), runtime.GOOS, runtime.GOARCH, themes.Version("lamplight"), themeVersion("lamplight"))
			return nil
		},
	}
}

// commit is the revision the program was built from, where the build knew it. `go run`
// does not stamp it; then it is that of the source in the working folder, if it is ours.
func commit() string {
	revision, dirty := "", ""
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			switch {
			case s.Key == "vcs.revision":
				revision = s.Value
			case s.Key == "vcs.modified" && s.Value == "true":
				dirty = "+"
			}
		}
	}
	if revision == "" {
		revision = checkedOut(".")
	}
	if len(revision) < 12 {
		return ""
	}
	return " (" + revision[:12] + dirty + ")"
}

// checkedOut is the commit that is checked out in a folder which holds this program's
// source, or "" (gitrepository-layout(5): HEAD, refs, packed-refs).
func checkedOut(dir string) string {
	read := func(name ...string) string {
		b, err := os.ReadFile(filepath.Join(append([]string{dir}, name...)...))
		if err != nil {
			return ""
		}
		return strings.TrimSpace(string(b))
	}
	if !strings.HasPrefix(read("go.mod"), "module mingdeng\n") {
		return ""
	}
	head := read(".git", "HEAD")
	ref, symbolic := strings.CutPrefix(head, "ref: ")
	if !symbolic {
		return head
	}
	if at := read(".git", filepath.FromSlash(ref)); at != "" {
		return at
	}
	for line := range strings.Lines(read(".git", "packed-refs")) {
		if at, name, _ := strings.Cut(strings.TrimSpace(line), " "); name == ref {
			return at
		}
	}
	return ""
}

// programPrint is the fingerprint of the program itself: files made by another
// build of it are made anew. Where the program cannot read itself, nothing is
// taken as unchanged.
func programPrint() fingerprint.Fingerprint {
	path, err := os.Executable()
	if err != nil {
		return fingerprint.Fingerprint{}
	}
	f, err := os.Open(path)
	if err != nil {
		return fingerprint.Fingerprint{}
	}
	defer f.Close()
	h := xxh3.New()
	if _, err := io.Copy(h, f); err != nil {
		return fingerprint.Fingerprint{}
	}
	return fingerprint.Fingerprint(h.Sum128().Bytes())
}

// themeVersion tells an embedded theme's state in eight characters.
func themeVersion(name string) string {
	h := xxh3.New()
	err := fs.WalkDir(themes.FS, name, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := themes.FS.ReadFile(path)
		fmt.Fprintf(h, "%s %d\n", path, len(b))
		h.Write(b)
		return err
	})
	if err != nil {
		return "?"
	}
	return fmt.Sprintf("%016x", h.Sum64())[:8]
}
