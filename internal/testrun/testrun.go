// Package testrun says how tests are run. Tests alone import it. Three switches, all of
// them variables of the environment, hold for every package:
//
//	UPDATE=1                  golden files are written anew. Read the diff before it is
//	                          committed: go test ./... -run Golden, or one package.
//	MINGDENG_LONG=1           the long form of tests that try much at random or measure:
//	                          more edits, processes to kill, payloads, seeds and readers.
//	MINGDENG_REQUIRE_TOOLS=1  an outside program that a test looks through and that is not
//	                          installed is a failure; without the switch the test is
//	                          skipped and says so.
//
// LibreOffice is half a gigabyte and is asked for by MINGDENG_SOFFICE=1 alone (importer).
//
// Where a flag of a test names a number (-mingdeng.steps, -mingdeng.kills, -kills,
// -rapid.checks), the flag goes before the form.
package testrun

import (
	"flag"
	"os"
	"os/exec"
	"strconv"
	"testing"
)

// Update tells whether golden files are written instead of compared.
func Update() bool { return os.Getenv("UPDATE") != "" }

// Long tells whether the long form is asked for.
func Long() bool { return os.Getenv("MINGDENG_LONG") != "" }

// Of is the number that the form asks for.
func Of(short, long int) int {
	if Long() {
		return long
	}
	return short
}

// Checks sets how often rapid.Check tries, for the rest of a test. The number is that of
// the form, and of -rapid.checks where that was given.
func Checks(t testing.TB, short, long int) {
	t.Helper()
	f := flag.Lookup("rapid.checks")
	if f == nil {
		t.Fatal("this test does not use rapid")
	}
	given := false
	flag.Visit(func(set *flag.Flag) { given = given || set.Name == f.Name })
	if given {
		return
	}
	was := f.Value.String()
	if err := f.Value.Set(strconv.Itoa(Of(short, long))); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Value.Set(was) })
}

// Tool finds an outside program that a test looks through, or skips the test. debian is
// the package that has it.
func Tool(t testing.TB, name, debian string) string {
	t.Helper()
	p := Find(t, name, debian)
	if p == "" {
		Missing(t, name+" ("+debian+")")
	}
	return p
}

// Find is Tool for what is a part of a test alone: it is "" where the test goes on without
// the program.
func Find(t testing.TB, name, debian string) string {
	t.Helper()
	p, err := exec.LookPath(name)
	if err != nil && required() {
		Missing(t, name+" ("+debian+")")
	}
	if err != nil {
		return ""
	}
	return p
}

func required() bool { return os.Getenv("MINGDENG_REQUIRE_TOOLS") == "1" }

// Missing skips a test that needs something which is not installed, or fails it where
// nothing may be missing.
func Missing(t testing.TB, what string) {
	t.Helper()
	if required() {
		t.Fatalf("%s is required here and not installed", what)
	}
	t.Skipf("%s is not installed: what it would see is not tested", what)
}
