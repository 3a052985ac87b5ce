package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
	"github.com/zeebo/xxh3"

	"mingdeng/internal/diag"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/sums"
	"mingdeng/themes"
)

// version is set by releases: -ldflags "-X main.version=1.2.3".
var version = ""

// release is the version: of a release, else of the tag that go build found checked out, or
// "dev".
func release() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		return tagged(info.Main.Version)
	}
	return "dev"
}

// invented is what ends the version that Go invents for a commit without a tag.
var invented = regexp.MustCompile(`\d{14}-[0-9a-f]{12}$`)

// tagged is the version of a build, given what Go says of its module.
func tagged(module string) string {
	tag, local, dirty := strings.Cut(module, "+")
	if tag == "" || tag == "(devel)" || invented.MatchString(tag) {
		return "dev"
	}
	if tag = strings.TrimPrefix(tag, "v"); dirty {
		tag += "+" + local
	}
	return tag
}

func (p *program) versionCommand() *cobra.Command {
	var check, list string
	c := &cobra.Command{
		Use: "version", Short: p.say(wordVersion), Long: p.say(wordVersionLong), Args: p.noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if c.Flag("check").Changed {
				return p.checkSum(check, list)
			}
			if c.Flag("sums").Changed {
				return usage("%s", p.say(wordSumsAlone))
			}
			fmt.Fprintf(p.out, "mingdeng %s%s, %s %s/%s, theme lamplight %s (%s)\n",
				release(), commit(), runtime.Version(), runtime.GOOS, runtime.GOARCH, themes.Version("lamplight"), themeVersion("lamplight"))
			return nil
		},
	}
	c.Flags().StringVar(&check, "check", "", p.say(wordFlagCheck))
	c.Flags().StringVar(&list, "sums", "", p.say(wordFlagSums))
	return c
}

// sumsFile is how a list of sums is called, beside the files that it is of.
const sumsFile = "SHA256SUMS"

// checkSum compares a file with the published sums. A file that has another name here than
// there is the same file: browsers rename what is fetched twice.
func (p *program) checkSum(file, list string) error {
	if file == "" {
		return usage("%s", p.say(wordCheckWhat))
	}
	if list == "" {
		list = filepath.Join(filepath.Dir(file), sumsFile)
	}
	f, err := os.Open(file)
	if err != nil {
		return p.troubled(file, err)
	}
	defer f.Close()
	sum, err := sums.Of(f)
	if err != nil {
		return p.troubled(file, err)
	}
	l, err := os.Open(list)
	if errors.Is(err, fs.ErrNotExist) {
		return &failure{exitMachine, fmt.Sprintf(p.say(wordNoSums), list)}
	} else if err != nil {
		return p.troubled(list, err)
	}
	defer l.Close()
	published, err := sums.Read(l)
	if errors.Is(err, sums.ErrNoList) {
		return &failure{exitMachine, fmt.Sprintf(p.say(wordBadSums), list)}
	} else if err != nil {
		return p.troubled(list, err)
	}
	line, same := published.Sum(sum)
	switch {
	case same:
		fmt.Fprintf(p.out, p.say(wordSumSame)+"\n", diag.Printable(file), diag.Printable(line.Name))
		return nil
	case published.Names(filepath.Base(file)):
		return &failure{exitContent, fmt.Sprintf(p.say(wordSumDiffers), file, list)}
	}
	return &failure{exitContent, fmt.Sprintf(p.say(wordSumNotListed), file, list)}
}

