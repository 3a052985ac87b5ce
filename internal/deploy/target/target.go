// Package target reads the addresses that sites are deployed to.
package target

import (
	"net"
	"net/url"
	"path"
	"strings"

	"mingdeng/internal/diag"
)

// Kind is what stands behind an address.
type Kind string

// The kinds.
const (
	S3     Kind = "s3"
	SFTP   Kind = "sftp"
	Folder Kind = "file"
)

// Target is an address that was understood. It holds no secret.
type Target struct {
	Kind Kind

	// Of a bucket.
	Bucket   string
	Prefix   string // without slashes at its ends
	Endpoint string // HOST[:PORT]
	Plain    bool   // http instead of https
	Region   string
	PathLike bool // https://ENDPOINT/BUCKET/… instead of https://BUCKET.ENDPOINT/…

	// Of a server.
	User, Host, Port string

	// Of a server or a folder.
	Path string
}

// String is the address in one spelling, whatever way it was written.
func (t Target) String() string {
	switch t.Kind {
	case S3:
		return "s3://" + t.Bucket + "/" + t.Prefix + "?endpoint=" + t.Endpoint
	case SFTP:
		return "sftp://" + t.User + "@" + net.JoinHostPort(t.Host, t.Port) + t.Path
	}
	return "file://" + t.Path
}

// Fault is why an address cannot be used.
type Fault struct {
	Why, Mend diag.Text
	// Secret tells that the address holds one: it must not be repeated anywhere.
	Secret bool
}

func fault(why, mend diag.Text) (Target, *Fault) { return Target{}, &Fault{Why: why, Mend: mend} }

var (
	mendScheme = diag.Text{
		Zh: "写成 s3://桶/文件夹?endpoint=…、sftp://用户@主机/文件夹 或 file:///文件夹",
		En: "write s3://BUCKET/PREFIX?endpoint=HOST, sftp://USER@HOST/PATH or file:///PATH",
	}
	mendS3 = diag.Text{
		Zh: "例如 s3://我的桶/?endpoint=oss-cn-hangzhou.aliyuncs.com（桶名只有小写字母、数字、点和 -）",
		En: "for instance s3://my-bucket/?endpoint=oss-cn-hangzhou.aliyuncs.com (buckets are lower-case letters, digits, dots and -)",
	}
	mendSFTP   = diag.Text{Zh: "例如 sftp://www@203.0.113.5/var/www/site；相对于登录文件夹写成 /~/site", En: "for instance sftp://www@203.0.113.5/var/www/site; /~/site is below the folder one logs into"}
	mendFolder = diag.Text{Zh: "写绝对路径，三个斜杠：file:///srv/www/site，Windows 上 file:///D:/site", En: "write the whole path after three slashes: file:///srv/www/site, on Windows file:///D:/site"}
	mendSecret = diag.Text{
		Zh: "从这里删掉。它已经写进过文件，请换一个新的；新的放在环境变量或钥匙串里，见 mingdeng help deploy",
		En: "remove it here. It has stood in a file, so replace it by a new one; that goes into the environment or the keyring, see mingdeng help deploy",
	}
)

// secretKeys are parameters under which people put secrets into addresses.
var secretKeys = []string{"secret", "password", "passwd", "passphrase", "token", "accesskey", "access_key", "access-key", "keyid", "key_id", "credential", "signature", "ak", "sk", "pwd"}

