package store

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"net"
	"os"
	"path"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/pkg/sftp"
	"golang.org/x/crypto/ssh"

	"mingdeng/internal/deploy"
	"mingdeng/internal/deploy/target"
)

// SFTP is a folder on a server that is reached by ssh. One connection carries all requests,
// many at once; it is made when it is first needed, and anew when it breaks.
type SFTP struct {
	at     target.Target
	config *ssh.ClientConfig
	closes []io.Closer // of the agent
	hide   hiding

	mu     sync.Mutex
	conn   *ssh.Client
	client *sftp.Client
	made   map[string]bool // folders known to be there
}

// NewSFTP is a store at a server. It takes keys from the agent and the user's files, and
// the keys of servers from known_hosts.
func NewSFTP(at target.Target, env Env) (*SFTP, error) {
	s := &SFTP{at: at}
	hosts, err := env.hostKeys(at)
	if err != nil {
		return nil, err
	}
	auth, closes, hide, err := env.sshAuth(at)
	if err != nil {
		return nil, err
	}
	s.hide, s.closes = hide, closes
	s.config = &ssh.ClientConfig{
		User: at.User, Auth: auth, Timeout: 20 * time.Second,
		HostKeyCallback: hosts.check, HostKeyAlgorithms: hosts.algorithms,
	}
	return s, nil
}

// with calls do with a connection. One that broke is forgotten, so that the next call makes
// another; when ctx ends the connection is closed, because nothing else ends a request.
func (s *SFTP) with(ctx context.Context, do func(*sftp.Client) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	c, err := s.connect(ctx)
	if err != nil {
		return s.hide.err(sshFault(s.at, err))
	}
	stop := context.AfterFunc(ctx, func() { s.forget(c) })
	err = do(c)
	stop()
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var status *sftp.StatusError
	if errors.Is(err, sftp.ErrSSHFxConnectionLost) || errors.Is(err, io.EOF) || errors.Is(err, net.ErrClosed) || errors.Is(err, io.ErrClosedPipe) ||
		errors.As(err, &status) && status.FxCode() == sftp.ErrSSHFxConnectionLost {
		s.forget(c)
	}
	return s.hide.err(s.fault(err))
}

func (s *SFTP) fault(err error) error {
	switch {
	case errors.Is(err, fs.ErrPermission), errors.Is(err, sftp.ErrSSHFxPermissionDenied):
		return fault(err, "服务器不让 "+s.at.User+" 写 "+s.at.Path+"：请管理员改权限", "the server does not let "+s.at.User+" write to "+s.at.Path+": ask its administrator for permission")
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, sftp.ErrSSHFxNoSuchFile):
		return fs.ErrNotExist
	}
	return err
}

func (s *SFTP) connect(ctx context.Context) (*sftp.Client, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.client != nil {
		return s.client, nil
	}
	address := net.JoinHostPort(s.at.Host, s.at.Port)
	d := net.Dialer{Timeout: s.config.Timeout, KeepAlive: 15 * time.Second}
	raw, err := d.DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	stop := context.AfterFunc(ctx, func() { raw.Close() })
	defer stop()
	// A server that answers nothing must not hold us.
	if err := raw.SetDeadline(time.Now().Add(2 * s.config.Timeout)); err != nil {
		raw.Close()
		return nil, err
	}
	c, channels, requests, err := ssh.NewClientConn(raw, address, s.config)
	if err != nil {
		raw.Close()
		return nil, err
	}
	conn := ssh.NewClient(c, channels, requests)
	client, err := sftp.NewClient(conn, sftp.UseConcurrentWrites(true))
	if err == nil {
		err = raw.SetDeadline(time.Time{})
	}
	if err != nil {
		conn.Close()
		return nil, err
	}
	s.conn, s.client, s.made = conn, client, map[string]bool{}
	return client, nil
}

// forget closes a connection, unless another has taken its place.
func (s *SFTP) forget(c *sftp.Client) {
	s.mu.Lock()
	conn := s.conn
	if s.client != c {
		s.mu.Unlock()
		return
	}
	s.client, s.conn = nil, nil
	s.mu.Unlock()
	conn.Close() // first, or the client waits for answers that do not come
	c.Close()
}

// at is where a path of the target lies on the server.
func (s *SFTP) full(p string) string {
	if rest, ok := strings.CutPrefix(s.at.Path, "/~/"); ok {
		return path.Join(rest, p)
	}
	return path.Join(s.at.Path, p)
}

// List walks the folder.
func (s *SFTP) List(ctx context.Context, prefix string, each func(deploy.Object) error) error {
	return s.with(ctx, func(c *sftp.Client) error {
		return walk(ctx, prefix, func(ctx context.Context, dir string) ([]fs.FileInfo, error) {
			list, err := c.ReadDirContext(ctx, s.full(dir))
			if errors.Is(err, fs.ErrNotExist) {
				return nil, nil
			}
			return list, err
		}, func(p string, info fs.FileInfo) error {
			return each(deploy.Object{Path: p, Size: info.Size(), Stamp: sftpStamp(info)})
		})
	})
}

