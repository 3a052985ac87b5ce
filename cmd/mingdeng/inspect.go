package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"mingdeng/internal/diag"
	"mingdeng/internal/generate"
	"mingdeng/internal/picture"
	"mingdeng/internal/plaques"
)

var (
	wordInspect     = diag.Text{Zh: "读照片里的码：是哪件展品、是否在用、还是别人贴的", En: "read codes in photos: which exhibit, in force or not, or foreign"}
	wordInspectMore = diag.Text{
		Zh: "读照片里所有的二维码，说出每一个是哪件展品、是否在用，还是外来的：别人的二维码贴在铭牌上，扫的人就被领到别处去了。\n\n照片可以是文件、文件夹（连里面的文件夹）或 *.jpg 这样的写法；JPEG、PNG、WebP、GIF 都行。读不了的照片说明原因，其余照读。\n--format json 每个码一行：photo、state（active、retired、foreign，没读到是 unread，读不了是 unreadable）、code、venue、exhibit、text、respelt、corners、problem。\n\n退出码：每张照片都读到了码、码都是自己的，0；有外来的码，或有照片没读到、读不了，1；照片打不开（不存在、没有权限），3。",
		En: "Read every QR code in photos: which exhibit it is, in force or not, or foreign: where somebody pastes a code over a plaque, whoever scans it is led elsewhere.\n\nName files, folders (with those in them) or patterns such as *.jpg; JPEG, PNG, WebP and GIF are read. What cannot be read is told, and the rest goes on.\n--format json writes an object for each code: photo, state (active, retired, foreign; unread where there is none, unreadable for a file), code, venue, exhibit, text, respelt, corners, problem.\n\nExit codes: 0 if every photo shows a code and all are ours; 1 if any is foreign, or a photo shows none or cannot be read; 3 if a file cannot be opened.",
	}
	wordInspectArgs = diag.Text{Zh: "用法：mingdeng plaque inspect 照片或文件夹…", En: "usage: mingdeng plaque inspect PHOTO|DIR…"}
	wordNoPhotos    = diag.Text{Zh: "“%s”里没有照片", En: "%q has no photos"}
	wordNoCodeHere  = diag.Text{Zh: "没有读到二维码；走近一点、拍正、拍清楚，再试一次", En: "no code could be read; go nearer, stand straight ahead, and try again"}
	wordBadPhoto    = diag.Text{Zh: "读不了这张照片，请重新拍，或另存成 JPEG", En: "this photo cannot be read; take it again, or save it as JPEG"}
	wordBigPhoto    = diag.Text{Zh: "照片太大，读不了；请缩小再试", En: "this photo is too large; make it smaller"}
	wordNoPhoto     = diag.Text{Zh: "%s 格式读不了，请另存成 JPEG", En: "%s files cannot be read; save it as JPEG"}
	wordHEIC        = diag.Text{
		Zh: "这是 HEIC（苹果手机的照片格式），读不了。请存成 JPEG：手机上 设置 → 相机 → 格式 → 兼容性最佳 再拍；拍好的，在“文件”里长按照片 → 快速操作 → 转换图像 → JPEG，或在电脑上打开后另存为 JPEG",
		En: "this is HEIC, the format of Apple's phones, which cannot be read. Make it a JPEG: Settings → Camera → Formats → Most Compatible, and take it again; or hold the photo in Files → Quick Actions → Convert Image → JPEG, or open it on a computer and save it as JPEG",
	}
	wordForeignCode   = diag.Text{Zh: "外来的码 FOREIGN", En: "FOREIGN"}
	wordForeignBeside = diag.Text{Zh: "！同一张照片里有我们的 %s：很可能是贴上去的，不要扫它", En: "! beside our %s in one photo: very likely pasted there; do not scan it"}
	wordRespelt       = diag.Text{Zh: "（写法和本站印的不一样：%s）", En: "(spelt otherwise than this site prints it: %s)"}
	wordInspected     = diag.Text{Zh: "%d 张照片：在用 %d，停用 %d，外来 %d；没读到码的 %d 张，读不了的 %d 张", En: "%d photos: %d in force, %d retired, %d foreign; %d without a code, %d that cannot be read"}
	wordForeignSeen   = diag.Text{Zh: "有 %d 个外来的码：可能被人贴了别的二维码，请去现场看看", En: "%d foreign codes: somebody may have pasted over a plaque; go and look"}
	wordUnreadSeen    = diag.Text{Zh: "有 %d 张照片没有读到码，看不出那里挂的是什么", En: "%d photos show no code that can be read: what hangs there is not known"}
)

