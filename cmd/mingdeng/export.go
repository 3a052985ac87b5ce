package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg"
	_ "image/png"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"mingdeng/internal/diag"
	"mingdeng/internal/generate"
	"mingdeng/internal/live"
	"mingdeng/internal/picture"
	"mingdeng/internal/wechat"
)

var (
	wordExport      = diag.Text{Zh: "把文章导出到别处", En: "take texts elsewhere"}
	wordWechat      = diag.Text{Zh: "做成微信公众号编辑器能收的样子", En: "as the editor of a WeChat public account takes it"}
	wordWechatArgs  = diag.Text{Zh: "用法：mingdeng export wechat 文件…，例如 mingdeng export wechat content/briefs/2026/zou-fang.md", En: "usage: mingdeng export wechat FILE…, such as mingdeng export wechat content/briefs/2026/visit.md"}
	wordFlagTo      = diag.Text{Zh: "放到哪个`文件夹`（相对于网站文件夹）", En: "the `DIR` to put it in, relative to the site's"}
	wordNoRecord    = diag.Text{Zh: "%s 不是这个网站的一篇内容", En: "%s is not a record of this site"}
	wordUnpublished = diag.Text{Zh: "%s 没有发布（草稿、未到日期，或没有公开授权），不能导出。草稿可以加 --drafts", En: "%s is not published (a draft, not yet due, or without consent) and cannot be exported. For drafts there is --drafts"}
	wordHasErrors   = diag.Text{Zh: "%s 还有错误，先改好", En: "%s has errors; mend them first"}
	wordExported    = diag.Text{Zh: "%s\n  在浏览器里打开，按“复制”，到公众号编辑器里粘贴。标题另外填：%s", En: "%s\n  open it in a browser, press Copy, and paste into the editor. The title goes in by itself: %s"}
	wordLongTitle   = diag.Text{Zh: "标题有 %d 个字，公众号最多 %d 个", En: "the title has %d characters; WeChat takes %d"}
	wordLongText    = diag.Text{Zh: "正文有 %d 个字，公众号最多 %d 个", En: "the text has %d characters; WeChat takes %d"}
	wordBigPicture  = diag.Text{Zh: "图片 %s 有 %d KB，公众号最多 1024 KB", En: "the picture %s has %d KB; WeChat takes 1024"}
	wordLinks       = diag.Text{Zh: "文中网址", En: "文中网址"} // the article itself is Chinese
	wordNotes       = diag.Text{Zh: "注释", En: "注释"}

	wordPreview = wechat.PreviewWords{
		Lang: "zh-Hans", Title: "公众号文章预览", Copy: "复制", Copied: "已复制，到公众号编辑器里粘贴。", Failed: "没有复制成功：请选中下面的文章，按 Ctrl+C。",
		About: "图片会跟着文章一起粘贴。没有跟过去的，用旁边 pictures 文件夹里的文件上传。", Files: "图片",
	}
	wordPreviewEn = wechat.PreviewWords{
		Lang: "en", Title: "Article for WeChat", Copy: "Copy", Copied: "Copied: paste it into the editor.", Failed: "Not copied: select the article below and press Ctrl+C.",
		About: "Pictures are pasted with the article. Upload those that did not come along from the folder pictures beside this page.", Files: "Pictures",
	}
)

func (p *program) exportCommand() *cobra.Command {
	c := &cobra.Command{Use: "export", Short: p.say(wordExport)}
	to := "wechat"
	w := &cobra.Command{
		Use: "wechat FILE…", Short: p.say(wordWechat),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usage("%s", p.say(wordWechatArgs))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			o, err := p.options()
			if err != nil {
				return err
			}
			preview, err := live.Open(o)
			if err != nil {
				return p.failed(generate.Result{}, err)
			}
			defer preview.Close()
			for _, file := range args {
				if err := p.exportWechat(cmd.Context(), preview, file, to); err != nil {
					return err
				}
			}
			return nil
		},
	}
	w.Flags().StringVar(&to, "to", to, p.say(wordFlagTo))
	c.AddCommand(w, p.bundleCommand())
	return c
}

// record is the path of a file as the site knows it, however the editor wrote it.
func (p *program) record(file string) string {
	if abs, err := filepath.Abs(file); err == nil {
		if root, err := filepath.Abs(p.root); err == nil {
			if rel, err := filepath.Rel(root, abs); err == nil && filepath.IsLocal(rel) {
				if _, err := os.Stat(abs); err == nil {
					return filepath.ToSlash(rel)
				}
			}
		}
	}
	return path.Clean(filepath.ToSlash(file))
}

