package main

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/rivo/uniseg"
	"github.com/spf13/cobra"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/plaque/verify"
	"mingdeng/internal/plaques"
)

var (
	wordVerify     = diag.Text{Zh: "到网上问一遍：每一块铭牌扫开的还是不是那一页", En: "ask the live site whether every plaque still opens its page"}
	wordVerifyMore = diag.Text{
		Zh: "发过的每一个编号都问，停用的也问；还看 HTTPS 证书有多少天。\n" +
			"退出码：0 都好；1 有打不开或打错的；3 一个也连不上（这台机器没有网，或整个网站没了）。\n" +
			"每月自动问一次的办法见 mingdeng help verify。",
		En: "Every code ever issued is asked for, retired ones too, and how many days the certificate lasts.\n" +
			"Exit code: 0 all is well; 1 a code is dead or opens something else; 3 nothing could be reached (no network here, or the whole site is gone).\n" +
			"mingdeng help verify tells how to have it done each month.",
	}
	wordVerifyURL      = diag.Text{Zh: "问这个`网址`，代替铭牌上印的（例如试验用的服务器）", En: "ask `URL` in place of the address printed in codes (a staging server, say)"}
	wordVerifyCA       = diag.Text{Zh: "也相信这个`文件`里的证书机构（PEM；单位自己的）", En: "also trust the authorities in `FILE` (PEM; a private one)"}
	wordVerifyParallel = diag.Text{Zh: "同时问`几`个（1 到 16）", En: "ask for `N` at a time (1 to 16)"}
	wordVerifyWarn     = diag.Text{Zh: "证书不到`几`天就提醒", En: "warn when a certificate lasts fewer than `N` days"}
	wordVerifyFail     = diag.Text{Zh: "证书不到`几`天就算有问题", En: "a certificate that lasts fewer than `N` days is a fault"}
	wordVerifySlow     = diag.Text{Zh: "比这个`时间`长就算慢", En: "what takes longer than `TIME` is slow"}

	wordVerifyNoNumber = diag.Text{Zh: "%s 不能是 %d；要在 %d 到 %d 之间", En: "%s must lie between %[3]d and %[4]d, not %[2]d"}
	wordVerifyBadURL   = diag.Text{Zh: "--url 的网址不对：%s", En: "--url is no address: %s"}
	wordVerifyNoCA     = diag.Text{Zh: "--ca 读不到“%s”", En: "--ca: %q cannot be read"}
	wordVerifyBadCA    = diag.Text{Zh: "--ca 的文件“%s”里没有 PEM 证书（-----BEGIN CERTIFICATE-----）", En: "--ca: there is no PEM certificate (-----BEGIN CERTIFICATE-----) in %q"}
	wordVerifyNone     = diag.Text{Zh: "还没有发过编号，没有要问的。发编号：mingdeng plaque issue", En: "no code was issued yet, so there is nothing to ask. To issue some: mingdeng plaque issue"}
	wordVerifyAsking   = diag.Text{Zh: "正在问", En: "asking"}
	wordVerifyStopped  = diag.Text{Zh: "已中止：%d 个编号只问了 %d 个", En: "stopped: of %d codes %d were asked for"}
	wordVerifyUnreach  = diag.Text{Zh: "一个编号也没有问到：连不上 %s（%s）。先看看这台机器能不能上网；能上网，就是整个网站没了：看服务器、域名是不是到期", En: "not one code was asked for: %s cannot be reached (%s). If this machine is on the network, the whole site is gone: look at the server, and whether the domain was paid for"}

	wordVerifyHead  = []diag.Text{{Zh: "编号", En: "code"}, {Zh: "展品", En: "exhibit"}, {Zh: "结果", En: "result"}, {Zh: "证书", En: "days"}, {Zh: "毫秒", En: "ms"}, {Zh: "说明", En: "remarks"}}
	wordVerifyOK    = diag.Text{Zh: "好", En: "ok"}
	wordVerifyFault = diag.Text{Zh: "坏", En: "BAD"}
	wordVerifyCare  = diag.Text{Zh: "留意", En: "look"}
	wordVerifyGone  = diag.Text{Zh: "（已停用）", En: "(retired)"}
	wordVerifyDays  = diag.Text{Zh: "%d 天", En: "%d"}
	wordVerifySum   = diag.Text{Zh: "%s：%d 个编号，%d 个好，%d 个坏，%d 个要留意", En: "%s: %d codes, %d fine, %d bad, %d to look at"}
	wordVerifyEnds  = diag.Text{Zh: "；证书 %s 到期，还有 %d 天", En: "; the certificate ends on %s, in %d days"}
)

