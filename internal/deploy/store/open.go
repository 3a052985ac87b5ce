package store

import (
	"os"

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
