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
	"time"

	"github.com/spf13/cobra"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/importer"
	"mingdeng/internal/importer/report"
)

func (p *program) importCommand() *cobra.Command {
	var kind, into, region, convert string
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
			old := &olderFiles{p: p, how: convert}
			switch convert {
			case "", "yes", "no", "是", "否":
			default:
				return usage(p.say(wordImportConvertBad), convert)
			}
			g := &progress{p: p, start: time.Now(), doing: wordImporting}
			o.Convert, o.Progress = old.convert, g.update
			plan, err := importer.Make(root.FS(), args, o)
			g.clear()
			var said *report.Error
			var stopped *failure
			switch {
			case errors.As(err, &said):
				return usage("%s", said.Text.In(p.lang))
			case errors.As(err, &stopped):
				return err
			case err != nil:
				return p.machine(err)
			}
			if !dry {
				if err := plan.Write(root); err != nil {
					return &failure{exitMachine, p.machine(err).message + "\n  " + p.say(wordImportUndone)}
				}
			}
			if err := errors.Join(p.tellImport(plan, dry), old.recipe()); err != nil {
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
	f.StringVar(&convert, "convert", "", p.say(wordImportFlagConvert))
	f.BoolVar(&dry, "dry-run", false, p.say(wordImportFlagDry))
	return c
}

// tellImport writes the report: what came of each file, and the files.
func (p *program) tellImport(plan *importer.Plan, dry bool) error {
	if p.format == "json" {
		return p.importJSON(plan, dry)
	}
	w := &sink{w: p.out}
	many := len(plan.Sources) > shownSources && !p.verbose
	told := 0
	for _, s := range plan.Sources {
		if told++; many && told > shownLines {
			w.line(p.say(wordImportSources), len(plan.Sources)-told+1)
			break
		}
		if many && s.Err == nil {
			p.importLine(w, s)
			continue
		}
		w.line("%s", s.Name)
		if s.Err != nil {
			w.line("  "+p.say(wordImportNot), s.Err.Text.In(p.lang))
		}
		for _, sort := range report.Sorts() {
			n := 0
			for _, e := range s.Log.Entries {
				if e.Sort != sort.Sort || p.quiet && sort.Sort == report.Taken {
					continue
				}
				if n++; n == 1 {
					w.line("  %s", p.say(sort.Text))
				}
				if n <= shownEntries || p.verbose {
					w.line("    · %s", e.Text.In(p.lang))
				}
			}
			if n > shownEntries && !p.verbose {
				w.line("    "+p.say(wordImportEntries), n-shownEntries)
			}
		}
		p.importFiles(w, s)
	}
	words := wordImportDone
	if dry {
		words = wordImportDry
	}
	w.line(p.say(words), plan.Count(importer.New), plan.Count(importer.Same), plan.Count(importer.Refused)+plan.Count(importer.Held)+plan.Faults())
	return w.err
}

// What is listed without -v: files of one source, lines of one sort; of more sources than
// shownSources, a line each, and no more than shownLines.
const (
	shownFiles   = 20
	shownEntries = 12
	shownSources = 20
	shownLines   = 60
)

// importLine tells of one source among many.
func (p *program) importLine(w *sink, s *importer.Source) {
	first, count, look := "", 0, 0
	for _, f := range s.Files {
		if strings.HasSuffix(f.Path, ".md") {
			if count++; count == 1 {
				first = f.Path + p.importState(f.State)
			}
		}
	}
	for _, e := range s.Log.Entries {
		if e.Sort != report.Taken {
			look++
		}
	}
	w.line(p.say(wordImportLine), s.Name, first, count, look)
}

func (p *program) importState(s importer.State) string {
	switch s {
	case importer.Same:
		return p.say(wordImportSame)
	case importer.Refused:
		return p.say(wordImportRefused)
	case importer.Held:
		return p.say(wordImportHeld)
	}
	return ""
}

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
		w.line("    %s%s", f.Path, p.importState(f.State))
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
			"  mingdeng import *.docx 或 mingdeng import 文件夹    一次收进来很多，.zip 也行\n\n" +
			"老格式（.doc .wps .xls .et .rtf .odt .ods）装了 LibreOffice 就自动转换。更多例子：mingdeng help import\n" +
			"先加 --dry-run 看看会怎样。已有的文件从不改动；导入的文章是草稿，导入的英雄都未授权，核对之前什么也不会上网。",
		En: "  mingdeng import visit.docx                         becomes a brief\n" +
			"  mingdeng import one.docx --into BOOK               a chapter of a book\n" +
			"  mingdeng import about.docx --kind page             a page\n" +
			"  mingdeng import roll.xlsx --region PROVINCE/CITY   a hero a row (.csv too)\n" +
			"  mingdeng import article.html                       a saved WeChat article becomes a brief\n" +
			"  mingdeng import *.docx, or mingdeng import FOLDER  many at once, .zip too\n\n" +
			"Older files (.doc .wps .xls .et .rtf .odt .ods) are converted where LibreOffice is installed. More: mingdeng help import\n" +
			"Try --dry-run first. Nothing that exists is changed; texts come as drafts and heroes without consent, so nothing shows before it is checked.",
	}
	wordImportArgs        = diag.Text{Zh: "要导入哪个文件？例如 mingdeng import 走访.docx；mingdeng help import 有更多例子", En: "import what? For instance: mingdeng import visit.docx; see mingdeng help import"}
	wordImportKind        = diag.Text{Zh: "--kind 只能是 简报、文章、页面 或 英雄，不能是“%s”", En: "--kind must be brief, chapter, page or hero, not %q"}
	wordImportNoSite      = diag.Text{Zh: "“%s”里没有 content 文件夹：到网站的文件夹里运行，或用 -C 指明", En: "there is no content folder in %q: run it in the site's folder or name that with -C"}
	wordImportUndone      = diag.Text{Zh: "这次写的都已撤回，可以再试。", En: "What had been written was taken back; try again."}
	wordImportNot         = diag.Text{Zh: "没有导入：%s", En: "not imported: %s"}
	wordImportFiles       = diag.Text{Zh: "文件", En: "files"}
	wordImporting         = diag.Text{Zh: "正在读", En: "reading"}
	wordImportEntries     = diag.Text{Zh: "……还有 %d 条（加 -v 全部列出）", En: "… and %d more lines (-v lists them all)"}
	wordImportSources     = diag.Text{Zh: "……还有 %d 个文件（加 -v 全部列出）", En: "… and %d more files (-v lists them all)"}
	wordImportLine        = diag.Text{Zh: "%s → %s（共 %d 篇；要看的 %d 条，加 -v 列出）", En: "%s → %s (%d in all; %d lines to look at, with -v)"}
	wordImportMore        = diag.Text{Zh: "……还有 %d 个（加 -v 全部列出）", En: "… and %d more (-v lists them all)"}
	wordImportSame        = diag.Text{Zh: "（已经有了，一模一样）", En: " (there already, the same)"}
	wordImportRefused     = diag.Text{Zh: "（已经有了，不一样：没有改动）", En: " (there already and different: left as it is)"}
	wordImportHeld        = diag.Text{Zh: "（没有导入：姓名已在文章里）", En: " (held back: named in the site's texts)"}
	wordImportDone        = diag.Text{Zh: "写了 %d 个文件；%d 个已经有了；%d 个没有导入。", En: "%d files written; %d there already; %d not imported."}
	wordImportDry         = diag.Text{Zh: "试运行，什么也没有写。会写 %d 个文件；%d 个已经有了；%d 个不导入。", En: "A trial: nothing was written. %d files would be; %d are there already; %d not imported."}
	wordImportFlagKind    = diag.Text{Zh: "变成哪`种`记录：简报、文章、页面或英雄（不写就按文件）", En: "`KIND` of record: brief, chapter, page or hero (by the file if not given)"}
	wordImportFlagInto    = diag.Text{Zh: "放进哪里：一本`书`，或简报的年份", En: "`WHERE` to: a book, or a year of briefs"}
	wordImportFlagRegion  = diag.Text{Zh: "没写地区的人用这个`地区`（省/市/县）", En: "`REGION` of people who have none (province/city/county)"}
	wordImportFlagNamed   = diag.Text{Zh: "姓名已写在文章里的人也导入（授权之前生成会停下）", En: "also people named in the site's texts (a build stops until they consent)"}
	wordImportFlagConvert = diag.Text{Zh: "老格式的文件用 LibreOffice 转换：`是`或否（不写，就在终端里问一次）", En: "convert older files with LibreOffice: `yes` or no (asked once at a terminal)"}
	wordImportConvertBad  = diag.Text{Zh: "--convert 只能是 是 或 否，不能是“%s”", En: "--convert must be yes or no, not %q"}
	wordImportFlagDry     = diag.Text{Zh: "只说会怎样，什么也不写", En: "tell what would happen and write nothing"}
)
