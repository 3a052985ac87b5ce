package target

import "testing"

func TestWrite(t *testing.T) {
	for _, c := range []struct {
		address, want string
		at            Target
	}{
		{FolderAddress("/srv/网站 #1/50%"), "file:///srv/网站%20%231/50%25", Target{Kind: Folder, Path: "/srv/网站 #1/50%"}},
		{FolderAddress(`D:\site\www`), "file:///D:/site/www", Target{Kind: Folder, Path: "/D:/site/www"}},
		{SFTPAddress("www", " 203.0.113.5 ", "", "/var/www"), "sftp://www@203.0.113.5/var/www", Target{Kind: SFTP, User: "www", Host: "203.0.113.5", Port: "22", Path: "/var/www"}},
		{SFTPAddress("www", "::1", "2222", "site"), "sftp://www@[::1]:2222/~/site", Target{Kind: SFTP, User: "www", Host: "::1", Port: "2222", Path: "/~/site"}},
		{S3Address("lamp", "/a/", "oss-cn-hangzhou.aliyuncs.com", ""), "s3://lamp/a?endpoint=oss-cn-hangzhou.aliyuncs.com",
			Target{Kind: S3, Bucket: "lamp", Prefix: "a", Endpoint: "oss-cn-hangzhou.aliyuncs.com", Region: "oss-cn-hangzhou"}},
		{S3Address("lamp", "", "http://127.0.0.1:9000", "cn"), "s3://lamp/?endpoint=http://127.0.0.1:9000&region=cn",
			Target{Kind: S3, Bucket: "lamp", Endpoint: "127.0.0.1:9000", Plain: true, Region: "cn", PathLike: true}},
	} {
		at, fault := Parse(c.address)
		if c.address != c.want || fault != nil || at != c.at {
			t.Errorf("%s: %+v, %v; want %s: %+v", c.address, at, fault, c.want, c.at)
		}
	}
	// What a person may fill in that is no address.
	for _, address := range []string{
		FolderAddress("site"), FolderAddress(""), SFTPAddress("", "h", "", "/w"), SFTPAddress("u:geheim", "h", "", "/w"), SFTPAddress("u", "", "", "/w"),
		S3Address("", "", "h", ""), S3Address("lamp", "", "", ""), S3Address("lamp", "", "id:secret@h", ""),
	} {
		if at, fault := Parse(address); fault == nil {
			t.Errorf("%s was taken for %+v", address, at)
		}
	}
}