// Parse reads an address.
func Parse(text string) (Target, *Fault) {
	if holdsSecret(text) {
		return Target{}, &Fault{Secret: true, Mend: mendSecret,
			Why: diag.Text{Zh: "网址里写着密码或密钥", En: "a password or key stands in the address"}}
	}
	u, err := url.Parse(text)
	if err != nil {
		return fault(diag.Text{Zh: "不是一个网址", En: "it is no address"}, mendScheme)
	}
	switch Kind(strings.ToLower(u.Scheme)) {
	case S3:
		return parseS3(u)
	case SFTP:
		return parseSFTP(u)
	case Folder:
		return parseFolder(u)
	case "":
		return fault(diag.Text{Zh: "少了开头的 s3://、sftp:// 或 file://", En: "it does not begin with s3://, sftp:// or file://"}, mendScheme)
	case "ftp", "ftps":
		return fault(diag.Text{Zh: "FTP 不加密，不能用；多数服务器同时有 SFTP", En: "FTP sends passwords in the clear and is not supported; most servers have SFTP as well"}, mendScheme)
	case "oss", "cos", "cosn", "obs", "http", "https":
		return fault(diag.Text{Zh: "对象存储一律写成 s3://", En: "object stores are all written s3://"}, mendS3)
	}
	return fault(diag.Text{Zh: "不认得“" + u.Scheme + "://”", En: "\"" + u.Scheme + "://\" is unknown"}, mendScheme)
}

// holdsSecret looks for a secret without taking the address to be well formed.
func holdsSecret(text string) bool {
	scheme, rest, found := strings.Cut(text, "://")
	if !found {
		rest = text
	}
	place, query, _ := strings.Cut(rest, "?")
	// A password may hold slashes and more @ that were not escaped.
	if at := strings.IndexByte(place, '@'); at >= 0 && strings.Contains(place[:at], ":") && !strings.EqualFold(scheme, string(Folder)) {
		return true
	}
	for pair := range strings.FieldsFuncSeq(query, func(r rune) bool { return r == '&' || r == ';' }) {
		key, value, _ := strings.Cut(pair, "=")
		if plain, err := url.QueryUnescape(key); err == nil {
			key = plain
		}
		if plain, err := url.QueryUnescape(value); err == nil && strings.Contains(plain, "@") {
			return true // endpoint=https://ID:SECRET@HOST
		}
		key = strings.ToLower(key)
		for _, s := range secretKeys {
			if value != "" && (key == s || len(s) > 3 && strings.Contains(key, s)) {
				return true
			}
		}
	}
	return false
}

// unknown names the first parameter that means nothing.
func unknown(u *url.URL, known ...string) string {
	for key := range u.Query() {
		found := false
		for _, k := range known {
			found = found || k == key
		}
		if !found {
			return key
		}
	}
	return ""
}

// hosted are stores that want the bucket's name in the host.
var hosted = []string{".aliyuncs.com", ".myqcloud.com", ".myhuaweicloud.com", ".amazonaws.com", ".amazonaws.com.cn", ".volces.com", ".ksyuncs.com", ".qiniucs.com", ".bcebos.com"}

func parseS3(u *url.URL) (Target, *Fault) {
	q := u.Query()
	t := Target{Kind: S3, Bucket: u.Host, Prefix: strings.Trim(path.Clean("/"+u.Path), "/"), Endpoint: strings.TrimRight(q.Get("endpoint"), "/"), Region: q.Get("region")}
	if key := unknown(u, "endpoint", "region", "style"); key != "" {
		return fault(diag.Text{Zh: "不认得“" + key + "=”", En: "\"" + key + "=\" is unknown"}, mendS3)
	}
	switch {
	case u.User != nil:
		return fault(diag.Text{Zh: "桶的名字前面不能有 @", En: "nothing with @ may stand before the bucket"}, mendS3)
	case t.Bucket == "":
		return fault(diag.Text{Zh: "少了桶的名字", En: "the bucket is missing"}, mendS3)
	case !isBucket(t.Bucket):
		return fault(diag.Text{Zh: "“" + t.Bucket + "”不能是桶的名字", En: "\"" + t.Bucket + "\" cannot be a bucket"}, mendS3)
	case t.Endpoint == "":
		return fault(diag.Text{Zh: "少了 endpoint=（存储服务的主机名，在它的控制台里能查到）", En: "endpoint= is missing (the host of the store; its console shows it)"}, mendS3)
	case u.Fragment != "" || strings.Contains(u.Path, ".."):
		return fault(diag.Text{Zh: "文件夹里不能有 .. 或 #", En: "the prefix must not hold .. or #"}, mendS3)
	}
	if rest, ok := strings.CutPrefix(t.Endpoint, "http://"); ok {
		t.Endpoint, t.Plain = rest, true
	}
	t.Endpoint = strings.TrimPrefix(t.Endpoint, "https://")
	// Consoles show the bucket's own address as well: both are understood.
	t.Endpoint = strings.TrimPrefix(t.Endpoint, t.Bucket+".")
	host := t.Endpoint
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	if host == "" || strings.ContainsAny(t.Endpoint, "/@?# ") {
		return fault(diag.Text{Zh: "endpoint 应是一个主机名，不带路径", En: "endpoint is to be a host, without a path"}, mendS3)
	}
	t.PathLike = true
	for _, h := range hosted {
		if strings.HasSuffix("."+host, h) {
			t.PathLike = false
		}
	}
	switch q.Get("style") {
	case "path":
		t.PathLike = true
	case "host":
		t.PathLike = false
	case "":
	default:
		return fault(diag.Text{Zh: "style 只能是 path 或 host", En: "style must be path or host"}, mendS3)
	}
	if t.Region == "" {
		t.Region = regionOf(host)
	}
	return t, nil
}

