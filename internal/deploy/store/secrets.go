package store

import (
	"encoding/json"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/minio/minio-go/v7/pkg/credentials"
	"github.com/zalando/go-keyring"
	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"

	"mingdeng/internal/deploy/target"
)

// Service is the name secrets stand under in the system's keyring; the account is
// [Account]. A bucket's entry is {"id": …, "secret": …}, a server's is its password, or
// the passphrase of the key.
const Service = "mingdeng"

// Account is the name of a target's secret in the keyring.
func Account(t target.Target) string {
	if t.Kind == target.S3 {
		return "s3://" + t.Bucket + "." + t.Endpoint
	}
	return "sftp://" + t.User + "@" + net.JoinHostPort(t.Host, t.Port)
}

func keyringGet(service, account string) (string, error) { return keyring.Get(service, account) }

func (e Env) fromKeyring(t target.Target) string {
	if e.Keyring == nil {
		return ""
	}
	// A machine without a keyring, or one that is locked, is as good as one without an entry.
	s, err := e.Keyring(Service, Account(t))
	if err != nil {
		return ""
	}
	return s
}

// hiding takes secrets out of errors: no library shall tell one.
type hiding []string

func (h hiding) err(err error) error {
	if err == nil {
		return nil
	}
	for _, s := range h {
		if len(s) > 3 && strings.Contains(err.Error(), s) {
			return errors.New(h.text(err.Error()))
		}
	}
	return err
}

func (h hiding) text(s string) string {
	for _, secret := range h {
		if len(secret) > 3 {
			s = strings.ReplaceAll(s, secret, "***")
		}
	}
	return s
}

// keyPair is what a bucket asks for.
type keyPair struct {
	ID      string `json:"id"`
	Secret  string `json:"secret"`
	Session string `json:"session,omitempty"`
}

// keys finds them.
func (e Env) keys(t target.Target) (keyPair, error) {
	k, from := e.find(t)
	if from != NoSecret {
		return k, nil
	}
	file, _ := e.keyFile()
	return keyPair{}, fault(nil,
		"没有找到密钥：设置环境变量 AWS_ACCESS_KEY_ID 和 AWS_SECRET_ACCESS_KEY，或写进 "+file+"（不要写进 site.yaml）；见 mingdeng help deploy",
		"no keys were found: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment, or put them into "+file+" (never into site.yaml); see mingdeng help deploy")
}

// find looks for them: the program's own variables, the usual ones, the keyring, the
// credential file of the usual tools.
func (e Env) find(t target.Target) (keyPair, Origin) {
	for _, prefix := range []string{"MINGDENG_", "AWS_"} {
		k := keyPair{e.Get(prefix + "ACCESS_KEY_ID"), e.Get(prefix + "SECRET_ACCESS_KEY"), e.Get(prefix + "SESSION_TOKEN")}
		if k.ID != "" && k.Secret != "" {
			return k, Environment
		}
	}
	if text := e.fromKeyring(t); text != "" {
		var k keyPair
		if json.Unmarshal([]byte(text), &k) == nil && k.ID != "" && k.Secret != "" {
			return k, Keyring
		}
	}
	// The file may name a command that gives the keys, as the usual tools have it.
	if v, err := credentials.NewFileAWSCredentials(e.keyFile()).GetWithContext(nil); err == nil && v.AccessKeyID != "" && v.SecretAccessKey != "" {
		return keyPair{v.AccessKeyID, v.SecretAccessKey, v.SessionToken}, Files
	}
	return keyPair{}, NoSecret
}

// keyFile is the credential file of the usual tools, and which part of it counts.
func (e Env) keyFile() (file, profile string) {
	if file = e.Get("AWS_SHARED_CREDENTIALS_FILE"); file == "" {
		file = filepath.Join(e.Home, ".aws", "credentials")
	}
	if profile = e.Get("AWS_PROFILE"); profile == "" {
		profile = "default"
	}
	return file, profile
}

