// Package office turns files of older programs (.doc, .wps, .rtf, .xls, .et, OpenDocument) into
// .docx and .xlsx, where LibreOffice is installed: their formats are too many to read here,
// and whoever has such files mostly has a program for them.
//
// # How it is run
//
// Without a window, with a profile of its own in the folder of the work, so that neither the
// user's settings nor an open window stand in the way and nothing of the work stays behind;
// macros do not run in such a profile. The files are copied first, under plain names: two of
// one name may be in a batch, no lock is left beside the originals, and no name is an option.
// Many files go in one call, since starting takes longer than converting. A call has a minute
// and ten seconds for each file; what a call that failed did not make is tried one by one, so
// that one bad file does not take the others with it; a program that has run out of time [hangs]
// times without making anything is not called again. What the program cannot read it takes
// for a text and converts all the same: such a workbook is refused here, and that files are of
// a kind it could know is seen to before (importer.contentOf).
package office

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// Bounds of one batch.
const (
	together = 40 // files of one call: Windows allows 32,767 characters of a command line
	toStart  = time.Minute
	perFile  = 10 * time.Second
	hangs    = 3 // a call that ran out of time and made nothing, one after the other
)

// Find is the program, "" where it is not installed.
func Find() string {
	for _, name := range []string{"soffice", "libreoffice"} {
		if p, err := exec.LookPath(name); err == nil {
			return p
		}
	}
	var places []string
	switch runtime.GOOS {
	case "windows":
		for _, v := range []string{"ProgramFiles", "ProgramW6432", "ProgramFiles(x86)"} {
			if dir := os.Getenv(v); dir != "" {
				places = append(places, filepath.Join(dir, "LibreOffice", "program", "soffice.exe"))
			}
		}
	case "darwin":
		places = []string{"/Applications/LibreOffice.app/Contents/MacOS/soffice"}
	default:
		places = []string{"/opt/libreoffice/program/soffice", "/usr/lib/libreoffice/program/soffice", "/snap/bin/libreoffice"}
	}
	for _, p := range places {
		if i, err := os.Stat(p); err == nil && !i.IsDir() {
			return p
		}
	}
	return ""
}

// Target is the format that a file's ending is turned into: "docx", "xlsx", or "" where the
// file is not for LibreOffice.
func Target(name string) string {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".doc", ".dot", ".wps", ".wpt", ".rtf", ".odt", ".fodt":
		return "docx"
	case ".xls", ".xlt", ".et", ".ett", ".ods", ".fods":
		return "xlsx"
	}
	return ""
}

// Convert turns files into new ones below dir. made has a path for each file, "" for one that
// could not be converted or is none of [Target]'s. The error is of the machine or the context;
// what was made stands in made all the same. done, if not nil, is told how many are through.
func Convert(ctx context.Context, program string, files []string, dir string, done func(int)) (made []string, err error) {
	c := &converter{program: program, dir: dir, start: toStart, each: perFile}
	return c.all(ctx, files, done)
}

// converter is one run of Convert.
type converter struct {
	program, dir string
	start, each  time.Duration // what a call has
	hung         int           // calls in a row
}

func (c *converter) all(ctx context.Context, files []string, done func(int)) (made []string, err error) {
	made = make([]string, len(files))
	through := 0
	for _, to := range []string{"docx", "xlsx"} {
		var batch []job
		for i, f := range files {
			if Target(f) == to {
				batch = append(batch, job{from: f, made: &made[i], stem: fmt.Sprintf("%05d", i)})
			}
		}
		for len(batch) > 0 && c.hung < hangs {
			n := min(together, len(batch))
			if err := c.run(ctx, batch[:n], to); err != nil {
				return made, err
			}
			batch = batch[n:]
			if through += n; done != nil {
				done(through)
			}
		}
	}
	return made, nil
}

type job struct {
	from, stem string
	made       *string
}

