package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"mingdeng/internal/diag"
	"mingdeng/internal/generate"
	"mingdeng/internal/plaques"
)

var (
	wordDesigns     = diag.Text{Zh: "用本站的内容画出每一种版式，旁边站一个人", En: "draw every design with the site's own records, beside a person"}
	wordDesignsMore = diag.Text{
		Zh: "用本站的内容画出主题的每一种版式，同一比例，旁边站一个人，写到 -o 指定的文件夹里的 plaques/designs.html 和 plaques/designs.pdf。\n不写展品，每种版式自己挑一件合适的；写了（阵地/展品），就都用它。",
		En: "Draw every design of the theme with the site's own records, to one scale beside a person, as plaques/designs.html and plaques/designs.pdf in the folder given by -o.\nWithout an exhibit each design takes one that suits it; with one (VENUE/EXHIBIT) all take that.",
	}
	wordDesignsMade = diag.Text{Zh: "画了 %d 种版式：%s", En: "%d designs: %s"}
	wordNoDesigns   = diag.Text{Zh: "没有这件展品，或还没有任何展品", En: "there is no such exhibit, or none at all"}
)

func (p *program) previewCommand() *cobra.Command {
	return &cobra.Command{
		Use: "preview [VENUE/EXHIBIT]", Short: p.say(wordDesigns), Long: p.say(wordDesignsMore), Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			o, err := p.options()
			if err != nil {
				return err
			}
			exhibit := ""
			if len(args) > 0 {
				exhibit = args[0]
			}
			c, found, err := plaques.Preview(o, exhibit)
			if errors.Is(err, plaques.ErrNoExhibit) {
				return &failure{exitContent, p.say(wordNoDesigns)}
			}
			if err := p.tell(generate.Result{Findings: found}, err); err != nil && c == nil {
				return err
			}
			dir := p.output
			if !filepath.IsAbs(dir) {
				dir = filepath.Join(p.root, dir)
			}
			dir = filepath.Join(dir, "plaques")
			if err := os.MkdirAll(dir, 0o755); err != nil {
				return p.troubled(dir, err)
			}
			var page bytes.Buffer
			if err := c.HTML(&page, p.lang); err != nil {
				return err
			}
			sheet, err := c.PDF(p.lang)
			if err != nil {
				return err
			}
			for name, b := range map[string][]byte{"designs.html": page.Bytes(), "designs.pdf": sheet} {
				if err := os.WriteFile(filepath.Join(dir, name), b, 0o644); err != nil {
					return p.troubled(filepath.Join(dir, name), err)
				}
			}
			fmt.Fprintf(p.out, p.say(wordDesignsMade)+"\n", len(c.Designs), diag.Printable(filepath.Join(dir, "designs.html")))
			return nil
		},
	}
}
