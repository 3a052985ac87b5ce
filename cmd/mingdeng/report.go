package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"golang.org/x/term"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
)

// formats are the ways --format can write findings.
var formats = map[string]func(diag.Report, io.Writer, []diag.Finding) error{
	"text": diag.Report.Text, "json": diag.Report.JSON, "github": diag.Report.GitHub,
}

// formatNames lists them for people.
var formatNames = []string{"text", "json", "github"}

// findings writes findings to stderr as --format asks; with -q errors alone.
func (p *program) findings(list []diag.Finding) error {
	if p.quiet {
		list = slices.DeleteFunc(slices.Clone(list), func(f diag.Finding) bool { return f.Code.Severity != diag.Error })
	}
	r := p.report()
	return formats[p.format](r, p.findingsTo(r), list)
}

// report says how findings look for this user. Files are read only where a finding
// names one, and never from outside the site.
func (p *program) report() diag.Report {
	return diag.Report{Lang: p.lang, Colour: coloured(p.err, os.Getenv), Source: diag.NewSource(func(path string) []byte {
		root, err := os.OpenRoot(p.root)
		if err != nil {
			return nil
		}
		defer root.Close()
		return content.ReadText(root.FS(), path)
	})}
}

// findingsTo is where findings go: straight to a terminal where they are in colour, for
// they spell out by themselves what a screen would.
func (p *program) findingsTo(r diag.Report) io.Writer {
	if r.Colour && p.format == "text" {
		return stream(p.err)
	}
	return p.err
}

// coloured tells whether to write in colour: to a terminal that knows how, unless the
// user has said no (no-color.org).
func coloured(w io.Writer, env func(string) string) bool {
	f, ok := stream(w).(*os.File)
	return ok && env("NO_COLOR") == "" && env("TERM") != "dumb" && term.IsTerminal(int(f.Fd())) && colourful(f)
}

func (p *program) checkFormat() error {
	if formats[p.format] == nil {
		return usage("%s", fmt.Sprintf(p.say(wordBadFormat), strings.Join(formatNames, ", "), p.format))
	}
	return nil
}