// usualKeys are the files in which ssh looks for keys.
var usualKeys = []string{"id_ed25519", "id_ecdsa", "id_rsa"}

// sshAuth gathers the ways to log into a server, agent first.
func (e Env) sshAuth(t target.Target) (auth []ssh.AuthMethod, closes []io.Closer, hide hiding, err error) {
	ring := e.fromKeyring(t)
	passphrase, password := e.Get("MINGDENG_SSH_PASSPHRASE"), e.Get("MINGDENG_SSH_PASSWORD")
	if passphrase == "" {
		passphrase = ring
	}
	if password == "" {
		password = ring
	}
	hide = hiding{passphrase, password}
	var signers []ssh.Signer
	files := make([]string, 0, 3)
	own := e.Get("MINGDENG_SSH_KEY")
	if own != "" {
		files = append(files, own)
	} else {
		for _, name := range usualKeys {
			files = append(files, filepath.Join(e.Home, ".ssh", name))
		}
	}
	locked := ""
	for _, file := range files {
		text, rerr := os.ReadFile(file)
		if rerr != nil {
			if own != "" {
				return nil, nil, nil, fault(rerr, "读不到 MINGDENG_SSH_KEY 指的钥匙文件 "+own, "the key file "+own+" named by MINGDENG_SSH_KEY cannot be read")
			}
			continue
		}
		s, perr := ssh.ParsePrivateKey(text)
		var missing *ssh.PassphraseMissingError
		if errors.As(perr, &missing) && passphrase != "" {
			s, perr = ssh.ParsePrivateKeyWithPassphrase(text, []byte(passphrase))
		}
		if perr != nil {
			locked = file
			continue
		}
		signers = append(signers, s)
	}
	agentConn := e.agent()
	if agentConn != nil {
		closes = append(closes, agentConn)
	}
	if agentConn != nil || len(signers) > 0 {
		// One method: a server counts attempts, and Go tries each kind of method once.
		auth = append(auth, ssh.PublicKeysCallback(func() ([]ssh.Signer, error) {
			all := signers
			if agentConn != nil {
				if theirs, err := agent.NewClient(agentConn).Signers(); err == nil {
					all = append(append([]ssh.Signer{}, theirs...), signers...)
				}
			}
			return all, nil
		}))
	}
	if password != "" {
		auth = append(auth, ssh.Password(password), ssh.KeyboardInteractive(func(_, _ string, questions []string, _ []bool) ([]string, error) {
			answers := make([]string, len(questions))
			for i := range answers {
				answers[i] = password
			}
			return answers, nil
		}))
	}
	if len(auth) == 0 {
		if locked != "" {
			return nil, nil, nil, fault(nil, "钥匙 "+locked+" 有口令：先用 ssh-add 交给 ssh-agent，或设置 MINGDENG_SSH_PASSPHRASE", "the key "+locked+" has a passphrase: hand it to ssh-agent with ssh-add, or set MINGDENG_SSH_PASSPHRASE")
		}
		return nil, nil, nil, fault(nil, "没有找到登录服务器的钥匙：用 ssh-keygen 做一把，把公钥交给服务器的管理员；见 mingdeng help deploy", "there is no key to log in with: make one with ssh-keygen and give its public part to the server's administrator; see mingdeng help deploy")
	}
	return auth, closes, hide, nil
}

// agent connects to the user's ssh agent; nil if there is none.
func (e Env) agent() io.ReadWriteCloser {
	if socket := e.Get("SSH_AUTH_SOCK"); socket != "" {
		if c, err := net.Dial("unix", socket); err == nil {
			return c
		}
	}
	if runtime.GOOS == "windows" {
		if f, err := os.OpenFile(`\\.\pipe\openssh-ssh-agent`, os.O_RDWR, 0); err == nil {
			return f
		}
	}
	return nil
}
