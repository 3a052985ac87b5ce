package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"mingdeng/internal/diag"
	"mingdeng/internal/plaques"
	"mingdeng/internal/scans"
	"mingdeng/internal/site"
)

var (
	wordScans     = diag.Text{Zh: "从服务器日志数出每块铭牌打开了多少次", En: "count from server logs how often each plaque was opened"}
	wordScansLong = diag.Text{
		Zh: "  mingdeng scans access.log                     一个日志\n" +
			"  mingdeng scans 日志文件夹                     文件夹里的全部日志，.gz 也行\n" +
			"  mingdeng scans 日志文件夹 --to 扫码.xlsx      写成表格，带图（.csv、.json 也行）\n" +
			"  ssh 服务器 cat /var/log/nginx/access.log | mingdeng scans -\n\n" +
			"nginx、Apache、Caddy、IIS、阿里云 OSS 和 CDN、腾讯云 COS 和 CDN、华为云、CloudFront 的日志都认得。访客的地址不会写到任何地方。详见 mingdeng help scans。",
		En: "  mingdeng scans access.log                     one log\n" +
			"  mingdeng scans LOGS/                          every log in a folder, .gz too\n" +
			"  mingdeng scans LOGS/ --to scans.xlsx          as a workbook with charts (.csv and .json too)\n" +
			"  ssh HOST cat /var/log/nginx/access.log | mingdeng scans -\n\n" +
			"Logs of nginx, Apache, Caddy, IIS, Aliyun OSS and CDN, Tencent COS and CDN, Huawei and CloudFront are known. No address of a visitor is written anywhere. More: mingdeng help scans.",
	}
	wordScansArgs    = diag.Text{Zh: "要数哪些日志？例如 mingdeng scans access.log，或写上存日志的文件夹；- 表示从管道读", En: "count which logs? For instance mingdeng scans access.log, or a folder of logs; - reads a pipe"}
	wordScansTo      = diag.Text{Zh: "把结果写成这个`文件`：.xlsx（带图）、.csv 或 .json", En: "write the result to `FILE`: .xlsx (with charts), .csv or .json"}
	wordScansEnding  = diag.Text{Zh: "--to 的文件名要以 .xlsx、.csv 或 .json 结尾，不能是“%s”", En: "--to must name a file that ends in .xlsx, .csv or .json, not %q"}
	wordScansOutput  = diag.Text{Zh: "要把结果写成文件，用 --to，例如 --to 扫码.xlsx；-o 是生成网站的文件夹", En: "to write the result to a file use --to, such as --to scans.xlsx; -o is the folder a site is built into"}
	wordScansMissing = diag.Text{Zh: "没有“%s”这个文件或文件夹", En: "there is no file or folder %q"}
	wordScansNone    = diag.Text{Zh: "“%s”里没有日志", En: "there is no log in %q"}
	wordScansLeft    = diag.Text{Zh: "没有读（不是访问日志）：%s", En: "not read (no access logs): %s"}
	wordScansTwin    = diag.Text{Zh: "%s 和 %s 一模一样，只计一次", En: "%s is the same as %s and was counted once"}
	wordScansPacked  = diag.Text{Zh: "%s 是压缩包，没有计数：先解压（只有 .gz 和 .bz2 能直接读）", En: "%s is an archive and was not counted: unpack it first (only .gz and .bz2 are read as they are)"}
	wordScansDamaged = diag.Text{Zh: "%s 坏了，只数到第 %d 行：重新下载这个日志，再数一遍", En: "%s is damaged and was counted up to line %d: fetch it again and count once more"}
	wordScansOdd     = diag.Text{Zh: "有 %d 行看不懂，没有计数：%s。IIS 和 CloudFront 的日志要连同 #Fields 那一行一起给", En: "%d lines could not be read and were not counted: %s. Logs of IIS and CloudFront need their #Fields line"}
	wordScansPlace   = diag.Text{Zh: "%s 第 %d 行", En: "%s line %d"}
	wordScansKnown   = diag.Text{Zh: "没有一行看得懂：这些大概不是访问日志。认得哪些日志，见 mingdeng help scans", En: "not one line could be read: these are hardly access logs. mingdeng help scans tells which are known"}
	wordScansRead    = diag.Text{Zh: "读日志时出了问题：%v", En: "reading the logs failed: %v"}
	wordScansWritten = diag.Text{Zh: "已写入 %s", En: "written to %s"}
	wordScansStopped = diag.Text{Zh: "已中止，什么也没有写", En: "stopped; nothing was written"}
	wordCounting     = diag.Text{Zh: "正在数", En: "counting"}
	wordStdin        = diag.Text{Zh: "标准输入", En: "standard input"}
)

