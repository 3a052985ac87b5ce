package main

import (
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"text/tabwriter"

	"github.com/spf13/cobra"
	"mingdeng/internal/diag"
	"mingdeng/internal/plaque/kit"
	"mingdeng/internal/plaque/proof"
	"mingdeng/internal/plaques"
)

var (
	wordProof  = diag.Text{Zh: "把成品上的码放到各种坏条件下试读", En: "try the finished codes under bad conditions"}
	wordSheets = diag.Text{Zh: "把每块铭牌的试读照片存到这个`文件夹`", En: "`DIR` for a contact sheet of each plaque"}
	wordHolds  = diag.Text{Zh: "合格", En: "holds"}
	wordFails  = diag.Text{Zh: "不合格", En: "FAILS"}
	wordNeed   = diag.Text{Zh: "（要求 %.0f%%）", En: " (needs %.0f%%)"}
	wordFailed = diag.Text{Zh: "有 %d 块铭牌不合格", En: "%d plaques fail"}
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
