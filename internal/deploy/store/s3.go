package store

import (
	"context"
	"crypto/md5" // what S3 calls a digest; it guards against accidents alone
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"net"
	"net/http"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"mingdeng/internal/deploy"
	"mingdeng/internal/deploy/target"
)

// S3 is a bucket, or a folder in it, of any store that speaks S3.
//
// Every file goes in one piece, so that its ETag is the MD5 of its content and a listing
// alone tells what is there; stores whose ETag is something else (encrypted with keys of
// their own) are known by the target's record. Bodies are signed by their MD5 and not in
// chunks, which not every compatible store understands.
type S3 struct {
	at     target.Target
	client *minio.Client
	hide   hiding
}

// NewS3 is a store in a bucket.
func NewS3(at target.Target, env Env) (*S3, error) {
	k, err := env.keys(at)
	if err != nil {
		return nil, err
	}
	transport, err := minio.DefaultTransport(!at.Plain)
	if err != nil {
		return nil, err
	}
	transport.MaxIdleConnsPerHost = 2 * deploy.AtOnce
	lookup := minio.BucketLookupDNS
	if at.PathLike {
		lookup = minio.BucketLookupPath
	}
	client, err := minio.New(at.Endpoint, &minio.Options{
		Creds: credentials.NewStaticV4(k.ID, k.Secret, k.Session), Secure: !at.Plain, Region: at.Region,
		Transport: transport, BucketLookup: lookup, MaxRetries: 1,
	})
	if err != nil {
		return nil, err
	}
	return &S3{at: at, client: client, hide: hiding{k.Secret, k.Session}}, nil
}

func (s *S3) key(p string) string {
	if s.at.Prefix == "" {
		return p
	}
	return s.at.Prefix + "/" + p
}

// fault puts errors into words where trying again does not help.
func (s *S3) fault(err error) error {
	if err == nil {
		return nil
	}
	r := minio.ToErrorResponse(err)
	var dns *net.DNSError
	say := func(zh, en string) error {
		return fault(errors.New(s.hide.text(r.Code+" "+r.Message)), zh, en)
	}
	switch {
	case r.Code == minio.NoSuchBucket:
		return say("没有 "+s.at.Bucket+" 这个桶（在 "+s.at.Endpoint+"）：在控制台里建好，或改 site.yaml", "there is no bucket "+s.at.Bucket+" at "+s.at.Endpoint+": make it in the console, or mend site.yaml")
	case r.Code == minio.NoSuchKey || r.StatusCode == http.StatusNotFound:
		return fs.ErrNotExist
	case r.Code == minio.PreconditionFailed || r.StatusCode == http.StatusPreconditionFailed || r.StatusCode == http.StatusConflict && r.Code == "ConditionalRequestConflict":
		return fs.ErrExist
	case r.Code == "InvalidAccessKeyId" || r.Code == "SignatureDoesNotMatch" || r.Code == "InvalidToken" || r.Code == "ExpiredToken":
		return say("密钥不对或已过期：检查环境变量（或 ~/.aws/credentials）里的一对密钥", "the keys are wrong or have expired: look at the pair in the environment or in ~/.aws/credentials")
	case r.Code == minio.AccessDenied || r.StatusCode == http.StatusForbidden || r.StatusCode == http.StatusUnauthorized:
		return say("这对密钥没有权限：它要能列出、读、写、删除桶 "+s.at.Bucket+" 里的文件", "these keys may not do this: they must be allowed to list, read, write and delete in the bucket "+s.at.Bucket)
	case r.Code == "RequestTimeTooSkewed":
		return say("这台电脑的时间不对：先校准", "the clock of this computer is wrong: set it first")
	case r.Code == "AuthorizationHeaderMalformed" || r.Code == "PermanentRedirect" || r.StatusCode == http.StatusMovedPermanently:
		return say("地域不对：在目标里写上 region=…（控制台里能查到）", "the region is wrong: write region=… into the target (the console shows it)")
	case r.Code == "SecondLevelDomainForbidden" || r.Code == "InvalidBucketName":
		return say("这家存储要把桶写在主机名里：在目标里加上 style=host（或相反，style=path）", "this store wants the bucket in the host: add style=host to the target (or the other way round, style=path)")
	case errors.As(err, &dns) && dns.IsNotFound:
		return fault(nil, "找不到主机 "+s.at.Endpoint+"：检查目标里的 endpoint=", "there is no host "+s.at.Endpoint+": look at endpoint= in the target")
	case strings.Contains(err.Error(), "server gave HTTP response to HTTPS client"):
		return fault(nil, "这个 endpoint 没有 HTTPS：若是本机或内网的存储，写成 endpoint=http://"+s.at.Endpoint, "this endpoint has no HTTPS: for a store on this machine or in a closed network write endpoint=http://"+s.at.Endpoint)
	case strings.Contains(err.Error(), "x509:"):
		return fault(s.hide.err(err), s.at.Endpoint+" 的证书有问题，没有传", "the certificate of "+s.at.Endpoint+" cannot be trusted; nothing was sent")
	}
	return s.hide.err(err)
}

