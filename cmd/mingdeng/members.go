package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"mingdeng/internal/bundle"
	"mingdeng/internal/collect"
	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/gather"
	"mingdeng/internal/generate"
	"mingdeng/internal/project"
)

var (
	wordBundle     = diag.Text{Zh: "把网站上看得到的内容写成一个文件，交给市里、省里的网站", En: "write what the site shows as one file, for a city's or a province's site"}
	wordBundleLong = diag.Text{
		Zh: "  mingdeng export bundle                 写出 网站名-日期.zip\n" +
			"  mingdeng export bundle --to 交给市里.zip\n\n" +
			"里面是已公开的英雄、简报、文集、阵地、单位和图片（没有拍摄信息）；草稿、没到期的、过期的、没有授权的都不在。对方用 mingdeng collect 收。",
		En: "  mingdeng export bundle                 writes HOST-DAY.zip\n" +
			"  mingdeng export bundle --to city.zip\n\n" +
			"It holds the heroes, briefs, anthologies, venues, units and pictures that are public (no camera data); no drafts, nothing not due or expired, nobody without consent. The other side takes it with mingdeng collect.",
	}
	wordBundleTo   = diag.Text{Zh: "写到哪个`文件`", En: "the `FILE` to write"}
	wordBundleMade = diag.Text{Zh: "%s：%d 条内容，%d 张图片", En: "%s: records %d, pictures %d"}
	wordBundleNot  = diag.Text{Zh: "没有写出：先改好上面说的", En: "nothing was written: mend what is told above first"}

	wordCollect     = diag.Text{Zh: "收下各协会交来的内容，放进本站", En: "take what other associations give into this site"}
	wordCollectLong = diag.Text{
		Zh: "  mingdeng collect 登封.zip 巩义.zip\n\n" +
			"每个文件整个放进 content/members/名字/，替换它上次交来的：它撤回的，这里也就没有了。坏的、来历不对的文件说明原因，不收，本站不变。更多见 mingdeng help members。",
		En: "  mingdeng collect a.zip b.zip\n\n" +
			"Each goes whole into content/members/NAME/, in the place of what that member gave before: what it withdrew is gone here too. A file that is damaged or not what it should be is refused, in words, and the site stays as it is. More: mingdeng help members.",
	}
	wordCollectArgs    = diag.Text{Zh: "要收哪个文件？例如 mingdeng collect 登封.zip", En: "collect what? For instance: mingdeng collect a.zip"}
	wordCollectOne     = diag.Text{Zh: "--name 一次只能用于一个文件", En: "--name takes one file at a time"}
	wordCollectName    = diag.Text{Zh: "第一次收时文件夹的`名字`（也在网址里）；不写就用它的域名", En: "the `NAME` of its folder, also in addresses, the first time; its host if not given"}
	wordCollectRenamed = diag.Text{Zh: "这个网址的协会改了名，照收", En: "the association at this address has another name now; take it"}
	wordCollectNew     = diag.Text{Zh: "%s：“%s” %s 的 %d 条内容，放在 %s（新）", En: "%s: %q of %s, records %d, in %s (new)"}
	wordCollectAgain   = diag.Text{Zh: "%s：“%s” %s 的 %d 条内容，放在 %s；%s 交来的里撤去 %d 条", En: "%s: %q of %s, records %d, in %s; of those of %s, gone %d"}
	wordCollectNot     = diag.Text{Zh: "%s 没有收：%s", En: "%s was not taken: %s"}
)

func (p *program) bundleCommand() *cobra.Command {
	to := ""
	c := &cobra.Command{
		Use: "bundle", Short: p.say(wordBundle), Long: p.say(wordBundleLong), Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			o, err := p.options()
			if err != nil {
				return err
			}
			o.Drafts = false // what is not published is not given away
			site, found, root, err := project.Open(o)
			if root != nil {
				defer root.Close()
			}
			refused := func() error {
				if err := p.findings(found.Sorted()); err != nil {
					return p.machine(err)
				}
				return &failure{exitContent, p.say(wordBundleNot)}
			}
			if err != nil && !errors.Is(err, project.ErrFindings) {
				return p.machine(err)
			}
			if err != nil || found.Errors() > 0 || len(site.Inputs) == 0 {
				return refused()
			}
			var b bytes.Buffer
			r, err := gather.Write(&b, site, found)
			switch {
			case errors.Is(err, gather.ErrFindings):
				return refused()
			case err != nil:
				return p.machine(err)
			}
			if to == "" {
				to = bundle.FileName(site.Inputs[0].Base, o.Today)
			}
			if err := writeWhole(to, b.Bytes()); err != nil {
				return p.troubled(to, err)
			}
			fmt.Fprintf(p.out, p.say(wordBundleMade)+"\n", diag.Printable(to), r.Records, r.Pictures)
			return nil
		},
	}
	c.Flags().StringVar(&to, "to", "", p.say(wordBundleTo))
	return c
}

// writeWhole writes a file beside its place and moves it in.
func writeWhole(name string, b []byte) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".mingdeng-*.tmp")
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	if err == nil {
		err = f.Chmod(0o644)
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}

func (p *program) collectCommand() *cobra.Command {
	var o collect.Options
	c := &cobra.Command{
		Use: "collect FILE…", Short: p.say(wordCollect), Long: p.say(wordCollectLong), Args: cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			switch {
			case len(args) == 0:
				return usage("%s", p.say(wordCollectArgs))
			case len(args) > 1 && o.Name != "":
				return usage("%s", p.say(wordCollectOne))
			}
			var err error
			if o.Today, err = p.today(); err != nil {
				return err
			}
			o.Lang = p.lang
			root, err := project.OpenRoot(p.root)
			if err == nil {
				defer root.Close()
				_, err = root.Stat(content.Root + "/site.yaml")
			}
			if errors.Is(err, fs.ErrNotExist) {
				return p.tell(generate.Result{Findings: []diag.Finding{project.NoSite()}}, project.ErrFindings)
			}
			if err != nil {
				return p.machine(err)
			}
			refused := false
			for _, file := range args {
				r, err := collect.Take(root, file, o)
				var no *bundle.Refusal
				switch {
				case errors.As(err, &no):
					refused = true
					fmt.Fprintf(p.err, p.say(wordCollectNot)+"\n", diag.Printable(file), no.Text.In(p.lang))
				case errors.Is(err, fs.ErrNotExist) && r.Member == nil:
					return p.troubled(file, err)
				case err != nil:
					return p.machine(err)
				default:
					p.collected(file, r)
				}
			}
			if refused {
				return &failure{code: exitContent}
			}
			return nil
		},
	}
	c.Flags().StringVar(&o.Name, "name", "", p.say(wordCollectName))
	c.Flags().BoolVar(&o.Renamed, "renamed", false, p.say(wordCollectRenamed))
	return c
}

func (p *program) collected(file string, r collect.Result) {
	at := content.Root + "/" + content.MembersDir + "/" + r.Member.Name
	if r.Before.IsZero() {
		fmt.Fprintf(p.out, p.say(wordCollectNew)+"\n", diag.Printable(file), diag.Printable(r.Member.Called()), r.Member.Day, r.Records, at)
		return
	}
	fmt.Fprintf(p.out, p.say(wordCollectAgain)+"\n", diag.Printable(file), diag.Printable(r.Member.Called()), r.Member.Day, r.Records, at, r.Before, r.Gone)
}
