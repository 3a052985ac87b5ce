package main

import (
	"bufio"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"mingdeng/internal/diag"
	"mingdeng/internal/importer/office"
)

// olderFiles has files of older programs converted, if the person agrees.
type olderFiles struct {
	p    *program
	how  string // the flag
	left []string
}

// convert is importer.Options.Convert. It asks once for all of them.
func (o *olderFiles) convert(files []string, dir string) ([]string, error) {
	p := o.p
	program := office.Find()
	agreed := o.how == "yes" || o.how == "是"
	if program != "" && o.how == "" && p.asks {
		q := &dialogue{p: p, in: bufio.NewReader(p.in), stopped: wordImportStopped}
		answer, err := q.ask(fmt.Sprintf(p.say(wordImportAsk), len(files), filepath.Base(files[0])), func(s string) string {
			if _, ok := yes(s); !ok {
				return p.say(wordYesNo)
			}
			return ""
		})
		if err != nil {
			return nil, err
		}
		agreed, _ = yes(answer)
	}
	if program == "" || !agreed {
		o.left = files
		return nil, nil
	}
	g := &progress{p: p, start: time.Now(), doing: wordConverting}
	made, err := office.Convert(p.ctx, program, files, dir, func(n int) { g.update(n, len(files)) })
	g.clear()
	for i, m := range made {
		if m == "" {
			o.left = append(o.left, files[i])
		}
	}
	return made, err
}

// recipe tells once how the files that were not converted can be.
func (o *olderFiles) recipe() error {
	if len(o.left) == 0 || o.p.format == "json" {
		return nil
	}
	var endings []string
	for _, f := range o.left {
		if e := strings.ToLower(filepath.Ext(f)); !slices.Contains(endings, e) {
			endings = append(endings, e)
		}
	}
	slices.Sort(endings)
	w := &sink{w: o.p.out}
	switch {
	case office.Find() == "":
		w.line(o.p.say(wordImportRecipe), len(o.left), strings.Join(endings, " "))
	case o.how != "yes" && o.how != "是":
		w.line(o.p.say(wordImportWithOffice), len(o.left), strings.Join(endings, " "))
	default:
		w.line(o.p.say(wordImportUnconverted), len(o.left), strings.Join(endings, " "))
	}
	return w.err
}

var (
	wordConverting    = diag.Text{Zh: "LibreOffice 正在转换", En: "LibreOffice is converting"}
	wordImportStopped = diag.Text{Zh: "停下了，什么也没有写。", En: "Stopped; nothing was written."}
	wordImportAsk     = diag.Text{
		Zh: "有 %d 个老格式的文件（“%s”…），要用这台机器上的 LibreOffice 转换吗？原来的文件不动（是/否）",
		En: "%d files are of older programs (%s …). Convert them with the LibreOffice of this machine? They stay as they are (yes/no)",
	}
	wordImportRecipe = diag.Text{
		Zh: "%d 个老格式的文件（%s）没有导入。装上 LibreOffice（免费，libreoffice.org），再运行一次，就会一次转换好。\n或者在 WPS 里逐个打开，另存为 .docx（表格存成 .xlsx）。",
		En: "%d files of older programs (%s) were not imported. Install LibreOffice (free, libreoffice.org) and run this again: it converts them all.\nOr open each in WPS or Word and save it as .docx (workbooks as .xlsx).",
	}
	wordImportWithOffice = diag.Text{
		Zh: "%d 个老格式的文件（%s）没有导入。这台机器上有 LibreOffice：加上 --convert 是，就会一次转换好再导入，原来的文件不动。",
		En: "%d files of older programs (%s) were not imported. LibreOffice is installed here: with --convert yes they are converted and imported; they stay as they are.",
	}
	wordImportUnconverted = diag.Text{
		Zh: "%d 个老格式的文件（%s）LibreOffice 也打不开：可能坏了，或加了密码。在 WPS 里打开，另存为 .docx（表格存成 .xlsx），不要设密码。",
		En: "LibreOffice cannot open %d files of older programs (%s) either: they may be damaged or have a password. Open them in WPS or Word and save them as .docx (workbooks as .xlsx) without one.",
	}
)
