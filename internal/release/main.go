// Command release makes what .github/release.sh gives out, in the parts that are better
// written in Go:
//
//	release resources -version 1.2.3 -o DIR          icon and resources for the exe files
//	release pack -version 1.2.3 -time EPOCH -work DIR -out DIR EXE…
//	release finish -version 1.2.3 -out DIR [-signed] [-installer]
//
// It is run in the folder of the module. resources draws the theme's icon (mingdeng.ico) and
// makes rsrc_windows_ARCH.syso, which go build links into the program if it lies beside its
// main package. pack makes of each program a folder below -work, and of that an archive: .zip
// for Windows, else .tar.gz. In it are
//
//	mingdeng[.exe]           the program, as it was handed in
//	第一小时.html FIRST-HOUR.html   the guide of the first hour
//	LICENSE.txt              the program's licence
//	licences/programs.txt    those of Go and of every module that is linked in (licence.go)
//	licences/fonts-and-data.txt   those of fonts and data
//	sbom.cdx.json            all of these in CycloneDX 1.6 (sbom.go)
//	SHA256SUMS               of all the files above
//
// What is linked in is read from the program itself (debug/buildinfo), which also tells the
// system. A module whose licence is not known, or not one that lets the program be given out
// under its own, stops the release. finish writes SHA256SUMS of all in -out, and NOTES.md:
// what those who fetch the program are told.
//
// The same programs give the same bytes: nothing depends on the clock, the order of folders
// or the user; files bear the time of the commit.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"time"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

var errUsage = errors.New("usage: release resources|pack|finish …; see the package's comment")

func run(args []string) error {
	if len(args) == 0 {
		return errUsage
	}
	flags := flag.NewFlagSet("release", flag.ContinueOnError)
	version := flags.String("version", "", "the `version`, such as 1.2.3")
	switch args[0] {
	case "resources":
		dir := flags.String("o", "", "the `folder` to write to")
		if err := parse(flags, args[1:], version, dir); err != nil {
			return err
		}
		return writeResources(*dir, *version)
	case "pack":
		epoch := flags.Int64("time", 0, "of the commit, in `seconds` since 1970")
		work := flags.String("work", "", "the `folder` for unpacked files")
		out := flags.String("out", "", "the `folder` for archives")
		if err := parse(flags, args[1:], version, work, out); err != nil {
			return err
		}
		if flags.NArg() == 0 {
			return errUsage
		}
		p := packer{root: ".", version: *version, at: time.Unix(*epoch, 0).UTC(), work: *work, out: *out}
		for _, exe := range flags.Args() {
			if err := p.pack(exe); err != nil {
				return fmt.Errorf("%s: %w", exe, err)
			}
		}
		return nil
	case "finish":
		out := flags.String("out", "", "the `folder` with archives and installers")
		signed := flags.Bool("signed", false, "the programs for Windows are signed")
		installer := flags.Bool("installer", false, "there are installers for Windows")
		if err := parse(flags, args[1:], version, out); err != nil {
			return err
		}
		return finish(*out, *version, *signed, *installer)
	}
	return errUsage
}

// parse reads flags, of which those must be given.
func parse(flags *flag.FlagSet, args []string, must ...*string) error {
	if err := flags.Parse(args); err != nil {
		return err
	}
	for _, value := range must {
		if *value == "" {
			return errUsage
		}
	}
	if v := *must[0]; strings.HasPrefix(v, "v") || strings.ContainsAny(v, "/\\ \"$") {
		return fmt.Errorf("%q is no version such as 1.2.3", v)
	}
	return nil
}
