package target

import (
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	for text, want := range map[string]Target{
		"s3://lamp/?endpoint=oss-cn-hangzhou.aliyuncs.com":       {Kind: S3, Bucket: "lamp", Endpoint: "oss-cn-hangzhou.aliyuncs.com", Region: "oss-cn-hangzhou"},
		"s3://lamp?endpoint=lamp.oss-cn-beijing.aliyuncs.com":    {Kind: S3, Bucket: "lamp", Endpoint: "oss-cn-beijing.aliyuncs.com", Region: "oss-cn-beijing"},
		"s3://lamp/a/b/?endpoint=https://cos.ap-x.myqcloud.com":  {Kind: S3, Bucket: "lamp", Prefix: "a/b", Endpoint: "cos.ap-x.myqcloud.com", Region: "ap-x"},
		"s3://lamp/?endpoint=http://127.0.0.1:9000":              {Kind: S3, Bucket: "lamp", Endpoint: "127.0.0.1:9000", Plain: true, Region: "us-east-1", PathLike: true},
		"s3://lamp/?endpoint=s3.example.cn&region=r1&style=host": {Kind: S3, Bucket: "lamp", Endpoint: "s3.example.cn", Region: "r1"},
		"s3://lamp/?endpoint=obs.cn-north-4.myhuaweicloud.com":   {Kind: S3, Bucket: "lamp", Endpoint: "obs.cn-north-4.myhuaweicloud.com", Region: "cn-north-4"},
		"s3://lamp/?endpoint=s3.oss-cn-hangzhou.aliyuncs.com":    {Kind: S3, Bucket: "lamp", Endpoint: "s3.oss-cn-hangzhou.aliyuncs.com", Region: "oss-cn-hangzhou"},
		"sftp://www@203.0.113.5/var/www/site/":                   {Kind: SFTP, User: "www", Host: "203.0.113.5", Port: "22", Path: "/var/www/site"},
		"sftp://www@h.cn:2222/~/site":                            {Kind: SFTP, User: "www", Host: "h.cn", Port: "2222", Path: "/~/site"},
		"sftp://www@h.cn:2222/srv/www@site":                      {Kind: SFTP, User: "www", Host: "h.cn", Port: "2222", Path: "/srv/www@site"},
		"file:///srv/www/site":                                   {Kind: Folder, Path: "/srv/www/site"},
		"file:///D:/web@home/site":                               {Kind: Folder, Path: "/D:/web@home/site"},
		"file:///srv/%E7%BD%91%E7%AB%99":                         {Kind: Folder, Path: "/srv/网站"},
	} {
		if got, fault := Parse(text); fault != nil || got != want {
			t.Errorf("%s: %+v, %+v", text, got, fault)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, text := range []string{
		"", "public", "/srv/www", "ftp://h.cn/x", "oss://lamp/", "https://lamp.oss-cn-hangzhou.aliyuncs.com/", "s3:///x?endpoint=h.cn", "s3://lamp/",
		"s3://La_mp-/?endpoint=h.cn", "s3://lamp/?endpoint=h.cn/path", "s3://lamp/?endpoint=h.cn&colour=red", "s3://lamp/?endpoint=h.cn&style=odd",
		"sftp://h.cn/x", "sftp://www@/x", "sftp://www@h.cn", "sftp://www@h.cn/", "sftp://www@h.cn/a/../b", "file://site", "file:site", "file:///", "file:///a/../..",
	} {
		if got, fault := Parse(text); fault == nil || fault.Secret {
			t.Errorf("%s: %+v, %+v", text, got, fault)
		}
	}
	for _, text := range []string{
		"sftp://www:hunter2@h.cn/x", "s3://AKID:hunter2@lamp/?endpoint=h.cn", "s3://lamp/?endpoint=https://AKID:hunter2@h.cn", "s3://lamp/?endpoint=h.cn&secret_access_key=hunter2",
		"s3://lamp/?endpoint=h.cn&accessKeySecret=hunter2", "sftp://www@h.cn/x?password=hunter2", "sftp://www:hun/ter2@h.cn/x", "www:hunter2@h.cn/x", "s3://lamp/?endpoint=h.cn&sk=hunter2",
		"s3://lamp/?endpoint=http%3A%2F%2Fa%3Ahunter2%40h.cn", "ftp://www:hunter2@h.cn/",
	} {
		_, fault := Parse(text)
		if fault == nil || !fault.Secret {
			t.Errorf("%s is taken", text)
		} else if strings.Contains(fault.Why.Zh+fault.Why.En+fault.Mend.Zh+fault.Mend.En, "hunter2") {
			t.Errorf("%s is repeated", text)
		}
	}
}
