package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"mingdeng/internal/content"
	"mingdeng/internal/deploy"
	"mingdeng/internal/deploy/store"
	"mingdeng/internal/deploy/target"
	"mingdeng/internal/diag"
	"mingdeng/internal/generate"
	"mingdeng/internal/project"
	"mingdeng/internal/writer"
)

var (
	wordDeploy     = diag.Text{Zh: "生成网站，再传到服务器或对象存储", En: "build the site and send it to a server or an object store"}
	wordDeployLong = diag.Text{
		Zh: "  mingdeng deploy               传到 site.yaml 里写的目标（只有一个时）\n" +
			"  mingdeng deploy 正式          传到叫“正式”的目标\n" +
			"  mingdeng deploy --dry-run     只看看会传什么、删什么，什么也不改\n\n" +
			"只传变了的；断了再运行一次，会接着传。目标和密钥怎么写，见 mingdeng help deploy。",
		En: "  mingdeng deploy               to the target in site.yaml, where there is one\n" +
			"  mingdeng deploy NAME          to the target of that name\n" +
			"  mingdeng deploy --dry-run     what would be sent and removed; nothing is changed\n\n" +
			"Only what differs is sent; after an interruption run it again and it goes on. How targets and keys are written: mingdeng help deploy.",
	}
	wordDryRun       = diag.Text{Zh: "只列出会传什么、删什么，什么也不改", En: "list what would be sent and removed; change nothing"}
	wordDeployArt    = diag.Text{Zh: "连 plaques/（铭牌的制作文件）也传", En: "send plaques/, the artwork, too"}
	wordYes          = diag.Text{Zh: "允许删除目标上超过十分之一的文件", En: "allow more than a tenth of the target's files to be removed"}
	wordForget       = diag.Text{Zh: "不再用的图片等立即删除，不留 30 天（有人撤回授权时用）", En: "remove pictures and the like that are out of use at once instead of after 30 days (when somebody withdrew consent)"}
	wordNoAsk        = diag.Text{Zh: "传完不去网址上查看", En: "do not look at the live site afterwards"}
	wordDeployArgs   = diag.Text{Zh: "只能写一个目标：mingdeng deploy 名称", En: "name one target: mingdeng deploy NAME"}
	wordNoTargets    = diag.Text{Zh: "site.yaml 里没有写传到哪里。例如：\n  发布:\n    - 名称: 正式\n      目标: sftp://www@203.0.113.5/var/www/site\n  更多见 mingdeng help deploy", En: "site.yaml does not say where to. For instance:\n  deploy:\n    - name: live\n      to: sftp://www@203.0.113.5/var/www/site\n  More: mingdeng help deploy"}
	wordManyTargets  = diag.Text{Zh: "有好几个目标，写上名称：%s", En: "there are several targets; name one: %s"}
	wordNoSuchTarget = diag.Text{Zh: "没有叫“%s”的目标；有：%s", En: "there is no target %q; there are: %s"}
	wordOwnFolder    = diag.Text{Zh: "不能传到 %s：它和网站自己的文件夹 %s 重叠", En: "cannot send to %s: it overlaps with the site's own folder %s"}
	wordSending      = diag.Text{Zh: "正在上传", En: "sending"}
	wordRetry        = diag.Text{Zh: "没传成，%s 后再试：%s（%v）", En: "failed, trying again in %s: %s (%v)"}
	wordWaitLock     = diag.Text{Zh: "目标上有一把没有解开的锁，看它 %s 是不是还有人用…", En: "a lock was left at the target; watching for %s whether somebody still holds it…"}
	wordTooMany      = diag.Text{Zh: "这次会删掉目标上 %d 个文件中的 %d 个，超过十分之一，所以什么也没有做。\n  先看看删哪些：mingdeng deploy --dry-run。确实要删，加上 --yes。", En: "of %[1]d files at the target %[2]d would be removed, more than a tenth, so nothing was done.\n  See which: mingdeng deploy --dry-run. If they are to go, add --yes."}
	wordDeployBusy   = diag.Text{Zh: "另一台电脑正在往同一个目标上传（%s 开始），这次什么也没有传。等它传完再试；它若已中断，%s 之后就能接手", En: "another computer is sending to the same target (since %s); nothing was sent. Try again when it is done; should it have been cut off, you can take over after %s"}
	wordDeployHere   = diag.Text{Zh: "这台电脑上另一个 mingdeng 正在往同一个目标上传，这次什么也没有传；等它传完再试", En: "another mingdeng on this computer is sending to the same target; nothing was sent. Try again when it is done"}
	wordDeployCut    = diag.Text{Zh: "已中止：目标上的网站是完整的，传了 %d 个文件。再运行一次会接着传。", En: "stopped: the site at the target is whole; %d files were sent. Run again to go on."}
	wordDeployFailed = diag.Text{Zh: "没有传完：%s\n  目标上的网站是完整的。再运行一次会接着传。", En: "not everything was sent: %s\n  The site at the target is whole. Run again to go on."}
	wordKept         = diag.Text{Zh: "目标上有 %d 个文件已不在网站里，仍然留着（旧网页可能还要用的留 30 天，铭牌网页永远留着）", En: "%d files at the target are no longer of the site and stay (30 days for what old pages may ask for, for ever for pages of plaques)"}
	wordAskOther     = diag.Text{Zh: "提醒：%s 上的和刚传的不一样（状态 %d）：缓存还没更新，或网址没有指到这里", En: "warning: %s differs from what was sent (status %d): a cache that is not renewed yet, or the address leads elsewhere"}
	wordAskNone      = diag.Text{Zh: "提醒：%s 打不开：%v", En: "warning: %s does not open: %v"}
)

