package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/importer"
	"mingdeng/internal/importer/report"
)

func (p *program) importCommand() *cobra.Command {
	var kind, into, region string
	var named, dry bool
	c := &cobra.Command{
		Use: "import FILE…", Short: p.say(wordImport), Long: p.say(wordImportLong), Args: cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			o := importer.Options{Into: into, Named: named, Lang: p.lang}
			if len(args) == 0 {
				return usage("%s", p.say(wordImportArgs))
			}
			if kind != "" {
				k, _ := content.KindNamed(kind)
				if kind == "篇目" { // as the keys of exhibits call it
					k = content.KindChapter
				}
				if !slices.Contains(importer.Kinds, k) {
					return usage(p.say(wordImportKind), kind)
				}
				o.Kind = k
			}
			for _, part := range strings.FieldsFunc(region, func(r rune) bool { return r == '/' || r == '／' }) {
				o.Region = append(o.Region, strings.TrimSpace(part))
			}
			var err error
			if o.Today, err = p.today(); err != nil {
				return err
			}
			root, err := os.OpenRoot(p.root)
			if err != nil {
				return p.machine(err)
			}
			defer root.Close()
			if _, err := root.Stat(content.Root); errors.Is(err, fs.ErrNotExist) {
				return usage(p.say(wordImportNoSite), p.root)
			}
			plan, err := importer.Make(root.FS(), args, o)
			var said *report.Error
			switch {
			case errors.As(err, &said):
				return usage("%s", said.Text.In(p.lang))
			case err != nil:
				return p.machine(err)
			}
			if !dry {
				if err := plan.Write(root); err != nil {
					return &failure{exitMachine, p.machine(err).message + "\n  " + p.say(wordImportUndone)}
				}
			}
			if err := p.tellImport(plan, dry); err != nil {
				return p.machine(err)
			}
			if plan.Failed() {
				return &failure{code: exitContent}
			}
			return nil
		},
	}
	f := c.Flags()
	f.StringVar(&kind, "kind", "", p.say(wordImportFlagKind))
	f.StringVar(&into, "into", "", p.say(wordImportFlagInto))
	f.StringVar(&region, "region", "", p.say(wordImportFlagRegion))
	f.BoolVar(&named, "named", false, p.say(wordImportFlagNamed))
	f.BoolVar(&dry, "dry-run", false, p.say(wordImportFlagDry))
	return c
}

// tellImport writes the report: what came of each file, and the files.
func (p *program) tellImport(plan *importer.Plan, dry bool) error {
	if p.format == "json" {
		return p.importJSON(plan, dry)
	}
	w := &sink{w: p.out}
	for _, s := range plan.Sources {
		w.line("%s", s.Name)
		if s.Err != nil {
			w.line("  "+p.say(wordImportNot), s.Err.Text.In(p.lang))
			continue
		}
		for _, sort := range report.Sorts() {
			first := true
			for _, e := range s.Log.Entries {
				if e.Sort != sort.Sort || p.quiet && sort.Sort == report.Taken {
					continue
				}
				if first {
					w.line("  %s", p.say(sort.Text))
					first = false
				}
				w.line("    · %s", e.Text.In(p.lang))
			}
		}
		p.importFiles(w, s)
	}
	words := wordImportDone
	if dry {
		words = wordImportDry
	}
	w.line(p.say(words), plan.Count(importer.New), plan.Count(importer.Same), plan.Count(importer.Refused)+plan.Count(importer.Held))
	return w.err
}

// shownFiles is how many files of one source are listed without -v.
const shownFiles = 20

func (p *program) importFiles(w *sink, s *importer.Source) {
	if len(s.Files) == 0 {
		return
	}
	w.line("  %s", p.say(wordImportFiles))
	for i, f := range s.Files {
		if i == shownFiles && !p.verbose && len(s.Files) > shownFiles+1 {
			w.line("    "+p.say(wordImportMore), len(s.Files)-i)
			break
		}
		state := ""
		switch f.State {
		case importer.Same:
			state = p.say(wordImportSame)
		case importer.Refused:
			state = p.say(wordImportRefused)
		case importer.Held:
			state = p.say(wordImportHeld)
		}
		w.line("    %s%s", f.Path, state)
	}
}

// importJSON writes an object a line: one for each entry and one for each file.
func (p *program) importJSON(plan *importer.Plan, dry bool) error {
	enc := json.NewEncoder(p.out)
	enc.SetEscapeHTML(false)
	var err error
	for _, s := range plan.Sources {
		put := func(sort, message string) {
			err = errors.Join(err, enc.Encode(struct {
				Source  string `json:"source"`
				Sort    string `json:"sort"`
				Message string `json:"message"`
			}{s.Name, sort, message}))
		}
		if s.Err != nil {
			put("error", s.Err.Text.In(p.lang))
		}
		for _, e := range s.Log.Entries {
			put(string(e.Sort), e.Text.In(p.lang))
		}
		for _, f := range s.Files {
			err = errors.Join(err, enc.Encode(struct {
				Source  string `json:"source"`
				File    string `json:"file"`
				State   string `json:"state"`
				Bytes   int    `json:"bytes"`
				Written bool   `json:"written"`
			}{s.Name, f.Path, string(f.State), len(f.Data), f.State == importer.New && !dry}))
		}
	}
	return err
}

