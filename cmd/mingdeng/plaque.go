package main

import (
	"bufio"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"mingdeng/internal/diag"
	"mingdeng/internal/generate"
	"mingdeng/internal/plaque/ledger"
	"mingdeng/internal/plaques"
	"mingdeng/internal/project"
)

var (
	wordPlaque    = diag.Text{Zh: "铭牌编号：发放、列出、撤下、到网上核对", En: "plaque codes: issue, list, retire, verify"}
	wordIssue     = diag.Text{Zh: "给还没有编号的展品发放编号", En: "give codes to exhibits that have none"}
	wordIssueMore = diag.Text{
		Zh: "给还没有编号的展品发放编号，示例除外。\n\n编号里印着网址，铭牌挂出去以后再不能变，所以第一次发放要把网址打一遍；打过的记在 content/plaques.yaml。\n在脚本里写：mingdeng plaque issue --confirm-address yx.gov.cn（换成自己的网址）。\n示例网址、localhost、IP 地址不发编号。",
		En: "Give codes to exhibits that have none, samples excepted.\n\nThe address is printed in the codes and can never change, so it is typed once, before the first of them; content/plaques.yaml keeps it.\nIn a script: mingdeng plaque issue --confirm-address yx.gov.cn (with your own).\nNo codes are issued for example addresses, localhost and IP addresses.",
	}
	wordConfirmFlag  = diag.Text{Zh: "确认要印进铭牌的`网址`（第一次发放时，代替在终端里打一遍）", En: "confirms the `ADDRESS` printed in codes (for the first of them, in place of typing it at a terminal)"}
	wordConfirm      = diag.Text{Zh: "将发放 %d 个编号。铭牌的二维码里会印上这个网址，挂出去以后再不能变：\n\n    %s\n\n它必须是网站真正的网址，域名要一直续费。", En: "%d codes are to be issued. Their symbols will bear this address, which can never change once plaques hang:\n\n    %s\n\nIt must be the site's real address, a domain that will be paid for as long as they do."}
	wordTypeAddress  = diag.Text{Zh: "确认的话，照样打一遍网址（%s）", En: "To confirm, type the address (%s)"}
	wordTypeAgain    = diag.Text{Zh: "不一样：要打的是 %s；不发就按 Ctrl-C", En: "that is another one: it should be %s; Ctrl-C to leave"}
	wordNotIssued    = diag.Text{Zh: "没有确认网址，什么也没有发放", En: "the address was not confirmed; nothing was issued"}
	wordUnconfirmed  = diag.Text{Zh: "要印进铭牌的网址 %s 还没有确认过，什么也没有发放。确认无误就运行：\n  mingdeng plaque issue --confirm-address %s", En: "the address %s, to be printed in codes, has not been confirmed; nothing was issued. If it is right, run:\n  mingdeng plaque issue --confirm-address %s"}
	wordOtherAddress = diag.Text{Zh: "打的是 %s，网站的铭牌网址却是 %s：不一样，什么也没有发放", En: "typed was %s, but the address of the site's plaques is %s; nothing was issued"}
	wordReaddressed  = diag.Text{Zh: "编号从现在起印 %s，已写入 %s", En: "codes bear %s from now on, written to %s"}
	wordSamples      = diag.Text{Zh: "跳过 %d 件示例（示例不发编号）：%s", En: "%d samples get no code: %s"}
	wordOnlySamples  = diag.Text{Zh: "没有别的展品要发编号。示例用不着了，运行 mingdeng init --clear-samples", En: "no other exhibit lacks one. Samples that are no longer needed go with mingdeng init --clear-samples"}
	wordList         = diag.Text{Zh: "列出所有编号", En: "list every code"}
	wordRetire       = diag.Text{Zh: "撤下一个编号（它仍会打开一页，说明这里曾有铭牌）", En: "take a code out of force; it still opens a page"}
	wordSuccessor    = diag.Text{Zh: "接替它的`编号`", En: "the `CODE` that takes its place"}
	wordRetireArg    = diag.Text{Zh: "用法：mingdeng plaque retire 编号 [--successor 编号]", En: "usage: mingdeng plaque retire CODE [--successor CODE]"}
	wordIssued       = diag.Text{Zh: "发放了 %d 个编号，已写入 %s", En: "%d codes issued, written to %s"}
	wordNoneNew      = diag.Text{Zh: "每件展品都已有编号", En: "every exhibit has a code"}
	wordSymbol       = diag.Text{Zh: "二维码是第 %d 版；域名再长 %d 个字符才会变密", En: "the symbols are version %d; the host may grow by %d characters before they get denser"}
	wordRetired      = diag.Text{Zh: "已撤下 %s，已写入 %s", En: "%s is retired, written to %s"}
	wordActive       = diag.Text{Zh: "在用", En: "active"}
	wordInactive     = diag.Text{Zh: "停用", En: "retired"}
	wordChanged      = diag.Text{Zh: "登记簿刚刚被别人改过，没有写入；再运行一次", En: "somebody changed the ledger meanwhile; nothing was written, run again"}
)