var (
	wordVersionLong = diag.Text{
		Zh: "  mingdeng version                                  版本\n" +
			"  mingdeng version --check mingdeng-1.2.3-….zip     下载的文件和公布的一样吗\n\n" +
			"--check 算出文件的 SHA-256，和旁边的 " + sumsFile + "（或 --sums 指明的）比。不上网。\n退出码：0 一样；1 不一样；2 用法不对；3 有文件读不出来。",
		En: "  mingdeng version                                  the version\n" +
			"  mingdeng version --check mingdeng-1.2.3-….zip     is a download what was published?\n\n" +
			"--check compares the file's SHA-256 with " + sumsFile + " beside it (or what --sums names). It asks no network.\nExit codes: 0 the same, 1 not the same, 2 wrong usage, 3 a file cannot be read.",
	}
	wordFlagCheck    = diag.Text{Zh: "下载的`文件`和公布的是不是一样", En: "is this downloaded `FILE` what was published?"}
	wordFlagSums     = diag.Text{Zh: "公布的校验值`清单`（不写就是文件旁边的 " + sumsFile + "）", En: "the published `LIST` of sums (" + sumsFile + " beside the file if not given)"}
	wordSumsAlone    = diag.Text{Zh: "--sums 只和 --check 一起用：mingdeng version --check 文件 --sums 清单", En: "--sums goes with --check: mingdeng version --check FILE --sums LIST"}
	wordCheckWhat    = diag.Text{Zh: "--check 后面写要查的文件", En: "--check needs the file to be compared"}
	wordNoSums       = diag.Text{Zh: "没有 %s：从同一个下载页把它也下载到文件旁边，或用 --sums 指明", En: "there is no %s: fetch it from the same page and put it beside the file, or name it with --sums"}
	wordBadSums      = diag.Text{Zh: "%s 不是完整的 SHA-256 清单：重新下载它", En: "%s is not a whole list of SHA-256 sums: fetch it again"}
	wordSumSame      = diag.Text{Zh: "一样：%s 就是公布的 %s", En: "the same: %s is the published %s"}
	wordSumDiffers   = diag.Text{Zh: "不一样：%s 不是 %s 里公布的那个文件。不要运行它；删掉，从下载页重新下载", En: "not the same: %s is not the file published in %s. Do not run it; delete it and fetch it again"}
	wordSumNotListed = diag.Text{Zh: "%s 不在 %s 里，不知道它是不是公布的。不要运行它；文件和清单要从同一个下载页下载", En: "%s is not in %s, so nothing is known of it. Do not run it; fetch the file and the list from the same page"}
)

// commit is the revision the program was built from, where the build knew it. `go run`
// does not stamp it; then it is that of the source in the working folder, if it is ours.
func commit() string {
	revision, dirty := "", ""
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			switch {
			case s.Key == "vcs.revision":
				revision = s.Value
			case s.Key == "vcs.modified" && s.Value == "true":
				dirty = "+"
			}
		}
	}
	if revision == "" {
		revision = checkedOut(".")
	}
	if len(revision) < 12 {
		return ""
	}
	return " (" + revision[:12] + dirty + ")"
}

// checkedOut is the commit that is checked out in a folder which holds this program's
// source, or "" (gitrepository-layout(5): HEAD, refs, packed-refs).
func checkedOut(dir string) string {
	read := func(name ...string) string {
		b, err := os.ReadFile(filepath.Join(append([]string{dir}, name...)...))
		if err != nil {
			return ""
		}
		return strings.TrimSpace(string(b))
	}
	if !strings.HasPrefix(read("go.mod"), "module mingdeng\n") {
		return ""
	}
	head := read(".git", "HEAD")
	ref, symbolic := strings.CutPrefix(head, "ref: ")
	if !symbolic {
		return head
	}
	if at := read(".git", filepath.FromSlash(ref)); at != "" {
		return at
	}
	for line := range strings.Lines(read(".git", "packed-refs")) {
		if at, name, _ := strings.Cut(strings.TrimSpace(line), " "); name == ref {
			return at
		}
	}
	return ""
}

// programPrint is the fingerprint of the program itself: files made by another
// build of it are made anew. Where the program cannot read itself, nothing is
// taken as unchanged.
func programPrint() fingerprint.Fingerprint {
	path, err := os.Executable()
	if err != nil {
		return fingerprint.Fingerprint{}
	}
	f, err := os.Open(path)
	if err != nil {
		return fingerprint.Fingerprint{}
	}
	defer f.Close()
	h := xxh3.New()
	if _, err := io.Copy(h, f); err != nil {
		return fingerprint.Fingerprint{}
	}
	return fingerprint.Fingerprint(h.Sum128().Bytes())
}

// themeVersion tells an embedded theme's state in eight characters.
func themeVersion(name string) string {
	h := xxh3.New()
	err := fs.WalkDir(themes.FS, name, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := themes.FS.ReadFile(path)
		fmt.Fprintf(h, "%s %d\n", path, len(b))
		h.Write(b)
		return err
	})
	if err != nil {
		return "?"
	}
	return fmt.Sprintf("%016x", h.Sum64())[:8]
}
