package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/scaffold"
)

func (p *program) newCommand() *cobra.Command {
	return &cobra.Command{
		Use: "new KIND NAME", Short: p.say(wordNew), Args: cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) != 2 {
				return usage(p.say(wordNewArgs), p.kinds())
			}
			kind, ok := kindOf(args[0])
			if !ok {
				return usage(p.say(wordNewArgs), p.kinds())
			}
			today, err := p.today()
			if err != nil {
				return err
			}
			root, err := os.OpenRoot(p.root)
			if err != nil {
				return &failure{exitMachine, fmt.Sprintf(p.say(wordMachine), err)}
			}
			defer root.Close()
			path, err := scaffold.Request{Kind: kind, Name: args[1], Lang: p.lang, Today: today}.Make(root)
			switch {
			case errors.Is(err, scaffold.ErrParent), errors.Is(err, scaffold.ErrName):
				return usage("%s", p.say(badNewName))
			case errors.Is(err, fs.ErrExist):
				return &failure{exitContent, fmt.Sprintf(p.say(wordExists), path)}
			case err != nil:
				return &failure{exitMachine, fmt.Sprintf(p.say(wordMachine), err)}
			}
			fmt.Fprintf(p.out, p.say(wordNewMade)+"\n", path)
			return nil
		},
	}
}

var badNewName = diag.Text{
	Zh: "这个名称不能做文件名。文章写成 书/篇名，展品写成 阵地/名称；不能有 \\ : * ? \" < > |",
	En: "that cannot be a file name. A chapter is BOOK/NAME, an exhibit VENUE/NAME; \\ : * ? \" < > | are not allowed",
}

// kindOf finds a kind by its Chinese or English name.
func kindOf(s string) (content.Kind, bool) {
	for _, v := range content.RecordKinds() {
		if s == v.Zh || strings.EqualFold(s, v.En) {
			return content.Kind(v.En), true
		}
	}
	return "", false
}

func (p *program) kinds() string {
	var names []string
	for _, v := range content.RecordKinds() {
		names = append(names, diag.Text{Zh: v.Zh, En: v.En}.In(p.lang))
	}
	return strings.Join(names, diag.Text{Zh: "、", En: ", "}.In(p.lang))
}

func (p *program) initCommand() *cobra.Command {
	return &cobra.Command{
		Use: "init DIR", Short: p.say(wordInit), Args: cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage("%s", p.say(wordInitArgs))
			}
			dir := args[0]
			if !filepath.IsAbs(dir) {
				dir = filepath.Join(p.root, dir)
			}
			err := scaffold.Site(dir)
			switch {
			case errors.Is(err, scaffold.ErrNotEmpty):
				return &failure{exitContent, fmt.Sprintf(p.say(wordNotEmpty), args[0])}
			case err != nil:
				return &failure{exitMachine, fmt.Sprintf(p.say(wordMachine), err)}
			}
			fmt.Fprintf(p.out, p.say(wordInitMade)+"\n", args[0], dir)
			return nil
		},
	}
}