func (p *program) verifyCommand() *cobra.Command {
	var address, ca string
	o := verify.Options{}
	c := &cobra.Command{
		Use: "verify", SuggestFor: []string{"核对", "check"}, Short: p.say(wordVerify), Long: p.say(wordVerifyMore), Args: p.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			for _, n := range []struct {
				flag         string
				value, least int
				most         int
			}{{"--parallel", o.Parallel, 1, 16}, {"--warn-days", o.WarnDays, 1, 3650}, {"--fail-days", o.FailDays, 1, 3650}, {"--slow", int(o.Slow.Milliseconds()), 1, 60000}} {
				if n.value < n.least || n.value > n.most {
					return usage(p.say(wordVerifyNoNumber), n.flag, n.value, n.least, n.most)
				}
			}
			address, err := p.verifyURL(address)
			if err != nil {
				return err
			}
			if o.Roots, err = p.authorities(ca); err != nil {
				return err
			}
			b, err := p.options()
			if err != nil {
				return err
			}
			plan, found, err := plaques.PlanVerify(b, address)
			if err != nil { // warnings of the content are not asked for here
				return p.ledgerFailed(found, err)
			}
			if len(plan.Codes) == 0 {
				p.note(true, wordVerifyNone)
				return nil
			}
			return p.verify(cmd.Context(), plan, o)
		},
	}
	f := c.Flags()
	f.StringVar(&address, "url", "", p.say(wordVerifyURL))
	f.StringVar(&ca, "ca", "", p.say(wordVerifyCA))
	f.IntVar(&o.Parallel, "parallel", 2, p.say(wordVerifyParallel))
	f.IntVar(&o.WarnDays, "warn-days", 30, p.say(wordVerifyWarn))
	f.IntVar(&o.FailDays, "fail-days", 7, p.say(wordVerifyFail))
	f.DurationVar(&o.Slow, "slow", 3*time.Second, p.say(wordVerifySlow))
	return c
}

// verifyURL reads --url. It may hold a user and a password for a server that asks for
// them, which no message repeats.
func (p *program) verifyURL(address string) (string, error) {
	if address == "" {
		return "", nil
	}
	scheme, rest, found := strings.Cut(address, "://")
	host, path, _ := strings.Cut(rest, "/")
	i := strings.LastIndexByte(host, '@') + 1
	user := host[:i]
	bare := address
	if found {
		bare = scheme + "://" + host[i:] + "/" + path
	}
	base, zh, en := content.ParseBaseURL(bare)
	if zh != "" {
		return "", usage(p.say(wordVerifyBadURL), p.say(diag.Text{Zh: zh, En: en}))
	}
	return strings.Replace(string(base), "://", "://"+user, 1), nil
}

// authorities are the system's and those of a file; nil for the system's alone.
func (p *program) authorities(file string) (*x509.CertPool, error) {
	if file == "" {
		return nil, nil
	}
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, usage(p.say(wordVerifyNoCA), file)
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(b) {
		return nil, usage(p.say(wordVerifyBadCA), file)
	}
	return pool, nil
}

func (p *program) verify(ctx context.Context, plan *verify.Plan, o verify.Options) error {
	bar := p.progress(time.Now())
	bar.doing = wordVerifyAsking
	o.Agent = "mingdeng/" + version + " (plaque verify)"
	o.Tell = func(_ verify.Result, done, total int) { bar.update(done, total) }
	r, err := plan.Run(ctx, o)
	bar.clear()
	if r == nil {
		if errors.Is(err, verify.ErrBase) {
			return usage(p.say(wordVerifyBadURL), p.say(diag.Text{Zh: "要以 http:// 或 https:// 开头", En: "it must start with http:// or https://"}))
		}
		return err
	}
	if p.format == "json" {
		if err := verifyJSON(p.out, r); err != nil {
			return p.machine(err)
		}
	} else {
		p.verifyTable(p.out, r)
	}
	for _, x := range r.Site {
		p.note(true, diag.Text{Zh: "%s", En: "%s"}, x.Text(p.lang))
	}
	switch {
	case ctx.Err() != nil:
		return &failure{exitMachine, fmt.Sprintf(p.say(wordVerifyStopped), len(plan.Codes), len(r.Results))}
	case err != nil:
		return err
	case r.Unreached:
		first := &r.Results[0]
		return &failure{exitMachine, fmt.Sprintf(p.say(wordVerifyUnreach), hostOfURL(first.URL), first.Say(first.Problem, p.lang))}
	case r.Faults() > 0:
		return &failure{code: exitContent}
	}
	return nil
}