// sink writes lines and remembers the first error.
type sink struct {
	w   io.Writer
	err error
}

func (s *sink) line(format string, args ...any) {
	for i, a := range args {
		if text, ok := a.(string); ok {
			args[i] = diag.Printable(text)
		}
	}
	if _, err := fmt.Fprintf(s.w, format+"\n", args...); s.err == nil {
		s.err = err
	}
}

var (
	wordImport     = diag.Text{Zh: "把 Word、表格名单、存下来的网页文章变成内容", En: "turn Word files, rolls and saved articles into content"}
	wordImportLong = diag.Text{
		Zh: "  mingdeng import 走访.docx                          变成简报\n" +
			"  mingdeng import 第一篇.docx --into 书名             变成一本书里的文章\n" +
			"  mingdeng import 关于我们.docx --kind 页面           变成页面\n" +
			"  mingdeng import 名单.xlsx --region 某省/某市        一行一位英雄（.csv 也行）\n" +
			"  mingdeng import 文章.html                          浏览器“另存为 → 网页，全部”的公众号文章变成简报\n" +
			"  mingdeng import *.docx 或 mingdeng import 文件夹    一次收进来很多\n\n" +
			"先加 --dry-run 看看会怎样。已有的文件从不改动；导入的文章是草稿，导入的英雄都未授权，核对之前什么也不会上网。",
		En: "  mingdeng import visit.docx                         becomes a brief\n" +
			"  mingdeng import one.docx --into BOOK               a chapter of a book\n" +
			"  mingdeng import about.docx --kind page             a page\n" +
			"  mingdeng import roll.xlsx --region PROVINCE/CITY   a hero a row (.csv too)\n" +
			"  mingdeng import article.html                       a saved WeChat article becomes a brief\n" +
			"  mingdeng import *.docx, or mingdeng import FOLDER  many at once\n\n" +
			"Try --dry-run first. Nothing that exists is changed; texts come as drafts and heroes without consent, so nothing shows before it is checked.",
	}
	wordImportArgs       = diag.Text{Zh: "要导入哪个文件？例如 mingdeng import 走访.docx；mingdeng help import 有更多例子", En: "import what? For instance: mingdeng import visit.docx; see mingdeng help import"}
	wordImportKind       = diag.Text{Zh: "--kind 只能是 简报、文章、页面 或 英雄，不能是“%s”", En: "--kind must be brief, chapter, page or hero, not %q"}
	wordImportNoSite     = diag.Text{Zh: "“%s”里没有 content 文件夹：到网站的文件夹里运行，或用 -C 指明", En: "there is no content folder in %q: run it in the site's folder or name that with -C"}
	wordImportUndone     = diag.Text{Zh: "这次写的都已撤回，可以再试。", En: "What had been written was taken back; try again."}
	wordImportNot        = diag.Text{Zh: "没有导入：%s", En: "not imported: %s"}
	wordImportFiles      = diag.Text{Zh: "文件", En: "files"}
	wordImportMore       = diag.Text{Zh: "……还有 %d 个（加 -v 全部列出）", En: "… and %d more (-v lists them all)"}
	wordImportSame       = diag.Text{Zh: "（已经有了，一模一样）", En: " (there already, the same)"}
	wordImportRefused    = diag.Text{Zh: "（已经有了，不一样：没有改动）", En: " (there already and different: left as it is)"}
	wordImportHeld       = diag.Text{Zh: "（没有导入：姓名已在文章里）", En: " (held back: named in the site's texts)"}
	wordImportDone       = diag.Text{Zh: "写了 %d 个文件；%d 个已经有了；%d 个没有导入。", En: "%d files written; %d there already; %d not imported."}
	wordImportDry        = diag.Text{Zh: "试运行，什么也没有写。会写 %d 个文件；%d 个已经有了；%d 个不导入。", En: "A trial: nothing was written. %d files would be; %d are there already; %d not imported."}
	wordImportFlagKind   = diag.Text{Zh: "变成哪`种`记录：简报、文章、页面或英雄（不写就按文件）", En: "`KIND` of record: brief, chapter, page or hero (by the file if not given)"}
	wordImportFlagInto   = diag.Text{Zh: "放进哪里：一本`书`，或简报的年份", En: "`WHERE` to: a book, or a year of briefs"}
	wordImportFlagRegion = diag.Text{Zh: "没写地区的人用这个`地区`（省/市/县）", En: "`REGION` of people who have none (province/city/county)"}
	wordImportFlagNamed  = diag.Text{Zh: "姓名已写在文章里的人也导入（授权之前生成会停下）", En: "also people named in the site's texts (a build stops until they consent)"}
	wordImportFlagDry    = diag.Text{Zh: "只说会怎样，什么也不写", En: "tell what would happen and write nothing"}
)