// deployment is one run of the command.
type deployment struct {
	*program
	start                            time.Time
	dry, plaques, yes, forget, noAsk bool
	options                          project.Options
	site                             *content.Site
	target                           target.Target
	targetName                       string
	folder                           string // the built site
	source                           deploy.Source
}

func (p *program) deployCommand() *cobra.Command {
	d := &deployment{program: p}
	c := &cobra.Command{
		Use: "deploy [TARGET]", Short: p.say(wordDeploy), Long: p.say(wordDeployLong), Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usage("%s", p.say(wordDeployArgs))
			}
			d.start = time.Now()
			var err error
			if d.options, err = p.options(); err != nil {
				return err
			}
			if err := d.settle(args); err != nil {
				return err
			}
			return d.run(cmd.Context())
		},
	}
	f := c.Flags()
	f.BoolVar(&d.dry, "dry-run", false, p.say(wordDryRun))
	f.BoolVar(&d.plaques, "plaques", false, p.say(wordDeployArt))
	f.BoolVar(&d.yes, "yes", false, p.say(wordYes))
	f.BoolVar(&d.forget, "forget", false, p.say(wordForget))
	f.BoolVar(&d.noAsk, "no-ask", false, p.say(wordNoAsk))
	return c
}

// settle finds the target.
func (d *deployment) settle(args []string) error {
	site, found, err := project.Settings(d.options)
	if err != nil {
		return d.tell(generate.Result{Findings: found}, err)
	}
	d.site = site
	var names []string
	for _, t := range site.Deploy {
		names = append(names, t.Name)
	}
	all := strings.Join(names, d.say(diag.Text{Zh: "、", En: ", "}))
	pick := -1
	for i, t := range site.Deploy {
		if len(args) == 1 && t.Name == args[0] || len(args) == 0 && len(names) == 1 {
			pick = i
		}
	}
	switch {
	case pick >= 0:
	case len(names) == 0:
		return usage("%s", d.say(wordNoTargets))
	case len(args) == 0:
		return usage(d.say(wordManyTargets), all)
	default:
		return usage(d.say(wordNoSuchTarget), args[0], all)
	}
	t, fault := target.Parse(site.Deploy[pick].To.Text)
	if fault != nil { // which a check of the content tells with its place
		r, err := generate.Check(d.ctx, d.options)
		if err := d.tell(r, err); err != nil {
			return err
		}
		return usage("%s", fault.Why.In(d.lang))
	}
	d.target, d.targetName = t, site.Deploy[pick].Name
	return d.apart()
}

// apart refuses a target that would mix with what it is made from.
func (d *deployment) apart() error {
	own, err := store.Overlap(d.target, d.outputFolder(), filepath.Join(d.root, content.Root), filepath.Join(d.root, "themes"))
	switch {
	case err != nil:
		return &failure{exitMachine, fmt.Sprintf(d.say(wordMachine), err)}
	case own != "":
		return usage(d.say(wordOwnFolder), store.FolderOf(d.target), own)
	}
	return nil
}