// verifyTable writes what came of each code and a line that sums it up; with -q what is
// not in order alone.
func (p *program) verifyTable(w io.Writer, r *verify.Report) {
	var rows [][]string
	var head []string
	for _, t := range wordVerifyHead {
		head = append(head, p.say(t))
	}
	rows = append(rows, head)
	for i := range r.Results {
		x := &r.Results[i]
		if r.Unreached && i > 0 || p.quiet && x.OK() {
			continue
		}
		rows = append(rows, p.verifyRow(x))
	}
	if len(rows) > 1 {
		writeColumns(w, rows)
	}
	if p.quiet || len(r.Results) == 0 || r.Unreached {
		return
	}
	bad, care := r.Faults(), r.Warned()
	fmt.Fprintf(w, p.say(wordVerifySum), hostOfURL(r.Results[0].URL), len(r.Results), len(r.Results)-bad-care, bad, care)
	if !r.Until.IsZero() {
		fmt.Fprintf(w, p.say(wordVerifyEnds), r.Until.Local().Format(time.DateOnly), int(time.Until(r.Until).Hours()/24))
	}
	fmt.Fprintln(w)
}

func (p *program) verifyRow(x *verify.Result) []string {
	name, state, days, ms := x.Name, wordVerifyOK, "", ""
	if x.Retired {
		name = p.say(wordVerifyGone)
	}
	var told []string
	if !x.OK() {
		state = wordVerifyFault
		told = append(told, x.Say(x.Problem, p.lang))
	} else if len(x.Warnings) > 0 {
		state = wordVerifyCare
	}
	for _, warning := range x.Warnings {
		told = append(told, x.Say(warning, p.lang))
	}
	if !x.Until.IsZero() {
		days = fmt.Sprintf(p.say(wordVerifyDays), x.Days)
	}
	if x.Status != 0 {
		ms = fmt.Sprint(x.Took.Milliseconds())
	}
	return []string{x.Code, diag.Printable(name), p.say(state), days, ms, strings.Join(told, p.say(diag.Text{Zh: "；", En: "; "}))}
}

// writeColumns writes rows in columns that hold for wide characters.
func writeColumns(w io.Writer, rows [][]string) {
	wide := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			wide[i] = max(wide[i], uniseg.StringWidth(cell))
		}
	}
	for _, row := range rows {
		var b strings.Builder
		for i, cell := range row {
			b.WriteString(cell)
			if i < len(row)-1 {
				b.WriteString(strings.Repeat(" ", wide[i]-uniseg.StringWidth(cell)+2))
			}
		}
		fmt.Fprintln(w, strings.TrimRight(b.String(), " "))
	}
}

// verifyJSON writes an object a line.
func verifyJSON(w io.Writer, r *verify.Report) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for _, x := range r.Results {
		line := struct {
			Code     string           `json:"code"`
			Exhibit  string           `json:"exhibit"`
			Retired  bool             `json:"retired"`
			URL      string           `json:"url"`
			Status   int              `json:"status"`
			OK       bool             `json:"ok"`
			Problem  verify.Problem   `json:"problem"`
			Found    string           `json:"found,omitempty"`
			Warnings []verify.Problem `json:"warnings"`
			Chain    []verify.Hop     `json:"chain"`
			Days     *int             `json:"days"` // null without a certificate
			MS       int64            `json:"ms"`
			Bytes    int              `json:"bytes"`
		}{x.Code, x.Exhibit, x.Retired, x.URL, x.Status, x.OK(), x.Problem, x.Found, x.Warnings, x.Chain, nil, x.Took.Milliseconds(), x.Bytes}
		if line.Warnings == nil {
			line.Warnings = []verify.Problem{}
		}
		if line.Chain == nil {
			line.Chain = []verify.Hop{}
		}
		if !x.Until.IsZero() {
			line.Days = &x.Days
		}
		if err := e.Encode(line); err != nil {
			return err
		}
	}
	return nil
}

func hostOfURL(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	host, _, _ := strings.Cut(rest, "/")
	return host
}
