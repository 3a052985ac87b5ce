package main

import (
	"fmt"
	"io"
	"net"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/skip2/go-qrcode"
	"github.com/spf13/cobra"

	"mingdeng/internal/diag"
	"mingdeng/internal/generate"
	"mingdeng/internal/live"
	"mingdeng/internal/serve"
)

var (
	wordServe      = diag.Text{Zh: "在浏览器里边写边看", En: "show the site while it is being written"}
	wordFlagAddr   = diag.Text{Zh: "在哪个`地址`上看", En: "`ADDRESS` to listen on"}
	wordFlagLAN    = diag.Text{Zh: "同一局域网里的手机也能看", En: "also for phones on the same network"}
	wordServing    = diag.Text{Zh: "网站在 %s，工作台在 %s（%s）", En: "the site is at %s, the studio at %s (%s)"}
	wordStop       = diag.Text{Zh: "保存文件，网页自己会变。按 Ctrl-C 停止；public/ 里的网站没有动。", En: "Save a file and the page follows. Ctrl-C stops; the site in public/ is not touched."}
	wordMoved      = diag.Text{Zh: "想用的端口已被别的程序占用，换了下一个。", En: "the port asked for is in use; the next free one was taken."}
	wordOnLAN      = diag.Text{Zh: "手机扫码打开 %s\n  现在同一个局域网（Wi-Fi）里的人都能看到这个网站，连同还没有发布的改动；工作台只在本机。", En: "scan to open %s\n  Everyone on this network (Wi-Fi) can now see the site, with changes that are not published yet; the studio stays on this machine."}
	wordNoLAN      = diag.Text{Zh: "这台电脑没有连上局域网，手机看不到。", En: "this machine is on no local network; phones cannot see it."}
	wordPolling    = diag.Text{Zh: "系统不让监视文件夹（它%s），改为每秒看一次。", En: "folders cannot be watched (it %s); they are looked at each second."}
	wordMended     = diag.Text{Zh: "%s  都改好了。", En: "%s  all is mended."}
	wordFound      = diag.Text{Zh: "%s  发现：", En: "%s  found:"}
	wordServeEnded = diag.Text{Zh: "已停止。什么也没有写入。", En: "stopped. Nothing was written."}
	wordBadAddr    = diag.Text{Zh: "--addr 要写成 127.0.0.1:8080 这样，不能是“%s”", En: "--addr must be like 127.0.0.1:8080, not %q"}
)

func (p *program) serveCommand() *cobra.Command {
	addr, lan := "127.0.0.1:8080", false
	c := &cobra.Command{
		Use: "serve", Short: p.say(wordServe), Args: p.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			start := time.Now()
			if _, port, err := net.SplitHostPort(addr); err != nil || !isPort(port) {
				return usage(p.say(wordBadAddr), addr)
			}
			o, err := p.options()
			if err != nil {
				return err
			}
			live, err := live.Open(o)
			if err != nil {
				return p.failed(generate.Result{}, err)
			}
			defer live.Close()
			err = serve.Run(cmd.Context(), serve.Options{
				Site: live, Root: p.root, Addr: addr, LAN: lan, Lang: p.lang,
				Ready:   func(at serve.Address) { p.ready(at, lan, time.Since(start)) },
				Tell:    p.news,
				Polling: func(err error) { fmt.Fprintf(p.err, p.say(wordPolling)+"\n", p.say(diag.TroubleOf(err).What)) },
			})
			if err != nil {
				return p.troubled(addr, err)
			}
			fmt.Fprintln(p.err, p.say(wordServeEnded))
			return nil
		},
	}
	c.Flags().StringVar(&addr, "addr", addr, p.say(wordFlagAddr))
	c.Flags().BoolVar(&lan, "lan", false, p.say(wordFlagLAN))
	return c
}

func isPort(s string) bool {
	n, err := strconv.Atoi(s)
	return err == nil && n >= 0 && n <= 65535
}

// ready says where the site can be seen.
func (p *program) ready(at serve.Address, lan bool, took time.Duration) {
	if at.Moved {
		fmt.Fprintln(p.err, p.say(wordMoved))
	}
	host, _, _ := strings.Cut(strings.TrimPrefix(at.Local, "http://"), "/")
	fmt.Fprintf(p.out, p.say(wordServing)+"\n", at.Local, "http://"+host+"/_studio/", brief(took))
	fmt.Fprintln(p.err, p.say(wordStop))
	switch {
	case !lan:
	case len(at.LAN) == 0:
		fmt.Fprintln(p.err, p.say(wordNoLAN))
	default:
		writeQR(stream(p.err), at.LAN[0])
		for _, a := range at.LAN {
			fmt.Fprintf(p.err, p.say(wordOnLAN)+"\n", a)
			break
		}
	}
}

// writeQR draws an address for a phone to scan: dark on light, whatever the terminal's
// own colours are.
func writeQR(w io.Writer, address string) {
	code, err := qrcode.New(address, qrcode.Low)
	if err != nil { // an address of this length always fits
		return
	}
	for _, line := range strings.Split(strings.TrimRight(code.ToSmallString(true), "\n"), "\n") {
		if os.Getenv("NO_COLOR") == "" {
			line = "\x1b[30;47m" + line + "\x1b[0m"
		}
		fmt.Fprintln(w, line)
	}
}

// news tells findings as they come.
func (p *program) news(found []diag.Finding, mended bool) {
	now := time.Now().Format("15:04:05")
	if mended {
		fmt.Fprintf(p.err, p.say(wordMended)+"\n", now)
		return
	}
	fmt.Fprintf(p.err, p.say(wordFound)+"\n", now)
	r := p.report()
	_ = r.Text(p.findingsTo(r), found) // a terminal that is gone ends the command by itself
}
