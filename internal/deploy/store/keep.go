package store

import (
	"encoding/json"
	"errors"

	"github.com/zalando/go-keyring"

	"mingdeng/internal/deploy/target"
)

// Origin is where the secret of a target is taken from.
type Origin string

// The origins, in the order in which they are looked at.
const (
	NoSecret    Origin = "none" // one is needed and nowhere to be found
	Unneeded    Origin = "unneeded"
	Environment Origin = "environment"
	Keyring     Origin = "keyring"
	Files       Origin = "files" // credential files of the usual tools, keys and agent of ssh
)

// Secret tells where a store would take the secret of a target from. It tells nothing of
// the secret itself, and not whether the target takes it.
func (e Env) Secret(t target.Target) Origin {
	switch t.Kind {
	case target.S3:
		_, from := e.find(t)
		return from
	case target.SFTP:
		if e.Get("MINGDENG_SSH_PASSWORD") != "" || e.Get("MINGDENG_SSH_PASSPHRASE") != "" {
			return Environment
		}
		if e.fromKeyring(t) != "" {
			return Keyring
		}
		_, closes, _, err := e.sshAuth(t)
		for _, c := range closes {
			c.Close()
		}
		if err != nil {
			return NoSecret
		}
		return Files
	}
	return Unneeded
}

// ErrNoKeyring says that this machine has no keyring, or one that takes nothing. It does
// not repeat what the keyring said, which might hold the secret.
var ErrNoKeyring = errors.New("the system has no keyring that can be used")

// HasKeyring tells whether this machine has a keyring that answers.
func HasKeyring() bool {
	_, err := keyring.Get(Service, "probe")
	return err == nil || errors.Is(err, keyring.ErrNotFound)
}

// KeepKeys puts the keys of a bucket into the system's keyring, where [Open] finds them.
// The error is [ErrNoKeyring].
func KeepKeys(t target.Target, id, secret string) error {
	b, err := json.Marshal(keyPair{ID: id, Secret: secret})
	if err != nil { // strings cannot fail
		return err
	}
	return keep(t, string(b))
}

// KeepPassword puts the password of a server, or the passphrase of the key to it, into the
// system's keyring. The error is [ErrNoKeyring].
func KeepPassword(t target.Target, password string) error { return keep(t, password) }

func keep(t target.Target, secret string) error {
	if keyring.Set(Service, Account(t), secret) != nil {
		return ErrNoKeyring
	}
	return nil
}
