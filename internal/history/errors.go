package history

import (
	"fmt"

	"mingdeng/internal/diag"
)

// Reason tells kinds of [Refusal] apart.
type Reason uint8

// What a Refusal may be.
const (
	Unfit    Reason = iota + 1 // the repository is damaged, or of a kind this program leaves alone
	NotOurs                    // the site lies within a larger repository, which is only shown
	Busy                       // another program or process is at work in it, or left its lock
	Midway                     // a merge or the like was begun by hand and is not finished
	BadPath                    // a path that no version may hold
	Missing                    // no such version, or no such file in it
	InUse                      // purge: what is to go still stands in the current version
	Shared                     // purge: there is a remote, so that others have copies
	TooLarge                   // an object of more than MaxFile bytes
)

// Refusal is why something was not done, in words for the editor: What has happened, and
// what she can do about it. Nothing was changed, unless the words say so.
type Refusal struct {
	Reason Reason
	What   diag.Text
	Mend   diag.Text
	Paths  []string // the files it is about, if it is about files
	Err    error    // the cause, if there is one
}

func (e *Refusal) Error() string {
	s := e.What.En
	if e.Err != nil {
		s = fmt.Sprintf("%s (%v)", s, e.Err)
	}
	return "history: " + s
}

func (e *Refusal) Unwrap() error { return e.Err }

// Is lets errors.Is compare by reason: errors.Is(err, &Refusal{Reason: Busy}).
func (e *Refusal) Is(target error) bool {
	t, ok := target.(*Refusal)
	return ok && t.Reason == e.Reason && t.What == (diag.Text{})
}

var askForHelp = diag.Text{
	Zh: "文件照样可以保存，只是不记版本。请找懂 git 的人看看这个文件夹里的 .git。",
	En: "Files can be saved all the same, without versions. Have somebody who knows git look at .git in this folder.",
}

func unfit(zh, en string, err error) *Refusal {
	return &Refusal{Reason: Unfit, What: diag.Text{Zh: zh, En: en}, Mend: askForHelp, Err: err}
}

func damaged(err error) *Refusal {
	return unfit("版本库里有读不懂的内容，可能坏了", "the repository holds what cannot be read: it may be damaged", err)
}

func badPath(p string) *Refusal {
	return &Refusal{
		Reason: BadPath,
		What:   diag.Text{Zh: fmt.Sprintf("%q 不能记成版本", p), En: fmt.Sprintf("%q cannot be kept as a version", p)},
		Mend:   diag.Text{Zh: "给文件换一个平常的名字。", En: "Give the file an ordinary name."},
		Paths:  []string{p},
	}
}

func missing(what string) *Refusal {
	return &Refusal{
		Reason: Missing,
		What:   diag.Text{Zh: "没有这个版本或文件：" + what, En: "there is no such version or file: " + what},
		Mend:   diag.Text{Zh: "刷新页面，再选一次。", En: "Load the page again and choose anew."},
	}
}