// inspected is one line of --format json.
type inspected struct {
	Photo   string   `json:"photo"`
	State   string   `json:"state"`
	Code    string   `json:"code,omitempty"`
	Venue   string   `json:"venue,omitempty"`
	Exhibit string   `json:"exhibit,omitempty"`
	Text    string   `json:"text,omitempty"`
	Respelt bool     `json:"respelt,omitempty"`
	Corners [][2]int `json:"corners,omitempty"`
	Problem string   `json:"problem,omitempty"`
}

// What a photo or a code in it is.
const (
	stateActive     = "active"
	stateRetired    = "retired"
	stateForeign    = "foreign"
	stateUnread     = "unread"
	stateUnreadable = "unreadable"
)

// round is one run of the command.
type round struct {
	*program
	inspector *plaques.Inspector
	photos    int
	count     map[string]int
	machine   *failure // the first file that could not be opened
}

func (p *program) inspectCommand() *cobra.Command {
	return &cobra.Command{
		Use: "inspect PHOTO|DIR…", Short: p.say(wordInspect), Long: p.say(wordInspectMore), Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usage("%s", p.say(wordInspectArgs))
			}
			o, err := p.options()
			if err != nil {
				return err
			}
			inspector, found, err := plaques.NewInspector(o)
			// Of the site only what stops the round; the rest is for check.
			found = slices.DeleteFunc(found, func(f diag.Finding) bool { return f.Code.Severity != diag.Error })
			if err := p.tell(generate.Result{Findings: found}, err); err != nil {
				return err
			}
			r := &round{program: p, inspector: inspector, count: map[string]int{}}
			for _, arg := range args {
				files, err := photosOf(arg)
				if err != nil {
					r.unopened(arg, err)
				} else if len(files) == 0 {
					r.unreadable(arg, fmt.Sprintf(p.say(wordNoPhotos), arg))
				}
				for _, file := range files {
					if err := cmd.Context().Err(); err != nil {
						return err
					}
					r.inspect(file)
				}
			}
			return r.end()
		},
	}
}

// photosOf lists the photos that an argument names: itself, those of a folder, those that a
// pattern fits where the shell has not looked.
func photosOf(arg string) ([]string, error) {
	info, err := os.Stat(arg)
	if err != nil {
		if strings.ContainsAny(filepath.Base(arg), "*?[") && errors.Is(err, fs.ErrNotExist) || strings.ContainsAny(arg, "*?") {
			if files, err := filepath.Glob(arg); err == nil {
				return files, nil
			}
		}
		return nil, err
	}
	if !info.IsDir() {
		return []string{arg}, nil
	}
	var files []string
	err = filepath.WalkDir(arg, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		switch strings.ToLower(filepath.Ext(path)) {
		case ".jpg", ".jpeg", ".png", ".webp", ".gif", ".heic", ".heif", ".avif", ".tif", ".tiff", ".bmp", ".dng":
			if d.Type().IsRegular() {
				files = append(files, path)
			}
		}
		return nil
	})
	return files, err
}

