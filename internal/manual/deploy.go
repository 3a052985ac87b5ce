package manual

import (
	"fmt"
	"strings"

	"mingdeng/internal/diag"
	"mingdeng/internal/serving"
)

func deploy(l diag.Lang) string {
	var b strings.Builder
	b.WriteString(sending.In(l))
	b.WriteString(diag.Text{
		Zh: "\n## 服务器要做的\n\n" +
			"1. 网址以 / 结尾时，给出那个文件夹里的 index.html。\n" +
			"2. 找不到时，给出 /404.html，状态码 404；它会替人改正抄错的铭牌编号。\n" +
			"3. 区分大小写：/Q/7K3X/ 里的 Q 是大写的，二维码里就这样印着。\n" +
			"4. 用 HTTPS；旧域名、http 都转到新的，/Q/… 要一直打得开，域名要一直续费。\n" +
			"5. 按下面的表给出响应头（存到对象存储的，deploy 已经按它写好），每个网页再加：\n\n" +
			"    Content-Security-Policy: " + serving.Policy + "\n    X-Content-Type-Options: nosniff\n    Referrer-Policy: strict-origin-when-cross-origin\n\n" +
			"对象存储在控制台里打开“静态网站”：默认首页 index.html，子目录首页打开，默认 404 页 404.html，再绑定自己的域名和证书。\n\n## 缓存和类型\n\n",
		En: "\n## What the server does\n\n" +
			"1. An address that ends in / is served by the index.html of its folder.\n" +
			"2. What is not there is answered with /404.html and status 404; it mends mistyped plaque codes.\n" +
			"3. Upper and lower case differ: the Q of /Q/7K3X/ is a capital, as printed in the codes.\n" +
			"4. HTTPS; old hosts and http lead to the new one, /Q/… works for ever, and the domain stays paid.\n" +
			"5. Headers as in the table (in an object store deploy has set them), and with each page:\n\n" +
			"    Content-Security-Policy: " + serving.Policy + "\n    X-Content-Type-Options: nosniff\n    Referrer-Policy: strict-origin-when-cross-origin\n\n" +
			"In the console of an object store turn on static hosting: index.html as the index of every folder, 404.html as the error page; then bind your domain and certificate.\n\n## Caching and types\n\n",
	}.In(l))
	for _, s := range serving.Table() {
		fmt.Fprintf(&b, "    %-14s Cache-Control: %s\n", s.Match, s.Cache)
		if s.Type != "" {
			fmt.Fprintf(&b, "    %-14s Content-Type: %s\n", "", s.Type)
		}
		fmt.Fprintf(&b, "    %-14s %s\n", "", s.About.In(l))
	}
	b.WriteString(diag.Text{Zh: "\n现成的服务器配置（照上面的表写好，已填上网站自己的域名）：mingdeng help deploy --server nginx（或 caddy、iis）\n" +
		"传完以后，问一遍每块铭牌还打不打得开：mingdeng plaque verify；每月自动问一遍：mingdeng help verify\n", En: "\nConfigurations made from this table, with the site's own host: mingdeng help deploy --server nginx (or caddy, iis)\n" +
		"Afterwards ask whether every plaque still opens: mingdeng plaque verify; to have it asked each month: mingdeng help verify\n"}.In(l))
	return b.String()
}

