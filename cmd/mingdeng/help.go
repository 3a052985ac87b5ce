package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

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
