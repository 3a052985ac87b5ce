package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"mingdeng/internal/testrun"
)

func TestMain(m *testing.M) {
	testscript.Main(tests{m}, map[string]func(){"mingdeng": func() {
		os.Exit(interruptible())
	}})
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
	})
}
