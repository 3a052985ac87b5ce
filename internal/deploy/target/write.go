package target

import (
	"net"
	"net/url"
	"path/filepath"
	"strings"
)

// What follows writes addresses that [Parse] reads back, from what a person filled in. What
// cannot be an address is told by Parse. Letters of other scripts stay as they are, so that
// people can read them.

var escape = strings.NewReplacer("%", "%25", "?", "%3F", "#", "%23", " ", "%20").Replace

// FolderAddress is the address of a folder of this machine, given by its path.
func FolderAddress(dir string) string {
	dir = filepath.ToSlash(strings.TrimSpace(dir))
	if len(dir) > 1 && dir[1] == ':' { // D:/site
		dir = "/" + strings.ReplaceAll(dir, `\`, "/")
	}
	return "file://" + escape(dir)
}

// SFTPAddress is the address of a folder on a server. A folder that does not begin with a
// stroke is below the one that the user logs into; port may be "".
func SFTPAddress(user, host, port, folder string) string {
	folder = strings.TrimSpace(folder)
	if !strings.HasPrefix(folder, "/") {
		folder = "/~/" + strings.TrimPrefix(folder, "~/")
	}
	host = strings.TrimSpace(host)
	if port = strings.TrimSpace(port); port != "" {
		host = net.JoinHostPort(host, port)
	}
	return "sftp://" + escape(strings.TrimSpace(user)) + "@" + host + escape(folder)
}

// S3Address is the address of a folder, which may be "", in a bucket; region may be "".
func S3Address(bucket, folder, endpoint, region string) string {
	a := "s3://" + strings.TrimSpace(bucket) + "/" + escape(strings.Trim(strings.TrimSpace(folder), "/")) + "?endpoint=" + queryEscape(endpoint)
	if region = strings.TrimSpace(region); region != "" {
		a += "&region=" + queryEscape(region)
	}
	return a
}

// queryEscape leaves what an endpoint is made of.
func queryEscape(s string) string {
	return strings.NewReplacer("%3A", ":", "%2F", "/").Replace(url.QueryEscape(strings.TrimSpace(s)))
}
