package main

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
	"github.com/zeebo/xxh3"

	"mingdeng/internal/output"
	"mingdeng/themes"
)

// version is set by releases: -ldflags "-X main.version=1.2.3".
var version = "dev"

func (p *program) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: p.say(wordVersion), Args: p.noArgs,
		RunE: func(*cobra.Command, []string) error {
			fmt.Fprintf(p.out, "mingdeng %s%s, %s %s/%s, theme lamplight %s\n",
				version, commit(), runtime.Version(), runtime.GOOS, runtime.GOARCH, themeVersion("lamplight"))
			return nil
		},
	}
}

// commit is the revision the program was built from, where the build knew it.
func commit() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	revision, dirty := "", ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision" && len(s.Value) >= 12:
			revision = " (" + s.Value[:12]
		case s.Key == "vcs.modified" && s.Value == "true":
			dirty = "+"
		}
	}
	if revision == "" {
		return ""
	}
	return revision + dirty + ")"
}

// programPrint is the fingerprint of the program itself: files made by another
// build of it are made anew. Where the program cannot read itself, nothing is
// taken as unchanged.
func programPrint() output.Fingerprint {
	path, err := os.Executable()
	if err != nil {
		return output.Fingerprint{}
	}
	f, err := os.Open(path)
	if err != nil {
		return output.Fingerprint{}
	}
	defer f.Close()
	h := xxh3.New()
	if _, err := io.Copy(h, f); err != nil {
		return output.Fingerprint{}
	}
	return output.Fingerprint(h.Sum128().Bytes())
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