func (p *program) plaqueCommand() *cobra.Command {
	c := &cobra.Command{Use: "plaque", Short: p.say(wordPlaque), RunE: func(cmd *cobra.Command, args []string) error {
		if len(args) > 0 {
			return usage(p.say(wordUnknownCommand), "plaque "+args[0])
		}
		return cmd.Help()
	}, Args: cobra.ArbitraryArgs}
	c.AddCommand(p.issueCommand(), p.listCommand(), p.retireCommand(), p.proofCommand(), p.inspectCommand(), p.verifyCommand())
	return c
}

func (p *program) issueCommand() *cobra.Command {
	typed := ""
	c := &cobra.Command{
		Use: "issue [VENUE/EXHIBIT…]", Short: p.say(wordIssue), Long: p.say(wordIssueMore), Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			o, err := p.options()
			if err != nil {
				return err
			}
			asked := false
			if typed == "" && p.asks {
				if typed, err = p.askAddress(o, args); err != nil {
					return err
				}
				asked = typed != ""
			}
			r, err := plaques.Issue(cmd.Context(), o, args, typed, rand.Reader)
			if asked && err == nil {
				r.Findings = nil // told before the question
			}
			if errors.Is(err, plaques.ErrUnconfirmed) {
				if err := p.ledgerFailed(r.Findings, nil); err != nil {
					return err
				}
				if typed != "" {
					return usage(p.say(wordOtherAddress), typed, r.Address)
				}
				return usage(p.say(wordUnconfirmed), r.Address, r.Typed())
			}
			if err := p.ledgerFailed(r.Findings, err); err != nil {
				return err
			}
			for _, e := range r.New {
				fmt.Fprintf(p.out, "%s  %s\n", e.Code, e.Exhibit)
			}
			if len(r.Samples) > 0 {
				fmt.Fprintf(p.out, p.say(wordSamples)+"\n", len(r.Samples), strings.Join(r.Samples, " "))
			}
			if r.Moves {
				fmt.Fprintf(p.out, p.say(wordReaddressed)+"\n", r.Address, ledger.Path)
			}
			switch {
			case len(r.New) > 0:
				fmt.Fprintf(p.out, p.say(wordIssued)+"\n", len(r.New), ledger.Path)
			case len(r.Samples) > 0:
				fmt.Fprintln(p.out, p.say(wordOnlySamples))
			default:
				fmt.Fprintln(p.out, p.say(wordNoneNew))
			}
			fmt.Fprintf(p.out, p.say(wordSymbol)+"\n", r.Version, r.Room)
			return nil
		},
	}
	c.Flags().StringVar(&typed, "confirm-address", "", p.say(wordConfirmFlag))
	return c
}

// askAddress has the address typed that first codes are to bear. Where nothing has to be
// typed it returns "".
func (p *program) askAddress(o project.Options, only []string) (string, error) {
	plan, err := plaques.PlanIssue(o, only)
	if err != nil || !plan.Asks() {
		return "", nil // Issue tells
	}
	if err := p.ledgerFailed(plan.Findings, nil); err != nil {
		return "", err
	}
	fmt.Fprintf(p.err, p.say(wordConfirm)+"\n", len(plan.Exhibits), plan.Address)
	q := &dialogue{p: p, in: bufio.NewReader(p.in), stopped: wordNotIssued}
	return q.ask(fmt.Sprintf(p.say(wordTypeAddress), plan.Typed()), func(s string) string {
		if ledger.Confirms(s, plan.Address) {
			return ""
		}
		return fmt.Sprintf(p.say(wordTypeAgain), plan.Typed())
	})
}

func (p *program) listCommand() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: p.say(wordList), Args: p.noArgs,
		RunE: func(*cobra.Command, []string) error {
			o, err := p.options()
			if err != nil {
				return err
			}
			codes, _, found, err := plaques.Codes(o)
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
			found, err := plaques.Retire(o, args[0], successor)
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
	return p.tell(generate.Result{Findings: found}, err)
}