func isBucket(s string) bool {
	if len(s) < 3 || len(s) > 63 || strings.Contains(s, "..") {
		return false
	}
	for i, r := range s {
		end := i == 0 || i == len(s)-1
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && (end || r != '-' && r != '.' && r != '_') {
			return false
		}
	}
	return true
}

// regionOf takes the region from the host of a store: signatures name it.
func regionOf(host string) string {
	labels := strings.Split(host, ".")
	switch {
	case strings.HasSuffix(host, ".aliyuncs.com"):
		for _, l := range labels {
			if strings.HasPrefix(l, "oss-") {
				return strings.TrimSuffix(l, "-internal") // oss-cn-hangzhou
			}
		}
	case len(labels) > 2 && (labels[0] == "cos" || labels[0] == "obs" || labels[0] == "s3"):
		if labels[1] != "amazonaws" {
			return labels[1]
		}
	}
	return "us-east-1" // what stores without regions expect
}

func parseSFTP(u *url.URL) (Target, *Fault) {
	t := Target{Kind: SFTP, User: u.User.Username(), Host: u.Hostname(), Port: u.Port(), Path: path.Clean("/" + u.Path)}
	switch {
	case t.Host == "":
		return fault(diag.Text{Zh: "少了主机", En: "the host is missing"}, mendSFTP)
	case t.User == "":
		return fault(diag.Text{Zh: "少了用户名", En: "the user is missing"}, mendSFTP)
	case t.Path == "/" || t.Path == "/~":
		return fault(diag.Text{Zh: "少了文件夹：整个服务器不能当作网站", En: "the folder is missing: a whole server cannot be the site"}, mendSFTP)
	case strings.Contains(u.Path, "..") || u.RawQuery != "" || u.Fragment != "":
		return fault(diag.Text{Zh: "不能有 ..、? 或 #", En: "it must not hold .., ? or #"}, mendSFTP)
	}
	if t.Port == "" {
		t.Port = "22"
	}
	return t, nil
}

func parseFolder(u *url.URL) (Target, *Fault) {
	switch {
	case u.Host != "" && u.Host != "localhost", u.Path == "", u.Opaque != "":
		return fault(diag.Text{Zh: "少了一个斜杠，或不是绝对路径", En: "a slash is missing, or the path is not a whole one"}, mendFolder)
	case strings.Contains(u.Path, "..") || u.RawQuery != "" || u.Fragment != "":
		return fault(diag.Text{Zh: "不能有 ..、? 或 #", En: "it must not hold .., ? or #"}, mendFolder)
	case path.Clean(u.Path) == "/":
		return fault(diag.Text{Zh: "少了文件夹：整个磁盘不能当作网站", En: "the folder is missing: a whole disk cannot be the site"}, mendFolder)
	}
	return Target{Kind: Folder, Path: path.Clean(u.Path)}, nil
}
