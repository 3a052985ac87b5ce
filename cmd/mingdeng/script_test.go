package main

import (
	"context"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"mingdeng/internal/testrun"
)

func TestMain(m *testing.M) {
	testscript.Main(tests{m}, map[string]func(){"mingdeng": func() {
		os.Exit(interruptible(os.Args[1:]))
	}, "soffice": libreOffice})
}

// libreOffice stands for it in stories: what it is to make of a file is named in that, as a path
// below the importer's folder.
func libreOffice() {
	err := testrun.CalledAsOffice(os.Args[1:]).Convert(func(_ string, name []byte) []byte {
		b, _ := os.ReadFile(filepath.Join(os.Getenv("IMPORTER"), strings.TrimSpace(string(name)))) // or it cannot read the file
		return b
	})
	if err != nil {
		panic(err)
	}
}

// TestScripts runs the stories in testdata/script, one subject a file. The day is
// fixed, the language is Chinese unless a story asks for English.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("LANG", "zh_CN.UTF-8")
			e.Setenv("SOURCE_DATE_EPOCH", "1795305600")              // 2026-11-22
			importer, err := filepath.Abs("../../internal/importer") // files made by office programs
			if err != nil {
				return err
			}
			e.Setenv("IMPORTER", importer)
			return nil
		},
		UpdateScripts: testrun.Update(),
		Cmds:          map[string]func(*testscript.TestScript, bool, []string){"holds": holds, "age": age},
	})
}

// holds is a command of stories: holds REGEXP FILE-OR-FOLDER…. Some file below the folders
// has a match. With ! none has, and there are files to look into.
func holds(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: holds REGEXP FILE-OR-FOLDER…")
	}
	find, err := regexp.Compile(args[0])
	ts.Check(err)
	looked, found := 0, ""
	for _, top := range args[1:] {
		ts.Check(filepath.WalkDir(ts.MkAbs(top), func(p string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			b, err := os.ReadFile(p)
			if looked++; find.Match(b) {
				found = p
			}
			return err
		}))
	}
	switch {
	case looked == 0:
		ts.Fatalf("there are no files in %q", args[1:])
	case neg && found != "":
		ts.Fatalf("%s holds %s", found, args[0])
	case !neg && found == "":
		ts.Fatalf("none of %d files holds %s", looked, args[0])
	}
}

// age is a command of stories: age FOLDER…. The files were written an hour ago, so that a
// build may trust their times.
func age(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: age FOLDER…")
	}
	at := time.Now().Add(-time.Hour)
	for _, top := range args {
		ts.Check(filepath.WalkDir(ts.MkAbs(top), func(p string, _ fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			return os.Chtimes(p, at, at)
		}))
	}
}

// run is the program with these arguments and streams; it returns its exit code.
func run(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer) int {
	return newProgram(ctx, args, in, out, errOut).run(args)
}
