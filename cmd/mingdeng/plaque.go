package main

import (
	"bufio"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

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
		Zh: "给还没有编号的展品发放编号，示例除外。\n\n可以只给一部分：写展品或阵地的名称、文件、网址，或 阵地/展品；写阵地就是那里的全部。发一个记一个，中途停下，再运行一次就接着发。\n\n编号里印着网址，铭牌挂出去以后再不能变，所以第一次发放要把网址打一遍；打过的记在 content/plaques.yaml。\n在脚本里写：mingdeng plaque issue --confirm-address yx.gov.cn（换成自己的网址）。\n示例网址、localhost、IP 地址不发编号。",
		En: "Give codes to exhibits that have none, samples excepted.\n\nFor some of them alone, name exhibits or venues: by name, file, address, or as VENUE/EXHIBIT; a venue is all that stands there. Each code is kept as it is given: if this is stopped, run it again to go on.\n\nThe address is printed in the codes and can never change, so it is typed once, before the first of them; content/plaques.yaml keeps it.\nIn a script: mingdeng plaque issue --confirm-address yx.gov.cn (with your own).\nNo codes are issued for example addresses, localhost and IP addresses.",
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
	wordIssued       = diag.Text{Zh: "发放了 %d 个编号，已写入 %s", En: "%d codes issued, written to %s"}
	wordNoneNew      = diag.Text{Zh: "每件展品都已有编号", En: "every exhibit has a code"}
	wordSymbol       = diag.Text{Zh: "二维码是第 %d 版；域名再长 %d 个字符才会变密", En: "the symbols are version %d; the host may grow by %d characters before they get denser"}
	wordActive       = diag.Text{Zh: "在用", En: "active"}
	wordInactive     = diag.Text{Zh: "停用", En: "retired"}
	wordChanged      = diag.Text{Zh: "登记簿刚刚被别人改过，没有再写；再运行一次", En: "somebody changed the ledger meanwhile; no more was written, run again"}
	wordLedgerBusy   = diag.Text{Zh: "有别的程序正在写登记簿，或者写的时候被关掉了；过一分钟再运行一次", En: "another program is writing the ledger, or was ended while it did; run again in a minute"}
	wordIssuing      = diag.Text{Zh: "正在发放编号", En: "issuing codes"}
	wordIssuedSome   = diag.Text{Zh: "停下时发放了 %d 个，都已写入 %s，有效；还有 %d 件没有发。再运行一次就接着发", En: "%d codes were issued before this stopped; %s has them, they are in force. %d are left: run again to go on"}
	wordOtherWarns   = diag.Text{Zh: "网站另有 %d 处提醒，和铭牌无关：mingdeng check", En: "%d more warnings, not about plaques: mingdeng check"}
	wordMeant        = diag.Text{Zh: "没有“%s”这个命令，想写的是 %s 吗？", En: "there is no command \"%s\"; did you mean %s?"}
)

func (p *program) plaqueCommand() *cobra.Command {
	c := &cobra.Command{Use: "plaque", Short: p.say(wordPlaque), RunE: func(cmd *cobra.Command, args []string) error {
		if len(args) > 0 {
			return usage("%s", p.unknownCommand(cmd, args[0]))
		}
		return cmd.Help()
	}, Args: cobra.ArbitraryArgs}
	c.AddCommand(p.issueCommand(), p.listCommand(), p.retireCommand(), p.proofCommand(), p.previewCommand(), p.inspectCommand(), p.verifyCommand())
	return c
}

func (p *program) issueCommand() *cobra.Command {
	typed := ""
	c := &cobra.Command{
		Use: "issue [EXHIBIT|VENUE…]", SuggestFor: []string{"发放", "发号", "new", "add"}, Short: p.say(wordIssue), Long: p.say(wordIssueMore), Args: cobra.ArbitraryArgs,
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
			bar := p.progress(time.Now())
			bar.doing, o.Progress = wordIssuing, bar.update
			r, err := plaques.Issue(cmd.Context(), o, args, typed, rand.Reader)
			bar.clear()
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
			if werr := p.printIssued(r.New); werr != nil {
				return p.machine(werr)
			}
			if err != nil && len(r.New) > 0 {
				p.note(p.format == "text", wordIssuedSome, len(r.New), ledger.Path, len(r.Exhibits)-len(r.New))
				if cmd.Context().Err() != nil {
					return &failure{code: exitMachine}
				}
			}
			if err := p.ledgerFailed(r.Findings, err); err != nil {
				return err
			}
			if p.format == "json" {
				return nil
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

// printIssued lists new codes.
func (p *program) printIssued(list []ledger.Entry) error {
	e := json.NewEncoder(p.out)
	for _, x := range list {
		if p.format != "json" {
			fmt.Fprintf(p.out, "%s  %s\n", x.Code, x.Exhibit)
			continue
		}
		if err := e.Encode(issuedLine{x.Code, x.Exhibit, x.Issued.String()}); err != nil {
			return err
		}
	}
	return nil
}

// issuedLine is a new code with --format json.
type issuedLine struct {
	Code    string `json:"code"`
	Exhibit string `json:"exhibit"`
	Issued  string `json:"issued"`
}

// unknownCommand says that there is no such command, and which was meant.
func (p *program) unknownCommand(parent *cobra.Command, typed string) string {
	path := ""
	if parent.HasParent() {
		path = parent.Name() + " "
	}
	parent.SuggestionsMinimumDistance = 2
	if near := parent.SuggestionsFor(typed); len(near) > 0 {
		return fmt.Sprintf(p.say(wordMeant), path+typed, "mingdeng "+path+near[0])
	}
	return fmt.Sprintf(p.say(wordUnknownCommand), path+typed)
}

// ledgerFailed tells findings and errors of the commands about plaques: of warnings those
// about plaques alone, and how many others there are.
func (p *program) ledgerFailed(found []diag.Finding, err error) error {
	switch {
	case errors.Is(err, ledger.ErrChanged):
		return &failure{exitMachine, p.say(wordChanged)}
	case errors.Is(err, ledger.ErrBusy):
		return &failure{exitMachine, p.say(wordLedgerBusy)}
	}
	own := slices.DeleteFunc(slices.Clone(found), func(f diag.Finding) bool {
		return f.Code.Severity != diag.Error && f.Path != ledger.Path && !strings.HasPrefix(f.Code.ID, "plaque-")
	})
	if err == nil && len(own) < len(found) {
		p.note(p.format == "text", wordOtherWarns, len(found)-len(own))
	}
	return p.tell(generate.Result{Findings: own}, err)
}