// sending is how a site is sent.
var sending = diag.Text{
	Zh: `mingdeng deploy 先生成网站，再传到您写好的地方：服务器、对象存储或文件夹。只传变了的；
断了再运行一次，会接着传；传的时候和传断了的时候，访客看到的都是完整的网站。

## 三步

1. 在 content/site.yaml 里写传到哪里：

    发布:
      - 名称: 正式
        目标: sftp://www@203.0.113.5/var/www/site

2. 密钥放在 site.yaml 之外（见下面“密钥放在哪里”）。
3. 先看，再传：

    mingdeng deploy --dry-run
    mingdeng deploy

最后一行是“sent 传了几个, same 没变几个, removed 删了几个, in 用时”。有好几个目标时写上名称：mingdeng deploy 正式。

## 目标怎么写

阿里云 OSS（外网的 Endpoint 在桶的“概览”里；RAM 用户给这个桶的读、写、列、删权限）：

    目标: s3://桶名/?endpoint=oss-cn-hangzhou.aliyuncs.com

腾讯云 COS（桶名带上末尾的 APPID）：

    目标: s3://桶名-1250000000/?endpoint=cos.ap-guangzhou.myqcloud.com

华为云 OBS、AWS：

    目标: s3://桶名/?endpoint=obs.cn-north-4.myhuaweicloud.com
    目标: s3://桶名/?endpoint=s3.cn-north-1.amazonaws.com.cn

MinIO 等自己的存储；没有 HTTPS 时写上 http://（只用在本机和内网）：

    目标: s3://桶名/?endpoint=minio.example.cn:9000
    目标: s3://桶名/?endpoint=http://127.0.0.1:9000

地域从 endpoint 里认，认不出的加 &region=…；桶里的一个文件夹写成 s3://桶名/文件夹?endpoint=…

服务器（SFTP，端口不是 22 的写上）；/~/ 是登录后所在的文件夹：

    目标: sftp://www@203.0.113.5:2222/var/www/site
    目标: sftp://www@203.0.113.5/~/site

文件夹（这台机器上由网页服务器使用的，或挂载的）：

    目标: file:///srv/www/site
    目标: file:///D:/site

## 密钥放在哪里

密码、密钥不写进内容：内容会被许多人看到，也留在 git 里。按先后从这些地方找：

    s3      MINGDENG_ACCESS_KEY_ID 和 MINGDENG_SECRET_ACCESS_KEY
            AWS_ACCESS_KEY_ID 和 AWS_SECRET_ACCESS_KEY（临时密钥再加 AWS_SESSION_TOKEN）
            系统的钥匙串（服务 mingdeng，账户 s3://桶名.主机）
            ~/.aws/credentials（AWS_PROFILE 选哪一段）
    sftp    ssh-agent；~/.ssh 里的 id_ed25519、id_ecdsa、id_rsa，或 MINGDENG_SSH_KEY 指的文件
            口令 MINGDENG_SSH_PASSPHRASE，密码 MINGDENG_SSH_PASSWORD，或系统的钥匙串

服务器的钥匙总要核对，没有办法跳过：第一次先运行 ssh 用户@主机，和管理员核对后回答 yes，它就记进 ~/.ssh/known_hosts（或 MINGDENG_KNOWN_HOSTS 指的文件）。

## 传什么，删什么

- 先传文件名带指纹的，再传数据和搜索，再传网页，再传网站地图、订阅、offline.json、sw.js，最后删除。
- 比对的是内容；目标上 .mingdeng-deploy/ 里记着传过什么，不要删它，也不必让人看到它。
- 不再用的带指纹的文件留 30 天，手机里存着的旧网页还要用；有人撤回授权时加 --forget，立即删除。
- /Q/ 下的网页永远不删：铭牌还在墙上。以 . 开头的文件（.well-known）和微信、百度的域名验证文件不碰。
- 要删的超过目标上全部文件的十分之一时什么也不做，确实要删加 --yes。
- plaques/（铭牌的制作文件）不传，要传加 --plaques。
- 传完会到网址上看首页和几块铭牌的网页，不一样就提醒；网站还没有开通时加 --no-ask。
- 两个人同时传，后一个会拒绝。个别对象存储不支持“没有才写”，那时只能尽力而为。

不用 deploy 也行：public/ 里全是普通文件，除 .mingdeng 外都传上去，先传 css/、js/、img/、files/，再传网页。
`,
	En: `mingdeng deploy builds the site and sends it to a server, an object store or a folder. Only
what differs is sent; after an interruption run it again and it goes on; visitors meet a whole site
all the while, also where it was cut off.

## Three steps

1. Say where to in content/site.yaml:

    deploy:
      - name: live
        to: sftp://www@203.0.113.5/var/www/site

2. Keep keys outside of site.yaml (see "Where keys are kept").
3. Look first, then send:

    mingdeng deploy --dry-run
    mingdeng deploy

The last line is "sent S, same K, removed R, in T". Where there are several targets, name one: mingdeng deploy live.

## How targets are written

Aliyun OSS (the public endpoint stands on the bucket's overview; give a RAM user the right to list, read, write and delete there):

    to: s3://BUCKET/?endpoint=oss-cn-hangzhou.aliyuncs.com

Tencent COS (the bucket's name ends in the APPID):

    to: s3://BUCKET-1250000000/?endpoint=cos.ap-guangzhou.myqcloud.com

Huawei OBS, AWS:

    to: s3://BUCKET/?endpoint=obs.cn-north-4.myhuaweicloud.com
    to: s3://BUCKET/?endpoint=s3.eu-central-1.amazonaws.com

MinIO and other stores of your own; without HTTPS write http:// (on this machine or a closed network only):

    to: s3://BUCKET/?endpoint=minio.example.cn:9000
    to: s3://BUCKET/?endpoint=http://127.0.0.1:9000

The region is taken from the endpoint; where it cannot be, add &region=…. A folder of a bucket is s3://BUCKET/PREFIX?endpoint=…

A server (SFTP, with the port if it is not 22); /~/ is the folder one logs into:

    to: sftp://www@203.0.113.5:2222/var/www/site
    to: sftp://www@203.0.113.5/~/site

A folder (of this machine, used by a web server, or a mounted one):

    to: file:///srv/www/site
    to: file:///D:/site

## Where keys are kept

Passwords and keys never stand in content: many see it, and git keeps it. They are looked for in this order:

    s3      MINGDENG_ACCESS_KEY_ID and MINGDENG_SECRET_ACCESS_KEY
            AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (and AWS_SESSION_TOKEN)
            the system's keyring (service mingdeng, account s3://BUCKET.HOST)
            ~/.aws/credentials (AWS_PROFILE chooses the section)
    sftp    ssh-agent; id_ed25519, id_ecdsa, id_rsa in ~/.ssh, or the file MINGDENG_SSH_KEY names
            passphrase MINGDENG_SSH_PASSPHRASE, password MINGDENG_SSH_PASSWORD, or the system's keyring

Keys of servers are always checked, and there is no way around it: run ssh USER@HOST once, compare the key with its administrator and answer yes, which notes it in ~/.ssh/known_hosts (or the file MINGDENG_KNOWN_HOSTS names).

## What is sent, what is removed

- First files with a digest in their names, then data and search, then pages, then sitemap, feeds, offline.json and sw.js; removals last.
- Contents are compared; .mingdeng-deploy/ at the target notes what was sent. Leave it there; nobody need be able to see it.
- Files with a digest in their names that are out of use stay 30 days, because pages kept by phones ask for them; when somebody withdrew consent add --forget, and they go at once.
- A page of /Q/ is never removed: its plaque hangs on a wall. Names that begin with a dot (.well-known) and the proofs of ownership of search engines and WeChat are left alone.
- Where more than a tenth of all files at the target would go, nothing is done; if they are to go, add --yes.
- plaques/, the artwork, is not sent unless with --plaques.
- Afterwards the home page and some pages of plaques are asked for at the site's address; a difference is a warning. Before the site is live add --no-ask.
- When two send at once the second refuses. A few object stores cannot write "only if there is none"; there it is best effort.

Without deploy: public/ holds plain files. Upload all but .mingdeng, css/, js/, img/ and files/ before the pages.
`,
}
