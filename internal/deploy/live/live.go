// Package live starts real servers for tests of deploy: an S3-compatible store and an ssh
// server, both on this machine alone, with keys made for the occasion.
package live

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"testing"

	"mingdeng/internal/testrun"

	"golang.org/x/crypto/ssh"
)

// Server is one that runs as long as its test.
type Server struct {
	To  string            // the address of an empty target there, as it stands in site.yaml
	Dir string            // where its files lie on this machine
	Env map[string]string // what a client needs to know
}

// tool finds a program, or ends the test: with a skip, or where all tools must be there
// with a failure.
func tool(t *testing.T, name, how string) string {
	t.Helper()
	for _, place := range []string{name, os.Getenv("MINGDENG_" + map[string]string{"versitygw": "VERSITYGW", "sshd": "SSHD"}[name]), "/usr/sbin/" + name} {
		if place == "" {
			continue
		}
		if p, err := exec.LookPath(place); err == nil {
			return p
		}
	}
	if os.Getenv("MINGDENG_REQUIRE_TOOLS") == "1" {
		t.Fatalf("%s is missing: %s", name, how)
	}
	t.Skipf("%s is missing: %s", name, how)
	return ""
}

// run starts a server and waits until it answers at its port.
func run(t *testing.T, port string, cmd *exec.Cmd) {
	t.Helper()
	log, err := os.Create(filepath.Join(t.TempDir(), "log"))
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
		log.Close()
	})
	if !testrun.Comes(func() bool {
		c, err := net.Dial("tcp", "127.0.0.1:"+port)
		if err == nil {
			c.Close()
		}
		return err == nil
	}) {
		said, _ := os.ReadFile(log.Name())
		t.Fatalf("%s does not answer: %s", cmd.Path, said)
	}
}

// S3 starts a store with one bucket.
func S3(t *testing.T) Server {
	t.Helper()
	program := tool(t, "versitygw", "go install github.com/versity/versitygw/cmd/versitygw@v1.8.0")
	dir, port := t.TempDir(), testrun.Port(t)
	if err := os.Mkdir(filepath.Join(dir, "lamp-site"), 0o755); err != nil {
		t.Fatal(err)
	}
	env := map[string]string{"AWS_ACCESS_KEY_ID": "testkey", "AWS_SECRET_ACCESS_KEY": "test-secret-" + rand.Text()}
	cmd := exec.Command(program, "--port", "127.0.0.1:"+port, "posix", "--sidecar", t.TempDir(), dir)
	cmd.Env = append(os.Environ(), "ROOT_ACCESS_KEY="+env["AWS_ACCESS_KEY_ID"], "ROOT_SECRET_KEY="+env["AWS_SECRET_ACCESS_KEY"])
	run(t, port, cmd)
	return Server{To: "s3://lamp-site/www?endpoint=http://127.0.0.1:" + port, Dir: filepath.Join(dir, "lamp-site", "www"), Env: env}
}

// SFTP starts an ssh server that lets the present user in.
func SFTP(t *testing.T) Server {
	t.Helper()
	program := tool(t, "sshd", "install openssh-server")
	me, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	dir, port := t.TempDir(), testrun.Port(t)
	file := func(name string) string { return filepath.Join(dir, name) }
	hostKey := newKey(t, file("host"))
	userKey := newKey(t, file("user"))
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(os.WriteFile(file("authorized_keys"), ssh.MarshalAuthorizedKey(userKey), 0o600))
	must(os.WriteFile(file("known_hosts"), fmt.Appendf(nil, "[127.0.0.1]:%s %s", port, ssh.MarshalAuthorizedKey(hostKey)), 0o600))
	must(os.WriteFile(file("config"), fmt.Appendf(nil, "ListenAddress 127.0.0.1:%s\nHostKey %s\nAuthorizedKeysFile %s\nStrictModes no\nUsePAM no\nPasswordAuthentication no\nPidFile none\nPermitRootLogin yes\nSubsystem sftp internal-sftp\nMaxStartups 100\n",
		port, file("host"), file("authorized_keys")), 0o600))
	if os.Getuid() == 0 {
		must(os.MkdirAll("/run/sshd", 0o755)) // where it locks its helpers in
	}
	must(os.Mkdir(file("www"), 0o755))
	run(t, port, exec.Command(program, "-D", "-e", "-f", file("config")))
	return Server{
		To:  fmt.Sprintf("sftp://%s@127.0.0.1:%s%s", me.Username, port, file("www/site")),
		Dir: file("www/site"),
		Env: map[string]string{"MINGDENG_SSH_KEY": file("user"), "MINGDENG_KNOWN_HOSTS": file("known_hosts"), "SSH_AUTH_SOCK": ""},
	}
}

func newKey(t *testing.T, file string) ssh.PublicKey {
	t.Helper()
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	block, err := ssh.MarshalPrivateKey(private, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, pem.EncodeToMemory(block), 0o600); err != nil {
		t.Fatal(err)
	}
	key, err := ssh.NewPublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// Folder is a target in a folder.
func Folder(t *testing.T) Server {
	dir := filepath.Join(t.TempDir(), "site")
	return Server{To: "file://" + filepath.ToSlash(dir), Dir: dir}
}

// Servers are all kinds of targets.
var Servers = map[string]func(*testing.T) Server{"s3": S3, "sftp": SFTP, "folder": Folder}
