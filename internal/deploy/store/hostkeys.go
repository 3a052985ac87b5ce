package store

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"

	"mingdeng/internal/deploy"
	"mingdeng/internal/deploy/target"
)

// hostKeys checks the keys of servers. There is no way around it.
type hostKeys struct {
	at         target.Target
	file       string // where a new one would be noted
	known      ssh.HostKeyCallback
	algorithms []string // those of the keys that are known: others are not asked for
}

func (e Env) hostKeys(at target.Target) (*hostKeys, error) {
	h := &hostKeys{at: at, file: filepath.Join(e.Home, ".ssh", "known_hosts")}
	files := []string{h.file, "/etc/ssh/ssh_known_hosts"}
	if own := e.Get("MINGDENG_KNOWN_HOSTS"); own != "" {
		h.file, files = own, []string{own}
	}
	files = slices.DeleteFunc(files, func(f string) bool { _, err := os.Stat(f); return err != nil })
	var err error
	if h.known, err = knownhosts.New(files...); err != nil {
		return nil, fault(err, "读不懂 "+strings.Join(files, "、"), strings.Join(files, ", ")+" cannot be read")
	}
	// A server has keys of several kinds and shows one. It must be asked for one that is
	// known, or a right server would look like a wrong one.
	var wrong *knownhosts.KeyError
	probe, err := ssh.NewPublicKey(ed25519.PublicKey(make([]byte, ed25519.PublicKeySize)))
	if err != nil {
		return nil, err
	}
	address := net.JoinHostPort(at.Host, at.Port)
	if errors.As(h.known(address, &net.TCPAddr{IP: net.IPv4zero}, probe), &wrong) {
		for _, k := range wrong.Want {
			kinds := []string{k.Key.Type()}
			if k.Key.Type() == ssh.KeyAlgoRSA {
				kinds = []string{ssh.KeyAlgoRSASHA512, ssh.KeyAlgoRSASHA256}
			}
			for _, kind := range kinds {
				if !slices.Contains(h.algorithms, kind) {
					h.algorithms = append(h.algorithms, kind)
				}
			}
		}
	}
	return h, nil
}

func (h *hostKeys) check(address string, remote net.Addr, key ssh.PublicKey) error {
	err := h.known(address, remote, key)
	var wrong *knownhosts.KeyError
	var revoked *knownhosts.RevokedError
	print := ssh.FingerprintSHA256(key)
	switch {
	case err == nil:
		return nil
	case errors.As(err, &revoked), errors.As(err, &wrong) && len(wrong.Want) > 0:
		return fault(nil,
			fmt.Sprintf("服务器 %s 的钥匙和记下的不一样（现在是 %s）：可能有人冒充它。什么也没有传。先问服务器的管理员；确实换过，再改 %s", h.at.Host, print, h.file),
			fmt.Sprintf("the key of %s is not the one on record (it is now %s): somebody may be posing as it. Nothing was sent. Ask its administrator; if it was replaced, mend %s", h.at.Host, print, h.file))
	}
	port := ""
	if h.at.Port != "22" {
		port = " -p " + h.at.Port
	}
	return fault(nil,
		fmt.Sprintf("还不认识服务器 %s（钥匙 %s）：向管理员核对这串字符，然后运行一次 ssh%s %s@%s，回答 yes，它就记进 %s", h.at.Host, print, port, h.at.User, h.at.Host, h.file),
		fmt.Sprintf("the server %s is not known yet (key %s): compare that with its administrator, then run ssh%s %s@%s once and answer yes, which notes it in %s", h.at.Host, print, port, h.at.User, h.at.Host, h.file))
}

// sshFault puts what goes wrong on the way to a server into words.
func sshFault(at target.Target, err error) error {
	var known *deploy.Fault
	var dns *net.DNSError
	switch {
	case errors.As(err, &known):
		return known
	case strings.Contains(err.Error(), "unable to authenticate"):
		return fault(nil, "服务器 "+at.Host+" 不接受 "+at.User+" 的钥匙或密码：公钥要写在服务器上 "+at.User+" 的 ~/.ssh/authorized_keys 里", at.Host+" does not accept the key or password of "+at.User+": the public key must stand in ~/.ssh/authorized_keys of "+at.User+" there")
	case errors.As(err, &dns) && dns.IsNotFound:
		return fault(nil, "找不到主机 "+at.Host+"：检查 site.yaml 里的目标", "there is no host "+at.Host+": look at the target in site.yaml")
	}
	return err
}
