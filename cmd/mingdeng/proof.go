package main

import (
	"fmt"
	"image"
	_ "image/gif" // formats that photos come in
	_ "image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"text/tabwriter"

	"github.com/spf13/cobra"
	_ "golang.org/x/image/webp"

	"mingdeng/internal/diag"
	"mingdeng/internal/generate"
	"mingdeng/internal/plaque/kit"
	"mingdeng/internal/plaque/proof"
	"mingdeng/internal/plaques"
)

var (
	wordProof       = diag.Text{Zh: "把成品上的码放到各种坏条件下试读", En: "try the finished codes under bad conditions"}
	wordSheets      = diag.Text{Zh: "把每块铭牌的试读照片存到这个`文件夹`", En: "`DIR` for a contact sheet of each plaque"}
	wordHolds       = diag.Text{Zh: "合格", En: "holds"}
	wordFails       = diag.Text{Zh: "不合格", En: "FAILS"}
	wordNeed        = diag.Text{Zh: "（要求 %.0f%%）", En: " (needs %.0f%%)"}
	wordFailed      = diag.Text{Zh: "有 %d 块铭牌不合格", En: "%d plaques fail"}
	wordInspect     = diag.Text{Zh: "读照片里的码：是哪件展品、是否在用、还是别人贴的", En: "read codes in photos: which exhibit, in force or not, or foreign"}
	wordInspectArgs = diag.Text{Zh: "用法：mingdeng plaque inspect 照片…", En: "usage: mingdeng plaque inspect PHOTO…"}
	wordNoCodeHere  = diag.Text{Zh: "%s: 没有读到二维码", En: "%s: no code could be read"}
	wordBadPhoto    = diag.Text{Zh: "%s: 读不了这张照片（%v）", En: "%s: cannot read this photo (%v)"}
	wordForeignCode = diag.Text{Zh: "外来的码 FOREIGN", En: "FOREIGN"}
	wordForeignSeen = diag.Text{Zh: "有 %d 个外来的码：可能被人贴了别的二维码，请去现场看看", En: "%d foreign codes: somebody may have pasted over a plaque; go and look"}
)

func (p *program) proofCommand() *cobra.Command {
	sheets := ""
	c := &cobra.Command{
		Use: "proof [CODE…]", SuggestFor: []string{"试读", "test"}, Short: p.say(wordProof), Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			o, err := p.options()
			if err != nil {
				return err
			}
			failed := 0
			found, err := plaques.Proof(cmd.Context(), o, args, func(x kit.Plaque, r *proof.Report) error {
				if !r.Holds() {
					failed++
				}
				p.printProof(x, r)
				if sheets == "" {
					return nil
				}
				return savePNG(sheets, x.Code+".png", r.Sheet)
			})
			if err := p.ledgerFailed(found, err); err != nil {
				return err
			}
			if failed > 0 {
				return &failure{exitContent, fmt.Sprintf(p.say(wordFailed), failed)}
			}
			return nil
		},
	}
	c.Flags().StringVar(&sheets, "sheets", "", p.say(wordSheets))
	return c
}

func (p *program) printProof(x kit.Plaque, r *proof.Report) {
	state := wordHolds
	if !r.Holds() {
		state = wordFails
	}
	fmt.Fprintf(p.out, "%s  %s  %s\n", x.Code, x.Exhibit, p.say(state))
	w := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
	for _, row := range r.Rows {
		fmt.Fprintf(w, "  %s\t%s", row.Trial.In(p.lang), row.Parameter)
		for i, x := range row.Results {
			fmt.Fprintf(w, "\t%s %d/%d", r.Readers[i], x.Passed, x.Total)
		}
		if row.Need > 0 {
			fmt.Fprintf(w, "\t"+p.say(wordNeed), row.Need*100)
		}
		fmt.Fprintln(w)
	}
	w.Flush()
}

func savePNG(dir, name string, img image.Image) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	f, err := os.Create(filepath.Join(dir, name))
	if err != nil {
		return err
	}
	if err := png.Encode(f, img); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

func (p *program) inspectCommand() *cobra.Command {
	return &cobra.Command{
		Use: "inspect PHOTO…", Short: p.say(wordInspect), Args: cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usage("%s", p.say(wordInspectArgs))
			}
			o, err := p.options()
			if err != nil {
				return err
			}
			inspector, found, err := plaques.NewInspector(o)
			if err := p.tell(generate.Result{Findings: found}, err); err != nil {
				return err
			}
			foreign := 0
			for _, file := range args {
				img, err := readPhoto(file)
				if diag.PathOf(err) != "" {
					return p.troubled(file, err)
				} else if err != nil {
					return &failure{exitMachine, fmt.Sprintf(p.say(wordBadPhoto), file, err)}
				}
				seen := inspector.Inspect(img)
				if len(seen) == 0 {
					fmt.Fprintf(p.err, p.say(wordNoCodeHere)+"\n", diag.Printable(file))
				}
				for _, s := range seen {
					fmt.Fprintf(p.out, "%s: %s\n", diag.Printable(file), diag.Printable(p.describe(s)))
					if s.Code == nil {
						foreign++
					}
				}
			}
			if foreign > 0 {
				return &failure{exitContent, fmt.Sprintf(p.say(wordForeignSeen), foreign)}
			}
			return nil
		},
	}
}

func (p *program) describe(s plaques.Seen) string {
	switch {
	case s.Code == nil:
		return p.say(wordForeignCode) + "  " + s.Text
	case s.Code.Retired:
		return s.Code.Code + "  " + p.say(wordInactive)
	}
	return s.Code.Code + "  " + p.say(wordActive) + "  " + s.Code.Venue.Name + " · " + s.Code.Exhibit.Name
}

func readPhoto(file string) (image.Image, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	img, _, err := image.Decode(f)
	return img, err
}
