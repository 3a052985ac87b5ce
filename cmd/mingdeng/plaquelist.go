package main

import (
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"mingdeng/internal/diag"
	"mingdeng/internal/plaque/ledger"
	"mingdeng/internal/plaques"
)

var (
	wordList     = diag.Text{Zh: "列出所有编号", En: "list every code"}
	wordListHead = []diag.Text{
		{Zh: "编号", En: "CODE"}, {Zh: "状态", En: "STATE"}, {Zh: "发放", En: "ISSUED"}, {Zh: "阵地/展品", En: "VENUE/EXHIBIT"},
		{Zh: "名称", En: "NAME"}, {Zh: "接替", En: "SUCCESSOR"}, {Zh: "网址", En: "ADDRESS"},
	}
	wordListNone = diag.Text{Zh: "还没有发过编号。发放：mingdeng plaque issue", En: "no code was issued yet. To issue some: mingdeng plaque issue"}
	wordListSum  = diag.Text{Zh: "共 %d 个编号：%d 个在用，%d 个停用", En: "%d codes: %d active, %d retired"}

	wordRetire     = diag.Text{Zh: "撤下一个编号（它仍会打开一页，说明这里曾有铭牌）", En: "take a code out of force; it still opens a page"}
	wordSuccessor  = diag.Text{Zh: "接替它的`编号`", En: "the `CODE` that takes its place"}
	wordRetireArg  = diag.Text{Zh: "用法：mingdeng plaque retire 编号 [--successor 编号]", En: "usage: mingdeng plaque retire CODE [--successor CODE]"}
	wordRetired    = diag.Text{Zh: "已撤下 %s（%s），已写入 %s", En: "%s (%s) is retired, written to %s"}
	wordTakesPlace = diag.Text{Zh: "扫它的人会被引到 %s（%s）", En: "who scans it is led on to %s (%s)"}
)

func (p *program) listCommand() *cobra.Command {
	return &cobra.Command{
		Use: "list", SuggestFor: []string{"列出", "清单", "ls"}, Short: p.say(wordList), Args: p.noArgs,
		RunE: func(*cobra.Command, []string) error {
			o, err := p.options()
			if err != nil {
				return err
			}
			codes, found, err := plaques.List(o)
			if err := p.ledgerFailed(found, err); err != nil {
				return err
			}
			if p.format == "json" {
				e := json.NewEncoder(p.out)
				for _, c := range codes {
					if err := e.Encode(c); err != nil {
						return p.machine(err)
					}
				}
				return nil
			}
			if len(codes) == 0 {
				fmt.Fprintln(p.out, p.say(wordListNone))
				return nil
			}
			p.printList(codes)
			return nil
		},
	}
}

func (p *program) printList(codes []plaques.Listed) {
	rows := [][]string{{}}
	for _, h := range wordListHead {
		rows[0] = append(rows[0], p.say(h))
	}
	active := 0
	for _, c := range codes {
		state := wordInactive
		if c.Status == ledger.Active {
			state = wordActive
			active++
		}
		rows = append(rows, []string{c.Code, p.say(state), c.Issued, diag.Printable(c.Exhibit), diag.Printable(c.Name), c.Successor, c.Address})
	}
	writeColumns(p.out, rows)
	if !p.quiet {
		fmt.Fprintf(p.out, p.say(wordListSum)+"\n", len(codes), active, len(codes)-active)
	}
}

func (p *program) retireCommand() *cobra.Command {
	successor := ""
	c := &cobra.Command{
		Use: "retire CODE", SuggestFor: []string{"撤下", "停用", "remove", "rm"}, Short: p.say(wordRetire), Args: cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage("%s", p.say(wordRetireArg))
			}
			o, err := p.options()
			if err != nil {
				return err
			}
			r, found, err := plaques.Retire(o, args[0], successor)
			if err := p.ledgerFailed(found, err); err != nil {
				return err
			}
			if p.format == "json" {
				return json.NewEncoder(p.out).Encode(r)
			}
			fmt.Fprintf(p.out, p.say(wordRetired)+"\n", r.Code, diag.Printable(r.Called()), ledger.Path)
			if r.Heir != nil {
				fmt.Fprintf(p.out, p.say(wordTakesPlace)+"\n", r.Heir.Code, diag.Printable(r.Heir.Called()))
			}
			return nil
		},
	}
	c.Flags().StringVar(&successor, "successor", "", p.say(wordSuccessor))
	return c
}