func (d *deployment) outputFolder() string {
	if filepath.IsAbs(d.output) {
		return d.output
	}
	return filepath.Join(d.root, d.output)
}

func (d *deployment) run(ctx context.Context) error {
	d.folder = d.outputFolder()
	if d.dry {
		// Building changes the output folder, so a dry run builds into a copy of it.
		temp, err := os.MkdirTemp("", "mingdeng-dry-run-")
		if err != nil {
			return &failure{exitMachine, fmt.Sprintf(d.say(wordMachine), err)}
		}
		defer os.RemoveAll(temp)
		copyFolder(temp, d.folder)
		d.folder, d.options.Out = temp, temp
	}
	bar := d.progress(time.Now())
	d.options.Progress, d.options.Scanned = bar.update, limitHeap
	r, err := generate.Run(ctx, d.options)
	bar.clear()
	if err := d.tell(r, err); err != nil {
		return err
	}
	// As long as it is sent nobody builds into it.
	made, err := writer.Open(ctx, d.folder, patience)
	if err != nil {
		return d.failed(r, err)
	}
	defer made.Close()
	base := d.site.BaseURL
	if d.baseURL != "" {
		base, _, _ = content.ParseBaseURL(d.baseURL)
	}
	root, err := os.OpenRoot(d.folder)
	if err != nil {
		return &failure{exitMachine, fmt.Sprintf(d.say(wordMachine), err)}
	}
	defer root.Close()
	d.source = deploy.SourceOf(made.Files(), root.FS(), base.Path())
	s, err := store.Open(d.target, store.System())
	if err != nil {
		return d.wrong(ctx, deploy.Result{}, err)
	}
	defer s.Close()
	o := deploy.Options{Plaques: d.plaques, Forget: d.forget}
	if d.dry {
		plan, err := deploy.Make(ctx, s, d.source, o)
		if err != nil {
			return d.wrong(ctx, deploy.Result{}, err)
		}
		return d.list(plan)
	}
	result, err := d.send(ctx, s, o)
	if err != nil {
		return d.wrong(ctx, result, err)
	}
	if !d.noAsk {
		d.ask(ctx, string(base))
	}
	return d.end(result)
}

// send makes the target equal to the site.
func (d *deployment) send(ctx context.Context, s deploy.Store, o deploy.Options) (deploy.Result, error) {
	if cache, err := os.UserCacheDir(); err == nil {
		machine, release, err := deploy.ThisMachine(filepath.Join(cache, "mingdeng"), d.target.String())
		if err != nil {
			return deploy.Result{}, err
		}
		defer release()
		o.Machine = machine
	}
	for again := 0; ; again++ {
		bar := d.progress(time.Now())
		bar.doing = wordSending
		plan, err := deploy.Make(ctx, s, d.source, o)
		if err != nil {
			return deploy.Result{}, err
		}
		result, err := plan.Run(ctx, d.yes, func(e deploy.Event) { d.event(bar, e) })
		bar.clear()
		if errors.Is(err, deploy.ErrChanged) && again < 3 { // somebody else was faster
			continue
		}
		if err == nil && len(plan.Keep) > 0 {
			d.note(d.verbose && d.format == "text", wordKept, len(plan.Keep))
		}
		return result, err
	}
}

// event shows what happened.
func (d *deployment) event(bar *progress, e deploy.Event) {
	if d.format != "text" {
		line := map[string]any{"event": e.Kind, "path": e.Path, "done": e.Done, "total": e.Total}
		if e.Err != nil {
			line["error"], line["wait"] = d.words(e.Err), e.Wait.Seconds()
		}
		d.json(line)
		return
	}
	switch e.Kind {
	case deploy.Retrying:
		d.note(d.verbose, wordRetry, brief(e.Wait), e.Path, d.words(e.Err))
	case deploy.Waiting:
		d.note(true, wordWaitLock, brief(e.Wait))
	default:
		bar.update(e.Done, e.Total)
	}
}

func (d *deployment) json(line map[string]any) {
	e := json.NewEncoder(d.out)
	e.SetEscapeHTML(false)
	_ = e.Encode(line) // where nobody reads, nobody misses it
}

