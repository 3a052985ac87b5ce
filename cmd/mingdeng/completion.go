package main

import (
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/manual"
	"mingdeng/internal/plaques"
)

var (
	wordCompletion     = diag.Text{Zh: "输出命令行补全的脚本", En: "print a script that completes commands"}
	wordCompletionArgs = diag.Text{Zh: "用法：mingdeng completion %s\n  把输出放进命令行的配置，例如 PowerShell：mingdeng completion powershell >> $PROFILE", En: "usage: mingdeng completion %s\n  put the output into your shell's configuration, such as mingdeng completion bash >> ~/.bashrc"}
)

// shells are what completion scripts can be had for.
var shells = map[string]func(*cobra.Command, io.Writer) error{
	"bash":       func(c *cobra.Command, w io.Writer) error { return c.GenBashCompletionV2(w, true) },
	"zsh":        func(c *cobra.Command, w io.Writer) error { return c.GenZshCompletion(w) },
	"fish":       func(c *cobra.Command, w io.Writer) error { return c.GenFishCompletion(w, true) },
	"powershell": func(c *cobra.Command, w io.Writer) error { return c.GenPowerShellCompletionWithDesc(w) },
}

func (p *program) completionCommand() *cobra.Command {
	names := []string{"bash", "fish", "powershell", "zsh"}
	return &cobra.Command{
		Use: "completion SHELL", Short: p.say(wordCompletion), Args: cobra.ArbitraryArgs, ValidArgs: names,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 || shells[args[0]] == nil {
				return usage(p.say(wordCompletionArgs), strings.Join(names, "|"))
			}
			return shells[args[0]](cmd.Root(), p.out)
		},
	}
}

type completer = func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective)

// first completes the first argument alone.
func first(list func() []string) completer {
	return func(_ *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return slices.DeleteFunc(list(), func(s string) bool { return !strings.HasPrefix(s, typed) }), cobra.ShellCompDirectiveNoFileComp
	}
}

// complete tells the shell what may stand behind commands and flags.
func (p *program) complete(root, help *cobra.Command) {
	of := map[string]func() []string{
		"new": func() (out []string) {
			for _, k := range content.Kinds() {
				out = append(out, k.Name.En, k.Name.Zh)
			}
			return out
		},
		"help": func() (out []string) {
			for _, t := range manual.Topics() {
				out = append(out, t.Name)
			}
			for _, c := range root.Commands() {
				if c.IsAvailableCommand() {
					out = append(out, c.Name())
				}
			}
			return out
		},
		"explain": func() (out []string) {
			for _, c := range diag.Codes() {
				out = append(out, c.ID)
			}
			return out
		},
		"retire": p.issuedCodes,
		"proof":  p.issuedCodes,
	}
	var walk func(*cobra.Command)
	walk = func(c *cobra.Command) {
		if list := of[c.Name()]; list != nil {
			c.ValidArgsFunction = first(list)
		}
		for _, inner := range c.Commands() {
			walk(inner)
		}
	}
	walk(root)
	walk(help) // cobra adds it to root later
	flag := func(name string, values ...string) {
		_ = root.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)) // fails for unknown flags alone
	}
	flag("format", formatNames...)
	flag("lang", string(diag.Chinese), string(diag.English))
}

// issuedCodes are the codes of the ledger that are in force.
func (p *program) issuedCodes() (out []string) {
	o, err := p.options()
	if err != nil {
		return nil
	}
	codes, _, _, err := plaques.Codes(o)
	if err != nil {
		return nil
	}
	for _, c := range codes {
		if !c.Retired {
			out = append(out, c.Code)
		}
	}
	return out
}
