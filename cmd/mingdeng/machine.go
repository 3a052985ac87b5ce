package main

import (
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"strings"

	"mingdeng/internal/diag"
	"mingdeng/internal/writer"
)

// machine tells what the machine would not do: which file, why, and what to do about it.
func (p *program) machine(err error) *failure {
	var machine *writer.MachineError
	if !errors.As(err, &machine) {
		return p.troubled(diag.PathOf(err), err)
	}
	// Several files mostly have one trouble.
	var whats []diag.Trouble
	paths := map[diag.Trouble][]string{}
	var lines []string
	for _, r := range machine.Refused {
		at := path.Join(filepath.ToSlash(p.output), r.Path)
		switch {
		case errors.Is(r, writer.ErrExchanged):
			lines = append(lines, p.say(wordReplaced))
			continue
		case errors.Is(r, writer.ErrNoFile):
			lines = append(lines, fmt.Sprintf(p.say(wordOwnFile), at))
			continue
		}
		t := diag.TroubleOf(r.Err)
		if paths[t] == nil {
			whats = append(whats, t)
		}
		paths[t] = append(paths[t], at)
	}
	for _, t := range whats {
		lines = append(lines, p.trouble(t, paths[t]...))
	}
	if machine.Begun {
		lines = append(lines, p.say(wordBegun))
	}
	return &failure{exitMachine, p.say(wordMachine) + strings.Join(lines, "\n  ")}
}

// troubled tells that something would not do for a file or an address.
func (p *program) troubled(what string, err error) *failure {
	return &failure{exitMachine, p.say(wordMachine) + p.trouble(diag.TroubleOf(err), what)}
}

func (p *program) trouble(t diag.Trouble, what ...string) string {
	const most = 5
	names := strings.Join(what[:min(len(what), most)], map[diag.Lang]string{diag.Chinese: "、", diag.English: ", "}[p.lang])
	if len(what) > most {
		names += fmt.Sprintf(p.say(wordMore), len(what)-most)
	}
	return strings.TrimSpace(fmt.Sprintf(p.say(wordTrouble), names, p.say(t.What), p.say(t.Mend)))
}
