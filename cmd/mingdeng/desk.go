package main

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"mingdeng/internal/date"
	"mingdeng/internal/desk"
	"mingdeng/internal/desk/openurl"
	"mingdeng/internal/diag"
	"mingdeng/internal/project"
	"mingdeng/themes"
)

var (
	wordDesk        = diag.Text{Zh: "在浏览器里做一切：写、看、导入、铭牌、发布", En: "do everything in the browser: write, look, import, plaques, publish"}
	wordFlagNoOpen  = diag.Text{Zh: "不打开浏览器", En: "do not open the browser"}
	wordFlagDeskLAN = diag.Text{Zh: "同一局域网里的手机能看网页、交照片", En: "phones on the same network can see the pages and hand in pictures"}
	wordDeskOpen    = diag.Text{Zh: "明灯工作台已在浏览器里打开，这个窗口要一直开着。", En: "The Mingdeng desk is open in your browser; leave this window open."}
	wordDeskRunning = diag.Text{Zh: "明灯工作台本来就开着，已在浏览器里打开它。", En: "The Mingdeng desk was open already: your browser shows it."}
	wordDeskByHand  = diag.Text{Zh: "明灯工作台已打开：请把上面的网址复制到浏览器里。这个窗口要一直开着。", En: "The Mingdeng desk is open: copy the address above into a browser. Leave this window open."}
	wordDeskEnd     = diag.Text{Zh: "要结束，点页面右上角的“退出”，或按 Ctrl-C，或关掉这个窗口。", En: "To end it, press Quit at the top right of the page, or Ctrl-C, or close this window."}
	wordDeskPause   = diag.Text{Zh: "按回车键关掉这个窗口。", En: "Press Enter to close this window."}
	wordDeskEnded   = diag.Text{Zh: "已退出。写过的都已保存在文件里。", En: "Ended. All that was saved is in the files."}
	wordDeskNoSite  = diag.Text{Zh: "%s 不是明灯的网站文件夹：里面没有 content。换一个文件夹，或不写文件夹，从页面里新建", En: "%s is no site: it has no folder content. Name another, or none to make a new one in the page"}
)

func (p *program) deskCommand() *cobra.Command {
	noOpen, lan := false, false
	c := &cobra.Command{
		Use: "desk [DIR]", Short: p.say(wordDesk), Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir := p.root
			if len(args) == 1 {
				dir = args[0]
			}
			return p.runDesk(cmd, dir, len(args) == 1, !noOpen, lan)
		},
	}
	c.Flags().BoolVar(&noOpen, "no-open", false, p.say(wordFlagNoOpen))
	c.Flags().BoolVar(&lan, "lan", false, p.say(wordFlagDeskLAN))
	return c
}

// runDesk opens the site at dir, else the one that was open last, else the page that makes
// one. named tells that the user asked for this very folder. A desk that is running already
// is opened in the place of a second one.
func (p *program) runDesk(cmd *cobra.Command, dir string, named, browse, lan bool) error {
	o, err := p.options()
	if err != nil {
		return err
	}
	memory, running := desk.Remember(), ""
	switch {
	case desk.IsSite(dir):
		if dir, err = filepath.Abs(dir); err != nil {
			return p.troubled(dir, err)
		}
		running = memory.Reach(dir)
	case named:
		return usage(p.say(wordDeskNoSite), dir)
	default:
		dir = ""
		if sites := memory.Sites(); len(sites) > 0 {
			dir = sites[0]
		}
		running = memory.ReachAny()
	}
	if running != "" {
		fmt.Fprintln(p.out, running)
		if browse && openurl.Open(running) == nil {
			fmt.Fprintln(p.err, p.say(wordDeskRunning))
		}
		return nil
	}
	phones := ""
	if lan {
		phones = ":0"
	}
	err = desk.Run(cmd.Context(), desk.Options{
		Dir: dir, Out: p.output, Lang: p.lang, Program: o.Program, Version: version, Themes: project.NewThemes(themes.FS), Phones: phones,
		Today: func() date.Date { o, _ := p.options(); return o.Today }, Memory: memory,
		Ready: func(at string) {
			fmt.Fprintln(p.out, at)
			words := wordDeskByHand
			if browse && openurl.Open(at) == nil {
				words = wordDeskOpen
			}
			fmt.Fprintln(p.err, p.say(words)+"\n"+p.say(wordDeskEnd))
		},
	})
	switch {
	case errors.Is(err, desk.ErrNoSite):
		return usage(p.say(wordDeskNoSite), dir)
	case err != nil:
		return p.troubled(dir, err)
	}
	fmt.Fprintln(p.err, p.say(wordDeskEnded))
	return nil
}
