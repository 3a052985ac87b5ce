package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/rivo/uniseg"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"mingdeng/internal/manual"
)

func (p *program) helpCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use: "help [COMMAND|TOPIC]", Short: p.say(wordHelp), Args: cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				err := root.Help()
				fmt.Fprintln(p.out, "\n"+p.say(wordTopics))
				for _, t := range manual.Topics() {
					fmt.Fprintf(p.out, "  mingdeng help %-10s %s\n", t.Name, p.say(t.Title))
				}
				return err
			}
			var names []string
			for _, t := range manual.Topics() {
				if t.Name == args[0] {
					fmt.Fprint(p.out, t.Text(p.lang))
					return nil
				}
				names = append(names, t.Name)
			}
			cmd, _, err := root.Find(args)
			if err != nil || cmd == root {
				return usage(p.say(wordNoTopic), args[0], strings.Join(names, ", "))
			}
			return cmd.Help()
		},
	}
}

func (p *program) usage(c *cobra.Command) error {
	p.writeUsage(p.err, c)
	return nil
}

// writeUsage tells how a command is used, in the user's language and in columns that
// hold for wide characters; the library's own does neither.
func (p *program) writeUsage(w io.Writer, c *cobra.Command) {
	fmt.Fprintf(w, "%s\n  %s\n", p.say(wordUsage), strings.ReplaceAll(c.UseLine(), "[flags]", p.say(wordAnyFlags)))
	var rows [][2]string
	for _, inner := range c.Commands() {
		if inner.IsAvailableCommand() || inner.Name() == "help" {
			rows = append(rows, [2]string{inner.Name(), inner.Short})
		}
	}
	table(w, p.say(wordCommands), rows)
	table(w, p.say(wordFlags), p.flagRows(c.LocalFlags()))
	table(w, p.say(wordCommonFlags), p.flagRows(c.InheritedFlags()))
}

func (p *program) flagRows(flags *pflag.FlagSet) (rows [][2]string) {
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		name := "    --" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", --" + f.Name
		}
		value, words := pflag.UnquoteUsage(f)
		if value != "" {
			name += " " + value
		}
		if f.DefValue != "" && f.DefValue != "false" {
			words += fmt.Sprintf(p.say(wordDefault), f.DefValue)
		}
		rows = append(rows, [2]string{name, words})
	})
	return rows
}

// table writes rows in two columns below a title; nothing where there are none.
func table(w io.Writer, title string, rows [][2]string) {
	if len(rows) == 0 {
		return
	}
	wide := 0
	for _, r := range rows {
		wide = max(wide, uniseg.StringWidth(r[0]))
	}
	fmt.Fprintf(w, "\n%s\n", title)
	for _, r := range rows {
		fmt.Fprintf(w, "  %s%s  %s\n", r[0], strings.Repeat(" ", wide-uniseg.StringWidth(r[0])), r[1])
	}
}
