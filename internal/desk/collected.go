package desk

import (
	"net/http"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
)

// collectedWords are those of records that other associations have given.
var collectedWords = map[string]diag.Text{
	"collected":       {Zh: "这一篇由", En: "This was given by"},
	"collected.by":    {Zh: "交来", En: ""},
	"collected.text":  {Zh: "只能看，不能在这里改：下一次收他们的内容时，会整个换成新的。要改，请他们改好再交一次。", En: "It can be read here, not changed: the next time their records are collected it is replaced whole. Ask them to change it and to send it anew."},
	"collected.trash": {Zh: "有人要求马上撤下，先移到回收站，再请他们也撤下：他们没有撤下，下一次收来它又会出现。", En: "If it must be gone at once, move it to the trash and ask them to withdraw it too: unless they do, it is back with what they send next."},
}

// ownAlone keeps what changes a record from those that were collected: whatever is written
// there is lost with the next bundle, and until then says in another's name what that
// association did not write. To take one away is allowed, for that cannot wait.
func ownAlone(f func(*visit)) func(*visit) {
	return func(v *visit) {
		if content.OfMember(v.r.PathValue("path")) && v.r.PostForm.Get("do") != "trash" {
			e, _ := v.entry(v.r.PathValue("path"))
			v.message(http.StatusForbidden, v.word("collected")+" "+e.Member+" "+v.word("collected.by"), v.word("collected.text"))
			return
		}
		f(v)
	}
}