// scansFormats are what --to can write, by the ending of its file.
var scansFormats = map[string]func(*scans.Report, io.Writer) error{
	".xlsx": (*scans.Report).XLSX, ".csv": (*scans.Report).CSV, ".json": (*scans.Report).JSON,
}

func (p *program) scansCommand() *cobra.Command {
	to := ""
	c := &cobra.Command{
		Use: "scans LOG…", Short: p.say(wordScans), Long: p.say(wordScansLong), Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usage("%s", p.say(wordScansArgs))
			}
			write := scansFormats[strings.ToLower(filepath.Ext(to))]
			if to != "" && write == nil {
				return usage(p.say(wordScansEnding), to)
			}
			if to == "" && cmd.Flag("output").Changed { // -o names the folder of the site that is made
				return usage("%s", p.say(wordScansOutput))
			}
			files, left, err := scans.Files(args)
			var missing *fs.PathError
			switch {
			case errors.As(err, &missing) && errors.Is(err, fs.ErrNotExist):
				return usage(p.say(wordScansMissing), missing.Path)
			case err != nil:
				return &failure{exitMachine, fmt.Sprintf(p.say(wordScansRead), err)}
			case len(files) == 0:
				return usage(p.say(wordScansNone), strings.Join(args, ", "))
			}
			plaques, err := p.plaques()
			if err != nil {
				return err
			}
			counter := scans.NewCounter(plaques)
			whole, err := p.countLogs(cmd.Context(), counter, files)
			if err != nil {
				return err
			}
			p.note(len(left) > 0, wordScansLeft, strings.Join(left, ", "))
			r := counter.Report()
			p.tellOdd(r)
			if counter.Empty() && r.Lines > 0 {
				return &failure{exitContent, p.say(wordScansKnown)}
			}
			if err := p.writeScans(r, to, write); err != nil {
				return p.machine(err)
			}
			if !whole {
				return &failure{code: exitContent}
			}
			return nil
		},
	}
	c.Flags().StringVar(&to, "to", "", p.say(wordScansTo))
	return c
}

// plaques are the codes of the site's ledger with what they open.
func (p *program) plaques() ([]scans.Plaque, error) {
	o, err := p.options()
	if err != nil {
		return nil, err
	}
	codes, _, found, err := plaques.Codes(o)
	if err != nil { // warnings of the content are not asked for here
		return nil, p.ledgerFailed(found, err)
	}
	return plaquesOf(codes), nil
}

func plaquesOf(codes []*site.Code) []scans.Plaque {
	var out []scans.Plaque
	for _, c := range codes {
		x := scans.Plaque{Code: c.Code, Retired: c.Retired}
		if c.Venue != nil {
			x.Venue, x.VenueName = c.Venue.Slug, c.Venue.Name
		}
		if !c.Retired && c.Exhibit != nil { // a retired one names nobody
			x.Exhibit, x.Name = c.Venue.Slug+"/"+c.Exhibit.Slug, c.Exhibit.Name
		}
		out = append(out, x)
	}
	return out
}

