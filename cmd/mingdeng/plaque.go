package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"mingdeng/internal/build"
	"mingdeng/internal/diag"
	"mingdeng/internal/plaque/ledger"
)

var (
	wordPlaque    = diag.Text{Zh: "铭牌编号：发放、列出、撤下", En: "plaque codes: issue, list, retire"}
	wordIssue     = diag.Text{Zh: "给还没有编号的展品发放编号", En: "give codes to exhibits that have none"}
	wordList      = diag.Text{Zh: "列出所有编号", En: "list every code"}
	wordRetire    = diag.Text{Zh: "撤下一个编号（它仍会打开一页，说明这里曾有铭牌）", En: "take a code out of force; it still opens a page"}
	wordSuccessor = diag.Text{Zh: "接替它的`编号`", En: "the `CODE` that takes its place"}
	wordRetireArg = diag.Text{Zh: "用法：mingdeng plaque retire 编号 [--successor 编号]", En: "usage: mingdeng plaque retire CODE [--successor CODE]"}
	wordIssued    = diag.Text{Zh: "发放了 %d 个编号，已写入 %s", En: "%d codes issued, written to %s"}
	wordNoneNew   = diag.Text{Zh: "每件展品都已有编号", En: "every exhibit has a code"}
	wordSymbol    = diag.Text{Zh: "二维码是第 %d 版；域名再长 %d 个字符才会变密", En: "the symbols are version %d; the host may grow by %d characters before they get denser"}
	wordRetired   = diag.Text{Zh: "已撤下 %s，已写入 %s", En: "%s is retired, written to %s"}
	wordActive    = diag.Text{Zh: "在用", En: "active"}
	wordInactive  = diag.Text{Zh: "停用", En: "retired"}
	wordChanged   = diag.Text{Zh: "登记簿刚刚被别人改过，没有写入；再运行一次", En: "somebody changed the ledger meanwhile; nothing was written, run again"}
)

func (p *program) plaqueCommand() *cobra.Command {
	c := &cobra.Command{Use: "plaque", Short: p.say(wordPlaque), RunE: func(cmd *cobra.Command, args []string) error {
		if len(args) > 0 {
			return usage(p.say(wordUnknownCommand), "plaque "+args[0])
		}
		return cmd.Help()
	}, Args: cobra.ArbitraryArgs}
	c.AddCommand(p.issueCommand(), p.listCommand(), p.retireCommand(), p.proofCommand(), p.inspectCommand())
	return c
}

func (p *program) issueCommand() *cobra.Command {
	return &cobra.Command{
		Use: "issue [VENUE/EXHIBIT…]", Short: p.say(wordIssue), Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			o, err := p.options()
			if err != nil {
				return err
			}
			r, err := build.Issue(cmd.Context(), o, args, rand.Reader)
			if err := p.ledgerFailed(r.Findings, err); err != nil {
				return err
			}
			for _, e := range r.New {
				fmt.Fprintf(p.out, "%s  %s\n", e.Code, e.Exhibit)
			}
			if len(r.New) == 0 {
				fmt.Fprintln(p.out, p.say(wordNoneNew))
			} else {
				fmt.Fprintf(p.out, p.say(wordIssued)+"\n", len(r.New), ledger.Path)
			}
			fmt.Fprintf(p.out, p.say(wordSymbol)+"\n", r.Version, r.Room)
			return nil
		},
	}
}

func (p *program) listCommand() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: p.say(wordList), Args: p.noArgs,
		RunE: func(*cobra.Command, []string) error {
			o, err := p.options()
			if err != nil {
				return err
			}
			codes, _, found, err := build.Codes(o)
			if err := p.ledgerFailed(found, err); err != nil {
				return err
			}
			w := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
			for _, c := range codes {
				state, place, name := wordActive, "", ""
				if c.Retired {
					state = wordInactive
				}
				if c.Venue != nil {
					place = c.Venue.Name
				}
				if c.Exhibit != nil {
					name = c.Exhibit.Name
				}
				fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", c.Code, p.say(state), c.Issued, diag.Printable(place), diag.Printable(name))
			}
			return w.Flush()
		},
	}
}

func (p *program) retireCommand() *cobra.Command {
	successor := ""
	c := &cobra.Command{
		Use: "retire CODE", Short: p.say(wordRetire), Args: cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage("%s", p.say(wordRetireArg))
			}
			o, err := p.options()
			if err != nil {
				return err
			}
			found, err := build.Retire(o, args[0], successor)
			if err := p.ledgerFailed(found, err); err != nil {
				return err
			}
			fmt.Fprintf(p.out, p.say(wordRetired)+"\n", args[0], ledger.Path)
			return nil
		},
	}
	c.Flags().StringVar(&successor, "successor", "", p.say(wordSuccessor))
	return c
}

// ledgerFailed tells findings and errors of the commands that write the ledger.
func (p *program) ledgerFailed(found []diag.Finding, err error) error {
	if errors.Is(err, ledger.ErrChanged) || errors.Is(err, ledger.ErrBusy) {
		return &failure{exitMachine, p.say(wordChanged)}
	}
	return p.tell(build.Result{Findings: found}, err)
}
