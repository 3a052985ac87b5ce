package desk

import (
	"errors"
	"net/http"
	"path/filepath"
	"strings"

	"mingdeng/internal/amend"
	"mingdeng/internal/content"
	"mingdeng/internal/deploy/store"
	"mingdeng/internal/deploy/target"
)

type newTargetView struct {
	frame
	Of    target.Kind
	Kinds []targetKind
	Asks  []askView
}

type targetKind struct {
	Kind  target.Kind
	Label string
}

// askView is one line to fill in.
type askView struct {
	Name, Label, Hint, Value, Type string
	Must                           bool
}

// targetAsks are what is asked of each kind of target, in order.
var targetAsks = map[target.Kind][]askView{
	target.Folder: {{Name: "folder", Must: true}},
	target.SFTP:   {{Name: "host", Must: true}, {Name: "user", Must: true}, {Name: "path", Must: true}, {Name: "port"}},
	target.S3:     {{Name: "endpoint", Must: true}, {Name: "bucket", Must: true}, {Name: "region"}, {Name: "prefix"}},
}

// newTarget asks where the site is to be sent.
func (v *visit) newTarget() { v.showTarget(http.StatusOK, "") }

func (v *visit) showTarget(status int, problem string) {
	view := newTargetView{frame: v.frame("publish", v.word("target.new")), Of: target.Kind(v.r.PathValue("kind"))}
	view.Problem = problem
	asks, ok := targetAsks[view.Of]
	if !ok {
		v.missing()
		return
	}
	for _, k := range []target.Kind{target.SFTP, target.S3, target.Folder} {
		view.Kinds = append(view.Kinds, targetKind{k, v.word("target." + string(k))})
	}
	for _, a := range append([]askView{{Name: "name", Value: v.word("target.usual"), Must: true}}, asks...) {
		a.Label, a.Hint = v.word("ask."+a.Name), v.word("ask."+a.Name+".hint")
		if v.r.PostForm.Has(a.Name) {
			a.Value = v.r.PostForm.Get(a.Name)
		}
		view.Asks = append(view.Asks, a)
	}
	v.show(status, "target", view)
}

// addTarget writes a target into the settings.
func (v *visit) addTarget() {
	f := v.r.PostForm
	var address string
	switch target.Kind(v.r.PathValue("kind")) {
	case target.Folder:
		dir := strings.TrimSpace(f.Get("folder"))
		if !filepath.IsAbs(dir) {
			v.showTarget(http.StatusUnprocessableEntity, v.word("target.whole"))
			return
		}
		address = target.FolderAddress(dir)
	case target.SFTP:
		address = target.SFTPAddress(f.Get("user"), f.Get("host"), f.Get("port"), f.Get("path"))
	case target.S3:
		address = target.S3Address(f.Get("bucket"), f.Get("prefix"), f.Get("endpoint"), f.Get("region"))
	default:
		v.missing()
		return
	}
	name := strings.Join(strings.Fields(f.Get("name")), " ")
	to, fault := target.Parse(address)
	switch {
	case name == "":
		v.showTarget(http.StatusUnprocessableEntity, v.word("target.noname"))
		return
	case fault != nil:
		if fault.Secret {
			for _, key := range []string{"user", "host", "endpoint"} {
				f.Del(key) // a secret is not shown again
			}
		}
		v.showTarget(http.StatusUnprocessableEntity, fault.Why.In(v.o.Lang))
		return
	}
	_, err := v.changeSettings(func(raw []byte) ([]byte, *clashView, error) {
		r, found := amend.Open(raw, content.KindSite)
		if r == nil {
			return nil, nil, errors.New(v.word("publish.broken") + found[0].Message(v.o.Lang))
		}
		list := r.Value().Get("deploy").Items
		for _, d := range list {
			if d.Get("name").Text == name {
				return nil, nil, errors.New(v.word("target.twice"))
			}
		}
		list = append(list, amend.Group(amend.Pair{Key: "name", Value: amend.Text(name)}, amend.Pair{Key: "to", Value: amend.Text(address)}))
		next, err := r.Apply(map[string]amend.Value{"deploy": amend.List(list...)}, nil, v.o.Lang)
		return next, nil, v.said(err)
	})
	if err != nil {
		v.showTarget(http.StatusUnprocessableEntity, err.Error())
		return
	}
	if store.System().Secret(to) == store.NoSecret {
		http.Redirect(v.w, v.r, secretPath(name), http.StatusSeeOther)
		return
	}
	v.to("/_studio/publish/", "target")
}

type secretView struct {
	frame
	Target  string
	Where   string
	Asks    []askView
	Keyring bool
	Vars    []string // of the environment, in place of a keyring
	From    string   // where the secret is taken from now
}

// askSecret asks for what a target wants to be told before it takes files.
func (v *visit) askSecret() {
	v.showSecret(http.StatusOK, v.r.URL.Query().Get("target"), "")
}

func (v *visit) showSecret(status int, name, problem string) {
	to, why := v.chosenTarget(name)
	if why == "" && to.Kind == target.Folder {
		why = v.word("publish.gone")
	}
	if why != "" {
		v.showPublish(http.StatusUnprocessableEntity, why)
		return
	}
	view := secretView{frame: v.frame("publish", v.word("secret")), Target: name, Where: v.where(to), Keyring: store.HasKeyring()}
	view.Problem = problem
	if from := store.System().Secret(to); from != store.NoSecret {
		view.From = v.word("secret." + string(from))
	}
	names := []string{"password"}
	view.Vars = []string{"MINGDENG_SSH_PASSWORD"}
	if to.Kind == target.S3 {
		names = []string{"id", "key"}
		view.Vars = []string{"MINGDENG_ACCESS_KEY_ID", "MINGDENG_SECRET_ACCESS_KEY"}
	}
	for _, n := range names {
		a := askView{Name: n, Label: v.word("ask." + n), Hint: v.word("ask." + n + ".hint"), Type: "password", Must: true}
		if n == "id" {
			a.Type = "text"
		}
		view.Asks = append(view.Asks, a)
	}
	v.show(status, "secret", view)
}

// keepSecret hands it to the system's keyring. It is written nowhere else and never shown.
func (v *visit) keepSecret() {
	f := v.r.PostForm
	name := f.Get("target")
	to, why := v.chosenTarget(name)
	if why != "" {
		v.showPublish(http.StatusUnprocessableEntity, why)
		return
	}
	var err error
	switch id, key, password := strings.TrimSpace(f.Get("id")), strings.TrimSpace(f.Get("key")), f.Get("password"); {
	case to.Kind == target.S3 && id != "" && key != "":
		err = store.KeepKeys(to, id, key)
	case to.Kind == target.SFTP && password != "":
		err = store.KeepPassword(to, password)
	default:
		v.showSecret(http.StatusUnprocessableEntity, name, v.word("secret.empty"))
		return
	}
	if err != nil {
		v.showSecret(http.StatusInternalServerError, name, v.word("secret.noring"))
		return
	}
	v.to("/_studio/publish/", "secret")
}
