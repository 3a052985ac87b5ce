package diag

// Findings about where a site is sent.
var (
	BadTarget = declare(Code{
		ID: "bad-target", Severity: Error,
		Message: Text{"网站不能传到“{0}”：{1}", "the site cannot be sent to \"{0}\": {2}"},
		Hint:    Text{"{3}", "{4}"},
		Explain: Text{
			"`发布` 里每个 `目标` 是一个地址：对象存储 `s3://桶/文件夹?endpoint=主机&region=地域`（阿里云 OSS、腾讯云 COS、华为云 OBS、MinIO、AWS 都这样写），服务器 `sftp://用户@主机/文件夹`，本机或挂载的文件夹 `file:///文件夹`。密钥、密码不写在这里。各家怎么写，见 `mingdeng help deploy`。",
			"Each `to` under `deploy` is an address: an object store `s3://BUCKET/PREFIX?endpoint=HOST&region=REGION` (every S3-compatible one), a server `sftp://USER@HOST/PATH`, or a folder `file:///PATH`. Keys and passwords never stand in it. `mingdeng help deploy` has examples.",
		},
	})
	SecretInTarget = declare(Code{
		ID: "secret-in-target", Severity: Error, Secret: true,
		Message: Text{"目标里写着密码或密钥，不能放在内容里", "a password or key stands in this target; content must hold none"},
		Hint: Text{
			"从这里删掉，并换一个新的（它已经进过文件，可能也进过 git）；新的放在环境变量或钥匙串里，见 mingdeng help deploy",
			"remove it here and replace it by a new one (it has stood in a file, perhaps in git); that goes into the environment or the keyring, see mingdeng help deploy",
		},
		Explain: Text{
			"内容会被许多人看到，也留在 git 的历史里：写在里面的密码、密钥等于公开了。删掉还不够，要到服务商的控制台或服务器上换一个新的。明灯从环境变量（`AWS_ACCESS_KEY_ID`、`AWS_SECRET_ACCESS_KEY`、`MINGDENG_…`）、`~/.aws/credentials`、ssh 的钥匙和系统的钥匙串里取。",
			"Content is seen by many and stays in the history of git: a secret in it is no longer one. Removing it is not enough; have a new one made. The program takes secrets from the environment (`AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `MINGDENG_…`), `~/.aws/credentials`, ssh's agent and keys, and the system's keyring.",
		},
	})
	TwinTarget = declare(Code{
		ID: "twin-target", Severity: Error,
		Message: Text{"有两个目标都叫“{0}”", "two targets are called \"{0}\""},
		Hint:    Text{"给其中一个换个名称：mingdeng deploy 名称 才知道传到哪里", "give one another name: mingdeng deploy NAME has to know where to send"},
		Explain: Text{
			"`mingdeng deploy 名称` 用名称找目标，所以每个目标的名称都要不同。",
			"`mingdeng deploy NAME` finds a target by its name, so each has one of its own.",
		},
	})
)
