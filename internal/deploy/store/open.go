package store

import (
	"os"
	"path/filepath"

	"mingdeng/internal/deploy"
	"mingdeng/internal/deploy/target"
)

// Env is where stores find secrets and the keys of servers.
type Env struct {
	Get  func(string) string // environment variables
	Home string              // the user's folder
	// Keyring reads the system's keyring; nil is none.
	Keyring func(service, account string) (string, error)
}

// System is the environment of this process.
func System() Env {
	home, _ := os.UserHomeDir() // without one, files below it are not found
	return Env{Get: os.Getenv, Home: home, Keyring: keyringGet}
}

// Open opens the store of a target. It connects when it is first asked for something.
func Open(t target.Target, env Env) (deploy.Store, error) {
	switch t.Kind {
	case target.S3:
		return NewS3(t, env)
	case target.SFTP:
		return NewSFTP(t, env)
	}
	return NewFolder(folderPath(t.Path)), nil
}

// FolderOf is the folder of a target that is one, "" otherwise.
func FolderOf(t target.Target) string {
	if t.Kind != target.Folder {
		return ""
	}
	return folderPath(t.Path)
}

// Overlap is the first of the folders own with which a target would mix: one lies in the
// other. It is "" where none does. Links are followed as far as there is something.
func Overlap(t target.Target, own ...string) (string, error) {
	to := FolderOf(t)
	if to == "" {
		return "", nil
	}
	for _, dir := range own {
		dir, err := filepath.Abs(dir)
		if err != nil {
			return "", err
		}
		for _, pair := range [][2]string{{dir, to}, {to, dir}} {
			if rel, err := filepath.Rel(resolved(pair[0]), resolved(pair[1])); err == nil && filepath.IsLocal(rel) {
				return dir, nil
			}
		}
	}
	return "", nil
}

// resolved is a path without links, as far as it exists.
func resolved(p string) string {
	if r, err := filepath.EvalSymlinks(p); err == nil {
		return r
	}
	return filepath.Clean(p)
}
