package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"

	"github.com/spf13/cobra"

	"mingdeng/internal/diag"
	"mingdeng/internal/generate"
	"mingdeng/internal/project"
	"mingdeng/internal/scans"
	"mingdeng/internal/yearly"
)

var (
	wordYear     = diag.Text{Zh: "起草一年的数据报告", En: "draft the report of a year"}
	wordYearLong = diag.Text{
		Zh: "  mingdeng report 2026                     写出 content/reports/2026.md\n" +
			"  mingdeng report 2026 --scans 扫码.json   连扫码次数一起（先 mingdeng scans 日志文件夹 --to 扫码.json）\n\n" +
			"简报、转载、英雄、活动、阵地、展品、铭牌按网站上看得到的数，旁边是上一年的。写出来的是草稿，核对改正后再发布；已有的报告从不改动。",
		En: "  mingdeng report 2026                      writes content/reports/2026.md\n" +
			"  mingdeng report 2026 --scans scans.json   with the openings of plaques (first: mingdeng scans LOGS/ --to scans.json)\n\n" +
			"Briefs, reprints, heroes, events, venues, exhibits and plaques are counted as the site shows them, the year before beside them. It is a draft to be checked and corrected; a report that exists is never changed.",
	}
	wordYearArgs    = diag.Text{Zh: "用法：mingdeng report 年份 [--scans 文件]，例如 mingdeng report 2026；年份在 %d 到 %d 之间", En: "usage: mingdeng report YEAR [--scans FILE], such as mingdeng report 2026; the year lies between %d and %d"}
	wordYearScans   = diag.Text{Zh: "扫码次数：mingdeng scans 写出的 .json `文件`", En: "the `FILE` (.json) that mingdeng scans wrote"}
	wordYearNoScans = diag.Text{Zh: "“%s”不是 mingdeng scans 写出的 .json 文件：先运行 mingdeng scans 日志文件夹 --to 扫码.json", En: "%q is no .json file that mingdeng scans wrote: first run mingdeng scans LOGS/ --to scans.json"}
	wordYearOther   = diag.Text{Zh: "“%s”里没有 %d 年的日志（它从 %s 到 %s），报告里没有扫码次数", En: "%q holds no logs of %d (it runs from %s to %s); the report has no openings"}
	wordYearNothing = diag.Text{Zh: "网站上没有 %d 年的内容，没有新建报告", En: "the site shows nothing of %d; no report was made"}
	wordYearMade    = diag.Text{Zh: "已新建 %s：%d 个数字。它是草稿：核对改正，删掉“草稿”那一行就会发布", En: "made %s: %d figures. It is a draft: check and correct it, then take out the line draft to publish"}
)

func (p *program) yearCommand() *cobra.Command {
	from := ""
	c := &cobra.Command{
		Use: "report YEAR", Short: p.say(wordYear), Long: p.say(wordYearLong), Args: cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			year := 0
			if len(args) == 1 {
				year, _ = strconv.Atoi(args[0])
			}
			if year < yearly.Earliest || year > yearly.Latest {
				return usage(p.say(wordYearArgs), yearly.Earliest, yearly.Latest)
			}
			opened, err := p.readScans(from)
			if err != nil {
				return err
			}
			o, err := p.options()
			if err != nil {
				return err
			}
			o.Drafts = false // what is not published is no figure of the site
			model, records, found, err := project.Resolved(o)
			if err != nil {
				return p.tell(generate.Result{Findings: found}, err)
			}
			if path := yearly.Existing(records, year); path != "" {
				return &failure{exitContent, fmt.Sprintf(p.say(wordExists), path)}
			}
			if opened != nil && (opened.From == "" || opened.From[:4] > args[0] || opened.To[:4] < args[0]) {
				p.note(true, wordYearOther, from, year, opened.From, opened.To)
			}
			r := yearly.Draft(yearly.Request{Year: year, Site: model.Editions[0], Scans: opened, Lang: p.lang})
			if r == nil {
				return &failure{exitContent, fmt.Sprintf(p.say(wordYearNothing), year)}
			}
			root, err := os.OpenRoot(p.root)
			if err != nil {
				return p.machine(err)
			}
			defer root.Close()
			path := yearly.Path(year)
			switch err := r.Write(root); {
			case errors.Is(err, fs.ErrExist):
				return &failure{exitContent, fmt.Sprintf(p.say(wordExists), path)}
			case err != nil:
				return p.machine(err)
			}
			n := 0
			for _, g := range r.Groups {
				n += len(g.Figures)
			}
			fmt.Fprintf(p.out, p.say(wordYearMade)+"\n", path, n)
			return nil
		},
	}
	c.Flags().StringVar(&from, "scans", "", p.say(wordYearScans))
	return c
}

// readScans reads what `mingdeng scans` wrote; nil where no file is named.
func (p *program) readScans(name string) (*scans.Report, error) {
	if name == "" {
		return nil, nil
	}
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, usage(p.say(wordScansMissing), name)
	}
	if err != nil {
		return nil, p.machine(err)
	}
	defer f.Close()
	r, err := scans.ReadReport(f)
	if err != nil {
		return nil, usage(p.say(wordYearNoScans), name)
	}
	return r, nil
}