// sftpStamp is the time of a file, which the protocol gives in seconds.
func sftpStamp(info fs.FileInfo) string { return strconv.FormatInt(info.ModTime().Unix(), 36) }

// Get reads a file.
func (s *SFTP) Get(ctx context.Context, p string) (r io.ReadCloser, err error) {
	err = s.with(ctx, func(c *sftp.Client) error {
		f, err := c.Open(s.full(p))
		r = &reading{f, ctx, s}
		return err
	})
	if err != nil {
		return nil, err
	}
	return r, nil
}

// reading is a file that is read within a context.
type reading struct {
	*sftp.File
	ctx context.Context
	s   *SFTP
}

func (r *reading) Read(b []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.File.Read(b)
}

func (r *reading) WriteTo(w io.Writer) (int64, error) {
	return io.Copy(w, struct{ io.Reader }{r})
}

// Put writes beside and renames over what is there (posix-rename@openssh.com, which nearly
// every server has; without it the old file is removed first).
func (s *SFTP) Put(ctx context.Context, file deploy.File) (o deploy.Object, err error) {
	in, err := file.Open()
	if err != nil {
		return o, err
	}
	defer in.Close()
	err = s.with(ctx, func(c *sftp.Client) error {
		temp, info, err := s.writeTemp(c, in)
		if err != nil {
			return err
		}
		to := s.full(file.Path)
		if err := s.mkdir(c, path.Dir(to)); err != nil {
			return err
		}
		err = s.rename(c, temp, to)
		if errors.Is(err, fs.ErrNotExist) { // somebody removed the folder
			s.mu.Lock()
			clear(s.made)
			s.mu.Unlock()
			if err = s.mkdir(c, path.Dir(to)); err == nil {
				err = s.rename(c, temp, to)
			}
		}
		if err != nil {
			c.Remove(temp)
			return err
		}
		o = deploy.Object{Path: file.Path, Size: info.Size(), Stamp: sftpStamp(info)}
		return nil
	})
	return o, err
}

func (s *SFTP) rename(c *sftp.Client, from, to string) error {
	if _, ok := c.HasExtension("posix-rename@openssh.com"); ok {
		return c.PosixRename(from, to)
	}
	if err := c.Remove(to); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return c.Rename(from, to)
}

func (s *SFTP) mkdir(c *sftp.Client, dir string) error {
	s.mu.Lock()
	known := s.made[dir]
	s.mu.Unlock()
	if known {
		return nil
	}
	if err := c.MkdirAll(dir); err != nil {
		// Two that make the same folder at once: one is told that it failed.
		if info, serr := c.Stat(dir); serr != nil || !info.IsDir() {
			return err
		}
	}
	s.mu.Lock()
	s.made[dir] = true
	s.mu.Unlock()
	return nil
}

func (s *SFTP) writeTemp(c *sftp.Client, in io.Reader) (name string, info fs.FileInfo, err error) {
	name = s.full(deploy.TempPrefix + rand.Text())
	if err := s.mkdir(c, path.Dir(name)); err != nil {
		return name, nil, err
	}
	out, err := c.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY)
	if err != nil {
		return name, nil, err
	}
	_, err = out.ReadFrom(in)
	if err == nil {
		info, err = out.Stat()
	}
	if err = errors.Join(err, out.Close()); err != nil {
		c.Remove(name)
	}
	return name, info, err
}

// Create writes a file whole where there is none: a plain rename of SFTP's third version
// fails where there is one.
func (s *SFTP) Create(ctx context.Context, p string, content []byte) error {
	return s.with(ctx, func(c *sftp.Client) error {
		temp, _, err := s.writeTemp(c, bytes.NewReader(content))
		if err != nil {
			return err
		}
		to := s.full(p)
		if err := c.Rename(temp, to); err != nil {
			c.Remove(temp)
			if _, serr := c.Lstat(to); serr == nil {
				return fs.ErrExist
			}
			return err
		}
		return nil
	})
}

// Delete removes a file, and the folders above it that are empty then.
func (s *SFTP) Delete(ctx context.Context, p string) error {
	return s.with(ctx, func(c *sftp.Client) error {
		if err := c.Remove(s.full(p)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		for dir := path.Dir(p); dir != "." && c.RemoveDirectory(s.full(dir)) == nil; dir = path.Dir(dir) {
			s.mu.Lock()
			if s.made != nil {
				delete(s.made, s.full(dir))
			}
			s.mu.Unlock()
		}
		return nil
	})
}

// Holds reads the file.
func (s *SFTP) Holds(ctx context.Context, o deploy.Object, file deploy.File) (bool, error) {
	return sameContent(ctx, s, o, file)
}

// KeepsHeaders is false: the web server on the other side says how files are served.
func (s *SFTP) KeepsHeaders() bool { return false }

// Tidy removes files that were on their way.
func (s *SFTP) Tidy(ctx context.Context) error { return tidy(ctx, s) }

// Close ends the connection.
func (s *SFTP) Close() error {
	s.mu.Lock()
	c := s.client
	s.mu.Unlock()
	if c != nil {
		s.forget(c)
	}
	for _, x := range s.closes {
		x.Close()
	}
	return nil
}