func (p *program) exportWechat(ctx context.Context, preview *live.Site, file, to string) error {
	a, err := preview.Article(p.record(file))
	switch {
	case errors.Is(err, live.ErrNoRecord):
		return usage(p.say(wordNoRecord), file)
	case errors.Is(err, live.ErrUnpublished):
		return &failure{exitContent, fmt.Sprintf(p.say(wordUnpublished), file)}
	case err != nil:
		if err := diag.WriteText(p.err, preview.Findings(), p.lang); err != nil {
			return p.machine(err)
		}
		return &failure{exitContent, fmt.Sprintf(p.say(wordHasErrors), file)}
	}
	r, err := wechat.Convert(wechat.Article{
		Title: a.Title, By: a.By, HTML: a.HTML, Accent: preview.Colour("cinnabar", "#a8201a"), Glow: preview.Colour("lamp", "#d99a2b"),
		Absolute: func(href string) string { return absolute(string(a.Base), href) },
		Picture: func(src string) (wechat.Picture, error) {
			name, b, err := preview.Original(ctx, a, src)
			if err != nil {
				return wechat.Picture{}, err
			}
			return uploadable(name, b)
		},
		Words: wechat.Words{Links: p.say(wordLinks), Notes: p.say(wordNotes), Note: "注"},
	})
	if err != nil {
		return p.machine(err)
	}
	words := wordPreview
	if p.lang == diag.English {
		words = wordPreviewEn
	}
	words.Warnings = p.wechatWarnings(r)
	page, err := r.Preview(words)
	if err != nil {
		return p.machine(err)
	}
	dir := filepath.Join(p.root, to, a.Slug)
	if filepath.IsAbs(to) {
		dir = filepath.Join(to, a.Slug)
	}
	made, err := writeExport(dir, page, r)
	if err != nil {
		return p.machine(err)
	}
	for _, w := range words.Warnings {
		fmt.Fprintln(p.err, diag.Printable(w))
	}
	fmt.Fprintf(p.out, p.say(wordExported)+"\n", diag.Printable(made), diag.Printable(r.Title))
	return nil
}

func (p *program) wechatWarnings(r wechat.Result) []string {
	var out []string
	if n := utf8.RuneCountInString(r.Title); n > wechat.MaxTitle {
		out = append(out, fmt.Sprintf(p.say(wordLongTitle), n, wechat.MaxTitle))
	}
	if r.Text > wechat.MaxCharacters {
		out = append(out, fmt.Sprintf(p.say(wordLongText), r.Text, wechat.MaxCharacters))
	}
	for _, pic := range r.Pictures {
		if len(pic.Bytes) > wechat.MaxBytes {
			out = append(out, fmt.Sprintf(p.say(wordBigPicture), pic.Name, len(pic.Bytes)/1024))
		}
	}
	return out
}

// writeExport writes the preview and its pictures and returns the preview's path.
func writeExport(dir string, page []byte, r wechat.Result) (string, error) {
	pictures := filepath.Join(dir, "pictures")
	if err := os.MkdirAll(pictures, 0o755); err != nil {
		return "", err
	}
	for _, pic := range r.Pictures {
		if err := os.WriteFile(filepath.Join(pictures, pic.Name), pic.Bytes, 0o644); err != nil {
			return "", err
		}
	}
	at := filepath.Join(dir, "index.html")
	return at, os.WriteFile(at, page, 0o644)
}

// absolute is an address as it can be typed.
func absolute(base, href string) string {
	b, err := url.Parse(base)
	if err != nil {
		return href
	}
	u, err := b.Parse(href)
	if err != nil {
		return href
	}
	return u.String()
}

// uploadWidth is the width in px at which drawings are turned into pixels: WeChat shows
// pictures 677 px wide, phones have up to three pixels for each.
const uploadWidth = 1080

// uploadable is a picture as WeChat takes it: JPEG or PNG.
func uploadable(name string, b []byte) (wechat.Picture, error) {
	ext := path.Ext(name)
	if ext == ".svg" {
		png, err := picture.Raster(b, uploadWidth)
		if err != nil {
			return wechat.Picture{}, fmt.Errorf("%s: %w", name, err)
		}
		b, name = png, strings.TrimSuffix(name, ext)+".png"
	}
	c, format, err := image.DecodeConfig(bytes.NewReader(b))
	if err != nil {
		return wechat.Picture{}, fmt.Errorf("%s: %w", name, err)
	}
	return wechat.Picture{Name: name, Type: "image/" + format, Bytes: b, Width: c.Width, Height: c.Height}, nil
}