// inspect reads one photo and tells what it shows. What is wrong with it ends nothing.
func (r *round) inspect(file string) {
	b, err := os.ReadFile(file)
	if err != nil {
		r.unopened(file, err)
		return
	}
	photo, err := plaques.OpenPhoto(b)
	if err != nil {
		r.unreadable(file, r.say(why(err)))
		return
	}
	r.photos++
	seen := r.inspector.Inspect(photo)
	if len(seen) == 0 {
		r.line(inspected{Photo: file, State: stateUnread, Problem: r.say(wordNoCodeHere)})
		return
	}
	var ours []string
	for _, s := range seen {
		if s.Code != nil && !slices.Contains(ours, s.Code.Code) {
			ours = append(ours, s.Code.Code)
		}
	}
	for _, s := range seen {
		x := inspected{Photo: file, State: stateForeign, Text: s.Text, Respelt: s.Respelt}
		for _, c := range s.Corners {
			x.Corners = append(x.Corners, [2]int{c.X, c.Y})
		}
		if c := s.Code; c != nil {
			if x.State, x.Code = stateActive, c.Code; c.Retired {
				x.State = stateRetired
			}
			if c.Venue != nil {
				x.Venue = c.Venue.Name
			}
			if c.Exhibit != nil {
				x.Exhibit = c.Exhibit.Name
			}
		} else if len(ours) > 0 {
			x.Problem = fmt.Sprintf(r.say(wordForeignBeside), strings.Join(ours, " "))
		}
		r.line(x)
	}
}

// why tells why a photo cannot be read.
func why(err error) diag.Text {
	var format picture.FormatError
	var large picture.ErrTooLarge
	switch {
	case errors.As(err, &format) && format.Seen == "HEIC":
		return wordHEIC
	case errors.As(err, &format) && format.Seen != "":
		return diag.Text{Zh: fmt.Sprintf(wordNoPhoto.Zh, format.Seen), En: fmt.Sprintf(wordNoPhoto.En, format.Seen)}
	case errors.As(err, &large):
		return wordBigPhoto
	}
	return wordBadPhoto
}

func (r *round) unreadable(file, problem string) {
	r.photos++
	r.line(inspected{Photo: file, State: stateUnreadable, Problem: problem})
}

func (r *round) unopened(file string, err error) {
	f := r.troubled(file, err)
	if r.machine == nil {
		r.machine = f
	}
	r.unreadable(file, f.message)
}

// line tells of a code, or of a photo without one.
func (r *round) line(x inspected) {
	r.count[x.State]++
	if r.format == "json" {
		if line, err := json.Marshal(x); err == nil {
			fmt.Fprintf(r.out, "%s\n", line)
		}
		return
	}
	out, text := r.out, ""
	switch x.State {
	case stateActive:
		text = x.Code + "  " + r.say(wordActive) + "  " + x.Venue + " · " + x.Exhibit
	case stateRetired:
		text = x.Code + "  " + r.say(wordInactive)
	case stateForeign:
		text = r.say(wordForeignCode) + "  " + x.Text + "  " + x.Problem
	default:
		out, text = r.err, x.Problem
	}
	if x.Respelt {
		text += "  " + fmt.Sprintf(r.say(wordRespelt), x.Text)
	}
	fmt.Fprintf(out, "%s: %s\n", diag.Printable(x.Photo), diag.Printable(strings.TrimSpace(text)))
}

// end sums the round up.
func (r *round) end() error {
	n := r.count
	if r.format != "json" && !r.quiet {
		fmt.Fprintf(r.out, r.say(wordInspected)+"\n", r.photos, n[stateActive], n[stateRetired], n[stateForeign], n[stateUnread], n[stateUnreadable])
	}
	fail := func(message string) error {
		if r.format == "json" {
			message = "" // each line has said it
		}
		return &failure{exitContent, message}
	}
	switch {
	case n[stateForeign] > 0:
		return fail(fmt.Sprintf(r.say(wordForeignSeen), n[stateForeign]))
	case r.machine != nil:
		return &failure{code: exitMachine}
	case n[stateUnread]+n[stateUnreadable] > 0:
		return fail(fmt.Sprintf(r.say(wordUnreadSeen), n[stateUnread]+n[stateUnreadable]))
	}
	return nil
}
