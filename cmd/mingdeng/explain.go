package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"mingdeng/internal/diag"
	"mingdeng/internal/han"
)

func (p *program) explainCommand() *cobra.Command {
	return &cobra.Command{
		Use: "explain CODE", Short: p.say(wordExplain), Args: cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				fmt.Fprintln(p.err, p.say(wordExplainArg))
				for _, c := range diag.Codes() {
					fmt.Fprintln(p.err, "  "+c.ID)
				}
				return &failure{code: exitUsage}
			}
			c := diag.Lookup(args[0])
			if c == nil {
				var ids []string
				for _, c := range diag.Codes() {
					ids = append(ids, c.ID)
				}
				near := ""
				if id := han.Nearest(args[0], ids); id != "" {
					near = fmt.Sprintf(p.say(wordDidYouMean), id)
				}
				return usage(p.say(wordNoCode), args[0], near)
			}
			kind := wordWarnKind
			if c.Severity == diag.Error {
				kind = wordErrorKind
			}
			fmt.Fprintf(p.out, "%s — %s\n\n%s\n", c.ID, p.say(kind), c.Explain.In(p.lang))
			return nil
		},
	}
}