// List asks for page after page.
func (s *S3) List(ctx context.Context, prefix string, each func(deploy.Object) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	below := s.key("")
	for o := range s.client.ListObjectsIter(ctx, s.at.Bucket, minio.ListObjectsOptions{Prefix: s.key(prefix), Recursive: true}) {
		if o.Err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			return s.fault(o.Err)
		}
		p := strings.TrimPrefix(o.Key, below)
		if p == "" || strings.HasSuffix(p, "/") {
			continue // a mark for a folder, which consoles make
		}
		if err := each(deploy.Object{Path: p, Size: o.Size, Stamp: strings.Trim(o.ETag, `"`)}); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// Get reads a file.
func (s *S3) Get(ctx context.Context, p string) (io.ReadCloser, error) {
	r, _, _, err := (&minio.Core{Client: s.client}).GetObject(ctx, s.at.Bucket, s.key(p), minio.GetObjectOptions{})
	if err != nil {
		return nil, s.fault(err)
	}
	return r, nil
}

func (s *S3) options(f deploy.File) minio.PutObjectOptions {
	return minio.PutObjectOptions{
		ContentType: f.Type, CacheControl: f.Cache,
		SendContentMd5: true, DisableContentSha256: true, DisableMultipart: true,
	}
}

// Put sends a file in one request.
func (s *S3) Put(ctx context.Context, f deploy.File) (deploy.Object, error) {
	in, err := f.Open()
	if err != nil {
		return deploy.Object{}, err
	}
	defer in.Close()
	info, err := s.client.PutObject(ctx, s.at.Bucket, s.key(f.Path), in, f.Size, s.options(f))
	if err != nil {
		if ctx.Err() != nil {
			return deploy.Object{}, ctx.Err()
		}
		return deploy.Object{}, s.fault(err)
	}
	return deploy.Object{Path: f.Path, Size: f.Size, Stamp: strings.Trim(info.ETag, `"`)}, nil
}

// Create sends a small file on condition that there is none. A store that does not know
// the condition is asked first, and two at the same instant may both succeed: who needs to
// know reads it again.
func (s *S3) Create(ctx context.Context, p string, content []byte) error {
	if _, err := s.client.StatObject(ctx, s.at.Bucket, s.key(p), minio.StatObjectOptions{}); err == nil {
		return fs.ErrExist
	} else if err := s.fault(err); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	o := s.options(deploy.File{Type: "application/json", Cache: "no-cache"})
	put := func() error {
		_, err := s.client.PutObject(ctx, s.at.Bucket, s.key(p), strings.NewReader(string(content)), int64(len(content)), o)
		return err
	}
	conditional := o
	conditional.SetMatchETagExcept("*")
	o, conditional = conditional, o
	err := put()
	if code := minio.ToErrorResponse(err).StatusCode; err != nil && (code == http.StatusNotImplemented || code == http.StatusBadRequest) {
		o = conditional
		err = put()
	}
	return s.fault(err)
}

// Delete removes a file.
func (s *S3) Delete(ctx context.Context, p string) error {
	err := s.fault(s.client.RemoveObject(ctx, s.at.Bucket, s.key(p), minio.RemoveObjectOptions{}))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// Holds compares the ETag, and asks for the headers.
func (s *S3) Holds(ctx context.Context, o deploy.Object, f deploy.File) (bool, error) {
	in, err := f.Open()
	if err != nil {
		return false, err
	}
	defer in.Close()
	sum := md5.New()
	if _, err := io.Copy(sum, in); err != nil {
		return false, err
	}
	if !strings.EqualFold(hex.EncodeToString(sum.Sum(nil)), o.Stamp) {
		return false, nil
	}
	info, err := s.client.StatObject(ctx, s.at.Bucket, s.key(o.Path), minio.StatObjectOptions{})
	if err = s.fault(err); errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return info.ContentType == f.Type && info.Metadata.Get("Cache-Control") == f.Cache, nil
}

// KeepsHeaders is true.
func (s *S3) KeepsHeaders() bool { return true }

// Tidy has nothing to do: a file that was not sent whole is not there.
func (s *S3) Tidy(context.Context) error { return nil }

// Close has nothing to do.
func (s *S3) Close() error { return nil }