// run converts one batch; what it did not make is tried one by one.
func (c *converter) run(ctx context.Context, batch []job, to string) error {
	in, out := filepath.Join(c.dir, "in"), filepath.Join(c.dir, "out")
	for _, d := range []string{in, out} {
		if err := os.MkdirAll(d, 0o700); err != nil {
			return err
		}
	}
	var copies []string
	var missing []job
	for _, j := range batch {
		copied := filepath.Join(in, j.stem+ending(j.from))
		if err := duplicate(j.from, copied); err != nil {
			continue // it cannot be read, which is told when it is opened
		}
		copies, missing = append(copies, copied), append(missing, j)
	}
	if len(copies) == 0 {
		return nil
	}
	try := func(files []string, jobs []job) []job {
		late := c.call(ctx, files, to, out)
		left := found(jobs, out, to)
		if c.hung++; !late || len(left) < len(jobs) {
			c.hung = 0
		}
		return left
	}
	missing = try(copies, missing)
	for i := 0; i < len(missing) && len(copies) > 1 && c.hung < hangs && ctx.Err() == nil; i++ {
		try([]string{filepath.Join(in, missing[i].stem+ending(missing[i].from))}, missing[i:i+1])
	}
	return errors.Join(ctx.Err(), os.RemoveAll(in))
}

// found notes what was made and returns what was not.
func found(batch []job, out, to string) (missing []job) {
	for _, j := range batch {
		p := filepath.Join(out, j.stem+"."+to)
		if i, err := os.Stat(p); err == nil && i.Size() > 0 && !(to == "xlsx" && guessed(p, j.stem)) {
			*j.made = p
		} else {
			missing = append(missing, j)
		}
	}
	return missing
}

// guessed tells a workbook that came of a file which the program could not read and took for
// a text: its sheet then has the file's name. A text is not for it to convert.
func guessed(workbook, stem string) bool {
	z, err := zip.OpenReader(workbook)
	if err != nil {
		return false // told when it is read
	}
	defer z.Close()
	f, err := z.Open("xl/workbook.xml")
	if err != nil {
		return false
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, 1<<20))
	return err == nil && bytes.Contains(b, []byte(`<sheet name="`+stem+`"`))
}

// call runs the program once and tells whether its time ran out. What it says is of no use to
// an editor, and what it made is looked for in the folder: it ends with 0 where a file could
// not be read, too.
func (c *converter) call(ctx context.Context, files []string, to, out string) (late bool) {
	limited, stop := context.WithTimeout(ctx, c.start+time.Duration(len(files))*c.each)
	defer stop()
	args := append([]string{
		"-env:UserInstallation=" + fileAddress(filepath.Join(c.dir, "profile")),
		"--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard", "--convert-to", to, "--outdir", out,
	}, files...)
	cmd := exec.CommandContext(limited, c.program, args...)
	cmd.Dir = c.dir
	cmd.WaitDelay = 5 * time.Second
	group(cmd)
	_ = cmd.Run() // judged by what it made
	return limited.Err() != nil && ctx.Err() == nil
}

// fileAddress is a path as file:///…
func fileAddress(p string) string {
	p = filepath.ToSlash(p)
	if !strings.HasPrefix(p, "/") {
		p = "/" + p
	}
	return (&url.URL{Scheme: "file", Path: p}).String()
}

// ending is the ending of a copy. Kingsoft's old formats are Microsoft's under other names,
// while LibreOffice takes .wps for Microsoft Works.
func ending(name string) string {
	switch ext := strings.ToLower(filepath.Ext(name)); ext {
	case ".wps":
		return ".doc"
	case ".wpt":
		return ".dot"
	case ".et":
		return ".xls"
	case ".ett":
		return ".xlt"
	default:
		return ext
	}
}

func duplicate(from, to string) error {
	r, err := os.Open(from)
	if err != nil {
		return err
	}
	defer r.Close()
	w, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, r)
	return errors.Join(err, w.Close())
}