// note tells something on stderr, unless errors alone are asked for.
func (p *program) note(when bool, words diag.Text, args ...any) {
	if when && !p.quiet {
		fmt.Fprintf(p.err, p.say(words)+"\n", args...)
	}
}

// countLogs reads the logs; whole tells that each could be read to its end.
func (p *program) countLogs(ctx context.Context, counter *scans.Counter, files []string) (whole bool, err error) {
	total := int64(0)
	for _, file := range files {
		if info, err := os.Stat(file); err == nil {
			total += info.Size()
		}
	}
	bar := p.progress(time.Now())
	bar.doing = wordCounting
	defer bar.clear()
	done := int64(0)
	step := func(n int) {
		done += int64(n)
		bar.update(int(done>>10), int(max(total, done)>>10))
	}
	whole = true
	for _, file := range files {
		in, name := p.in, p.say(wordStdin)
		if file != "-" {
			f, err := os.Open(file)
			if err != nil {
				return false, &failure{exitMachine, fmt.Sprintf(p.say(wordScansRead), err)}
			}
			in, name = f, file
		}
		log, err := countLog(ctx, counter, name, &stepped{in, step})
		if f, ok := in.(*os.File); ok && file != "-" {
			f.Close()
		}
		switch {
		case errors.Is(err, scans.ErrStopped):
			return false, &failure{exitMachine, p.say(wordScansStopped)}
		case errors.Is(err, scans.ErrPacked):
			fmt.Fprintf(p.err, p.say(wordScansPacked)+"\n", name)
			whole = false
		case err != nil && scans.Damaged(err):
			fmt.Fprintf(p.err, p.say(wordScansDamaged)+"\n", name, log.Lines)
			whole = false
		case err != nil:
			return false, &failure{exitMachine, fmt.Sprintf(p.say(wordScansRead), err)}
		default:
			p.note(log.Same != "", wordScansTwin, name, log.Same)
		}
	}
	return whole, nil
}

func countLog(ctx context.Context, counter *scans.Counter, name string, in io.Reader) (scans.Log, error) {
	text, err := scans.Open(in)
	if err != nil {
		return scans.Log{}, err
	}
	return counter.Read(ctx, name, text)
}

// stepped tells how much of it was read.
type stepped struct {
	io.Reader
	step func(int)
}

func (s *stepped) Read(b []byte) (int, error) {
	n, err := s.Reader.Read(b)
	s.step(n)
	return n, err
}

// tellOdd tells how many lines could not be read, and where the first stand. What they
// hold is not shown: it may be a visitor's address.
func (p *program) tellOdd(r *scans.Report) {
	if r.Odd == 0 {
		return
	}
	var places []string
	for _, x := range r.Places {
		places = append(places, fmt.Sprintf(p.say(wordScansPlace), x.File, x.Line))
	}
	where := strings.Join(places, p.say(diag.Text{Zh: "、", En: ", "}))
	if int64(len(places)) < r.Odd {
		where += "…"
	}
	p.note(true, wordScansOdd, r.Odd, where)
}

// writeScans writes the result: to a file where one is named, and to people or, as JSON, to
// programs.
func (p *program) writeScans(r *scans.Report, to string, write func(*scans.Report, io.Writer) error) error {
	if to != "" {
		if err := replaceFile(to, func(w io.Writer) error { return write(r, w) }); err != nil {
			return err
		}
	}
	if p.format == "json" {
		return r.JSON(p.out)
	}
	if !p.quiet || to == "" {
		if err := r.Text(p.out, p.lang, p.verbose); err != nil {
			return err
		}
	}
	if to != "" {
		fmt.Fprintf(p.out, p.say(wordScansWritten)+"\n", to)
	}
	return nil
}

// replaceFile writes a file whole or not at all.
func replaceFile(name string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+"-*")
	if err != nil {
		return err
	}
	err = errors.Join(write(f), f.Chmod(0o644), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}