// list tells what a run would do.
func (d *deployment) list(plan *deploy.Plan) error {
	var b strings.Builder
	for _, x := range []struct {
		event, mark string
		items       []deploy.Item
	}{{"send", "+ ", plan.Send}, {"remove", "- ", plan.Remove}} {
		for _, i := range x.items {
			if d.format != "text" {
				d.json(map[string]any{"event": x.event, "path": i.Path, "size": i.Size})
			} else {
				b.WriteString(x.mark + i.Path + "\n")
			}
		}
	}
	if _, err := io.WriteString(d.out, b.String()); err != nil {
		return &failure{exitMachine, err.Error()}
	}
	d.note(plan.TooMany() && d.format == "text", wordTooMany, plan.There, len(plan.Remove))
	return d.end(deploy.Result{Sent: len(plan.Send), Same: plan.Same, Removed: len(plan.Remove), Bytes: plan.Bytes})
}

func (d *deployment) end(r deploy.Result) error {
	took := time.Since(d.start)
	if d.format != "text" {
		d.json(map[string]any{"event": "end", "sent": r.Sent, "same": r.Same, "removed": r.Removed, "bytes": r.Bytes, "seconds": took.Seconds()})
		return nil
	}
	_, err := fmt.Fprintf(d.out, "sent %d, same %d, removed %d, in %s\n", r.Sent, r.Same, r.Removed, brief(took))
	if err != nil {
		return &failure{exitMachine, err.Error()}
	}
	return nil
}

// ask looks at the live site. What is wrong there is a warning: the files are where they
// were to go.
func (d *deployment) ask(ctx context.Context, base string) {
	answers, err := deploy.Ask(ctx, base, d.source)
	if err != nil {
		d.note(true, wordAskNone, base, err)
		return
	}
	for _, a := range answers {
		switch {
		case d.format != "text":
			line := map[string]any{"event": "asked", "url": a.URL, "status": a.Status, "same": a.Same}
			if a.Err != nil {
				line["error"] = a.Err.Error()
			}
			d.json(line)
		case a.Err != nil:
			d.note(true, wordAskNone, a.URL, plainCause(a.Err))
		default:
			d.note(!a.Same, wordAskOther, a.URL, a.Status)
		}
	}
}

// plainCause is an error without the address it was about, which stands before it already.
func plainCause(err error) error {
	var wrapped interface{ Unwrap() error }
	if errors.As(err, &wrapped) {
		if inner := wrapped.Unwrap(); inner != nil {
			return inner
		}
	}
	return err
}

// words puts an error of a store into the user's language.
func (d *deployment) words(err error) string {
	var fault *deploy.Fault
	if errors.As(err, &fault) {
		return fault.Say(d.lang)
	}
	return err.Error()
}

// wrong turns what went wrong into an exit code.
func (d *deployment) wrong(ctx context.Context, r deploy.Result, err error) error {
	var busy *deploy.BusyError
	var many *deploy.TooManyError
	var f *failure
	switch {
	case errors.As(err, &many):
		f = &failure{exitUsage, fmt.Sprintf(d.say(wordTooMany), many.Of, many.Remove)}
	case errors.As(err, &busy) && busy.Here:
		f = &failure{exitMachine, d.say(wordDeployHere)}
	case errors.As(err, &busy):
		f = &failure{exitMachine, fmt.Sprintf(d.say(wordDeployBusy), busy.Began.Local().Format("15:04"), busy.Free.Local().Format("15:04"))}
	case ctx.Err() != nil:
		f = &failure{exitMachine, fmt.Sprintf(d.say(wordDeployCut), r.Sent)}
	default:
		f = &failure{exitMachine, fmt.Sprintf(d.say(wordDeployFailed), d.words(err))}
	}
	if d.format != "text" {
		d.json(map[string]any{"event": "failed", "message": f.message, "sent": r.Sent, "removed": r.Removed})
	}
	return f
}

// copyFolder copies what an earlier build left, times too, so that a build there is quick.
// What cannot be copied is built anew.
func copyFolder(to, from string) {
	_ = filepath.WalkDir(from, func(p string, e fs.DirEntry, err error) error {
		if err != nil {
			return nil
		}
		rel, err := filepath.Rel(from, p)
		if err != nil {
			return nil
		}
		there := filepath.Join(to, rel)
		info, err := e.Info()
		switch {
		case err != nil:
		case e.IsDir():
			_ = os.MkdirAll(there, 0o755)
		case info.Mode().IsRegular():
			if b, err := os.ReadFile(p); err == nil && os.WriteFile(there, b, 0o644) == nil {
				_ = os.Chtimes(there, info.ModTime(), info.ModTime())
			}
		}
		return nil
	})
}
