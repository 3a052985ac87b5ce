package store

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mingdeng/internal/deploy"
	"mingdeng/internal/deploy/live"
	"mingdeng/internal/deploy/target"
)

// TestHostKeys: a server that is not known, or that has another key than the one on
// record, gets nothing, and its fault says what to do.
func TestHostKeys(t *testing.T) {
	server, other := live.SFTP(t), live.SFTP(t)
	known, err := os.ReadFile(server.Env["MINGDENG_KNOWN_HOSTS"])
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := os.ReadFile(other.Env["MINGDENG_KNOWN_HOSTS"])
	if err != nil {
		t.Fatal(err)
	}
	wrong := strings.Fields(string(known))[0] + " " + strings.Join(strings.Fields(string(theirs))[1:], " ") + "\n"
	for text, want := range map[string]string{"": "is not known yet", wrong: "not the one on record", string(theirs): "is not known yet"} {
		file := filepath.Join(t.TempDir(), "known_hosts")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		s := server
		s.Env = maps.Clone(server.Env)
		s.Env["MINGDENG_KNOWN_HOSTS"] = file
		_, err := openLive(t, s).Put(t.Context(), fileOf("index.html", "x"))
		var fault *deploy.Fault
		if !errors.As(err, &fault) || !strings.Contains(fault.Error(), want) {
			t.Errorf("%v is not %q", err, want)
		}
		if _, err := os.Stat(filepath.Join(server.Dir, "index.html")); err == nil {
			t.Error("it was sent all the same")
		}
	}
	// A key the server does not take.
	s := server
	s.Env = maps.Clone(server.Env)
	s.Env["MINGDENG_SSH_KEY"] = other.Env["MINGDENG_SSH_KEY"]
	if _, err := openLive(t, s).Put(t.Context(), fileOf("index.html", "x")); err == nil || !strings.Contains(err.Error(), "does not accept") {
		t.Errorf("a stranger's key: %v", err)
	}
}

// TestKeys: where the keys of a store are looked for, and in which order.
func TestKeys(t *testing.T) {
	at, fault := target.Parse("s3://lamp/?endpoint=s3.example.cn")
	if fault != nil {
		t.Fatal(fault.Why.En)
	}
	home := t.TempDir()
	if err := os.Mkdir(filepath.Join(home, ".aws"), 0o700); err != nil {
		t.Fatal(err)
	}
	env := map[string]string{}
	e := Env{Get: func(k string) string { return env[k] }, Home: home}
	check := func(want string) {
		t.Helper()
		k, err := e.keys(at)
		if want == "" {
			if err == nil {
				t.Errorf("found %v", k)
			}
		} else if err != nil || k.ID != want || k.Secret == "" {
			t.Errorf("%s, %v, not %s", k.ID, err, want)
		}
	}
	check("")
	if err := os.WriteFile(filepath.Join(home, ".aws", "credentials"), []byte("[default]\naws_access_key_id = file\naws_secret_access_key = s\n[city]\naws_access_key_id = city\naws_secret_access_key = s\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	check("file")
	env["AWS_PROFILE"] = "city"
	check("city")
	e.Keyring = func(service, account string) (string, error) {
		if service != "mingdeng" || account != "s3://lamp.s3.example.cn" {
			return "", errors.New("no such entry")
		}
		return `{"id":"ring","secret":"s"}`, nil
	}
	check("ring")
	env["AWS_ACCESS_KEY_ID"], env["AWS_SECRET_ACCESS_KEY"] = "env", "s"
	check("env")
	env["MINGDENG_ACCESS_KEY_ID"], env["MINGDENG_SECRET_ACCESS_KEY"] = "own", "s"
	check("own")
}

func TestHiding(t *testing.T) {
	h := hiding{"hunter22", ""}
	if err := h.err(errors.New("said hunter22 aloud")); err.Error() != "said *** aloud" {
		t.Error(err)
	}
}
