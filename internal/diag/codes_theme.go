package diag

// More findings about themes. TemplateFault and MissingWord stand with the site's.
var (
	TemplateField = declare(Code{
		ID: "template-field", Severity: Error, Mend: [2]int{1, 2},
		Message: Text{"{0} 没有字段“{1}”", "{0} has no field \"{1}\""},
		Hint:    Text{"⟨想写的是“{2}”吗？⟩模板能用的字段见 mingdeng help theme", "⟨did you mean \"{2}\"? ⟩mingdeng help theme lists the fields a template may use"},
		Explain: Text{
			"模板里 {{.Name}} 的 Name 必须是这个网页的视图（view）里有的字段，大小写也要一致。在 {{range}} 和 {{with}} 里面，点（.）换成了里面那个东西，外面的字段要先用 {{$x := .}} 记下来再取。",
			"Name in {{.Name}} must be a field of the page's view, upper and lower case alike. Inside {{range}} and {{with}} the dot is the inner thing; keep the outer one with {{$x := .}}.",
		},
	})
	MissingAsset = declare(Code{
		ID: "missing-asset", Severity: Error, Mend: [2]int{0, 1},
		Message: Text{"主题里没有文件“{0}”", "the theme has no file \"{0}\""},
		Hint:    Text{"⟨想写的是“{1}”吗？⟩样式表和脚本的名字在 theme.yaml，图片在 images/", "⟨did you mean \"{1}\"? ⟩style sheets and scripts are named in theme.yaml, pictures stand in images/"},
		Explain: Text{
			"模板用 {{asset \"名字\"}} 取主题自己的文件的地址：样式表和脚本写 theme.yaml 里的名字，图片写 images/ 里的文件名。",
			"Templates take the address of a theme's own file with {{asset \"name\"}}: for style sheets and scripts the name in theme.yaml, for pictures that of the file in images/.",
		},
	})
	TemplateName = declare(Code{
		ID: "template-name", Severity: Error, Mend: [2]int{0, 1},
		Message: Text{"没有叫“{0}”的模板", "there is no template \"{0}\""},
		Hint:    Text{"⟨想写的是“{1}”吗？⟩{{template \"名字\" .}} 用的是 templates/名字.html", "⟨did you mean \"{1}\"? ⟩{{template \"NAME\" .}} uses templates/NAME.html"},
		Explain: Text{
			"{{template \"名字\" .}} 把 templates/名字.html 放进来。一个文件就是一个模板，名字就是文件名；网页自己的模板（hero.html 等）和 base.html 不能这样用，{{template \"main\" .}} 只能写在 base.html 里。",
			"{{template \"NAME\" .}} puts templates/NAME.html in its place. One file is one template and is called by its file's name. Pages and base.html cannot be used so, and {{template \"main\" .}} belongs in base.html alone.",
		},
	})
	TemplateFunction = declare(Code{
		ID: "template-function", Severity: Error, Mend: [2]int{0, 1},
		Message: Text{"模板里没有“{0}”这个函数", "templates have no function \"{0}\""},
		Hint:    Text{"⟨想写的是“{1}”吗？⟩能用的只有：{2}", "⟨did you mean \"{1}\"? ⟩there are only these: {2}"},
		Explain: Text{
			"模板只管摆放，不做计算，所以函数很少。要算的东西由程序算好，放在视图里。没有 printf、index、slice 和 call：它们在生成网页的半路上可能出错。",
			"Templates lay out and do not compute, so functions are few; what has to be computed comes in the view. There is no printf, index, slice or call: they can fail in the middle of a build.",
		},
	})
	TemplateNil = declare(Code{
		ID: "template-absent", Severity: Error,
		Message: Text{"“{0}”可能没有，不能直接取它的“{1}”", "\"{0}\" may be absent: its \"{1}\" cannot be used just so"},
		Hint:    Text{"放在 {{with {0}}} … {{end}} 或 {{if {0}}} … {{end}} 里面", "put it inside {{with {0}}} … {{end}} or {{if {0}}} … {{end}}"},
		Explain: Text{
			"有的东西不是每页都有，例如肖像、下一篇。没有的时候去取它的字段，这一页就做不出来，整个网站也就停下。先用 {{with}} 或 {{if}} 问一声有没有。",
			"Some things are not there on every page: a portrait, the next piece. Asking an absent one for a field would stop the build. Ask first, with {{with}} or {{if}}.",
		},
	})
	TemplateMissing = declare(Code{
		ID: "template-missing", Severity: Error,
		Message: Text{"主题缺少模板 {0}", "the theme lacks the template {0}"},
		Hint:    Text{"⟨“{1}”是不是写错了名字？⟩每种网页要有一个模板，可从内置主题 lamplight 复制", "⟨is \"{1}\" misnamed? ⟩every kind of page has a template; copy it from the built-in lamplight"},
		Explain: Text{
			"主题要给每一种网页（home、hero、brief……）各备一个 templates/名字.html，另有 base.html。",
			"A theme has one templates/NAME.html for each kind of page (home, hero, brief …) and a base.html.",
		},
	})
	TemplateUnused = declare(Code{
		ID: "template-unused", Severity: Warning,
		Message: Text{"模板“{0}”没有用到", "the template \"{0}\" is never used"},
		Hint:    Text{"⟨想写的是“{1}”吗？⟩不用就删去", "⟨did you mean \"{1}\"? ⟩delete it if it is not needed"},
		Explain: Text{
			"没有哪个网页叫这个名字，也没有别的模板用到它。多半是名字写错了，或者是旧的。",
			"No page has this name and no other template uses it. It is misnamed, or left over.",
		},
	})
	ThemeFile = declare(Code{
		ID: "theme-file", Severity: Error,
		Message: Text{"主题有误：{0}", "the theme is wrong: {1}"},
		Hint:    Text{"对照内置主题 lamplight 的同名文件", "compare with the same file of the built-in lamplight"},
		Explain: Text{
			"主题由 theme.yaml、templates/、i18n/、styles/、images/ 组成。每个文件夹只放一种东西，theme.yaml 说明样式的先后。",
			"A theme is theme.yaml, templates/, i18n/, styles/ and images/. Each folder holds one kind of thing; theme.yaml gives the order of the styles.",
		},
	})
	ThemeIcon = declare(Code{
		ID: "theme-icon", Severity: Error,
		Message: Text{"主题的图标画不出来：{0}", "the theme's icon cannot be drawn: {1}"},
		Hint:    Text{"换成一张方的 SVG，只用路径和形状；可从内置主题 lamplight 复制 images/icon.svg", "put a square SVG of paths and shapes in its place, or copy images/icon.svg from the built-in lamplight"},
		Explain: Text{
			"images/icon.svg 是网站的图标。手机把网站放到桌面时要的是 PNG，所以明灯把它画成几种大小。画不出来的，在生成第一个网页之前就报错。",
			"images/icon.svg is the site's icon. Phones want a PNG for the home screen, so it is drawn in several sizes. One that cannot be drawn is told before the first page is made.",
		},
	})
	StyleFault = declare(Code{
		ID: "style", Severity: Error,
		Message: Text{"样式有误：{0}", "the style is wrong: {1}"},
		Hint:    Text{"样式不引用别的网站，也不用 @import：文件的先后写在 theme.yaml 里", "styles ask nothing of other hosts and use no @import: theme.yaml gives the order of the files"},
		Explain: Text{
			"样式先检查再合并、压缩，文件名带内容的指纹，浏览器可以一直存着。url(…) 只能是主题 images/ 里的图片。",
			"Styles are checked, bundled and minified, and named by their content so that browsers may keep them for ever. url(…) may name only a picture in the theme's images/.",
		},
	})
)
