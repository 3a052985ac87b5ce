package content

import (
	"strings"

	"mingdeng/internal/diag"
	"mingdeng/internal/frontmatter"
	"mingdeng/internal/han"
)

// elsewhere lists keys that other generators, content systems and editors use, and what they
// are here: the first of the keys named that the group at hand has. Without any there is
// none, and none is guessed: `layout` is no misspelling of something. Hugo, Jekyll, Hexo,
// Eleventy, Astro, Docusaurus, VuePress, WordPress, Ghost and Obsidian are covered, and
// words that editors wrote. Case, -, _ and blanks do not count.
var elsewhere = func() map[string][]string {
	m := map[string][]string{}
	for line := range strings.SplitSeq(`
expires: unpublish unpublish_on unpublish_at unpublish_date expiry expiry_date expire expire_on expire_at expire_date expires_on expires_at expiration expiration_date expired valid_until valid_through archive_on 过期 过期日期 过期时间 到期 到期日期 到期时间 截止 截止日期 截止时间 有效期 有效期至 有效期限 下线日期 下线时间 下架日期 下架时间 失效 失效时间
end expires: end_date end_on ends end_at end_time 结束日期 结束时间
start publish_on: start_date start_on starts start_at start_time 开始日期 开始时间
publish_on: publish_date publish_at publish_from publish_time release_date release_on go_live embargo embargo_until scheduled schedule_at available_from 发布时间 定时发布 上线 上线日期 上线时间 生效日期
date publish_on: pub_date published_at published_on published_date published_time posted posted_at created created_at created_on creation_date create_time datetime 时间 日子 发表日期 创建时间 创建日期 写作日期
base_url: site_url site domain root_url 站点网址 域名 网站地址
editions: languages locales 语言版本 多语言
aliases: redirect_from redirects redirect redirect_to old_url old_urls 旧链接 旧地址 重定向 跳转
slug base_url: permalink abbrlink url_name basename url 固定链接 链接名 英文名
summary: description desc excerpt abstract intro lead lede teaser synopsis digest 描述 简介 导语 概述 概要 提要 内容提要 内容简介
cover: image images featured_image feature_image banner header hero_image cover_image cover_img cover_photo thumbnail thumb thumbnail_image og_image social_image top_img index_img banner_img 封面图 封面图片 头图 题图 缩略图 配图 主图
portrait cover: photo avatar headshot picture 照片 头像 相片
tags: tag keywords keyword labels topics topic 关键词 关键字 话题
category tags: categories section channel 分类 专栏 频道
byline authors: author writer creator by reporter 撰稿 撰文 记者 通讯员 供稿 署名
authors byline: authors 作者们
order nav: weight sort sort_order position nav_order menu_order sidebar_position sidebar_order priority 排序 权重 顺序 序号
title name: headline heading name title 标题 题目 名字 名称
sources: source from via origin reference references canonical canonical_url original_url 出处 转自 原文 原文链接 原文地址 参考 参考资料 引用
params: custom custom_fields extra meta metadata data 自定义 其他
gallery: photos album pictures 相册 图片 图片集
video: videos film movie 视频链接 视频地址
audio: podcast enclosure sound recording 录音 音频文件
location: coordinates coords latlng geo gps lat_lng 经纬度 位置 坐标点
heroes: people persons person hero 人物 英雄人物
also: alias nickname former_name 曾用名 绰号 又名
birth_year: birthday birth birth_date born dob 出生日期 出生年月 生日
gender: sex
occupation: job profession work employer 工作 职务 工作单位
native_place: hometown birthplace 户籍 家乡 出生地
: lastmod last_modified last_modified_at last_updated modified modified_at updated updated_at update_date updated_on mtime date_modified 更新 更新时间 更新日期 修改时间 修改日期 最后修改
: layout template type view comments comment toc math mathjax katex mermaid locale lang language uuid guid id cid sitemap cascade outputs output menu menus series sticky top pinned pin password copyright license reading_time word_count render robots noindex headless markup linktitle eleventy_navigation pagination css class cssclass cssclasses theme style sidebar navbar footer 布局 模板 评论 目录 置顶 密码 版权 字数 样式
`, "\n") {
		keys, names, _ := strings.Cut(line, ":")
		for _, name := range strings.Fields(names) {
			m[bareKey(name)] = strings.Fields(keys)
		}
	}
	return m
}()

// heldBack are keys that say the contrary of `draft`, or the same.
var heldBack = map[string]bool{
	"published": false, "visible": false, "发布": false, "是否发布": false, "已发布": false,
	"hidden": true, "unlisted": true, "unpublished": true, "隐藏": true, "未发布": true, "不发布": true,
}

// bareKey is a key without what only its program's taste decides.
func bareKey(k string) string {
	return strings.NewReplacer("-", "", "_", "", " ", "", "\u3000", "").Replace(foldKey(k))
}

// counterpart says what a key of another program is called here. known is true where the key
// is one of those, also if it has no counterpart (name is then ""). fixed is a value that must
// change with it, as a whole: `published: false` is `draft: true`.
func (p *plan) counterpart(pair frontmatter.Pair) (name, fixed string, known bool) {
	bare := bareKey(pair.Key)
	same, held := heldBack[bare]
	keys, known := elsewhere[bare]
	if held {
		keys, known = []string{"draft"}, true
		on, isSwitch := map[string]bool{"true": true, "false": false, "yes": true, "no": false, "是": true, "否": false}[strings.ToLower(pair.Value.Text)]
		switch {
		case pair.Value.Kind != frontmatter.Scalar:
		case !isSwitch && !same:
			keys = []string{"date", "publish_on"} // published: 2024-05-01
		case on == same:
			fixed = "true"
		default:
			fixed = "false"
		}
	}
	if bare == "permalink" || bare == "url" {
		if pair.Value.Kind == frontmatter.Scalar && strings.Contains(pair.Value.Text, "/") {
			keys = []string{"aliases", "base_url"} // a whole address: it can be kept working
		}
	}
	for _, key := range keys {
		if i, ok := p.byName[key]; ok {
			if f := p.fields[i]; han.Is([]rune(pair.Key + " ")[0]) {
				return f.zh, fixed, true
			}
			return key, fixed, true
		}
	}
	return "", "", known
}

// renamed is the finding of a key that is known elsewhere, with the value that goes with it.
func (d *decoding) renamed(f diag.Finding, pair frontmatter.Pair, name, value string) diag.Finding {
	sep := map[frontmatter.Format]string{frontmatter.YAML: ": ", frontmatter.TOML: " = "}[d.format]
	if f.Fix = nil; sep == "" || pair.Value.Quoted {
		return f
	}
	return f.Replace(pair.Key+sep+pair.Value.Text, name+sep+value)
}
