package roll

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/width"

	"mingdeng/internal/fold"
	"mingdeng/internal/han"
)

// column is what a column holds.
type column int

const (
	other column = iota
	private
	rowNumber
	name
	also
	kind
	gender
	born
	occupation
	employer
	native
	region
	place
	when
	deed
	deedType
	status
	honor
	session
	level
	year
	granted
	by
	confirmedBy
	confirmedOn
	document
	source
)

// columns are the headings of honour rolls, without blanks and brackets. English
// ones are those of content.Hero's keys.
var columns = func() map[string]column {
	out := map[string]column{}
	for c, words := range map[column]string{
		rowNumber:   "序号 编号 序 号 行号 no. no number",
		name:        "姓名 名字 英雄姓名 人员姓名 获奖人 获奖者 获奖人员 先进个人 见义勇为人员 见义勇为者 见义勇为人员姓名 当事人 姓名或群体名称 姓名/群体名称 姓名/名称 个人或群体名称 个人/群体 群体名称 英雄 人员 name",
		also:        "曾用名 别名 又名 also",
		kind:        "类别 对象类别 个人或群体 对象 kind",
		gender:      "性别 gender sex",
		born:        "出生年月 出生日期 出生年份 出生年 出生时间 出生年月日 出生 生日 birth birthyear birth_year born",
		occupation:  "职业 工作单位及职务 单位及职务 工作单位和职务 单位职务 职务 身份 职业身份 occupation",
		employer:    "工作单位 单位 所在单位 单位名称 employer",
		native:      "籍贯 祖籍 native_place nativeplace",
		region:      "地区 区域 所属地区 所在地区 县区 县市区 县(市、区) 市县 所在地 属地 行政区划 事发地区 申报地区 推荐地区 region",
		place:       "地点 事发地点 发生地点 事迹地点 事迹发生地点 事迹发生地 事发地 发生地 救人地点 place",
		when:        "时间 日期 事发时间 发生时间 事迹时间 救人时间 发生日期 事发日期 见义勇为时间 事迹发生时间 date",
		deed:        "事迹 主要事迹 简要事迹 事迹简介 先进事迹 事迹材料 事迹概要 见义勇为事迹 主要事迹简介 事迹摘要 事迹简述 主要先进事迹 简介 deed story",
		deedType:    "类型 事迹类型 行为类型 事迹类别 见义勇为类型 type",
		status:      "状况 状态 现状 伤亡情况 健在情况 人员状况 目前状况 伤残情况 status",
		honor:       "称号 荣誉称号 荣誉 授予称号 获得荣誉 所获荣誉 获奖情况 奖项 奖项名称 表彰称号 获奖名称 荣誉名称 获得称号 表彰名称 honor honour title",
		session:     "届次 届 届别 第几届 届数 session",
		level:       "级别 荣誉级别 表彰级别 称号级别 奖项级别 level",
		year:        "年份 年度 表彰年度 获奖年度 授予年份 表彰年份 评选年度 获奖年份 年 year",
		granted:     "授予时间 表彰时间 获奖时间 命名时间 表彰日期 授予日期 获奖日期 评选时间",
		by:          "授予单位 表彰单位 授予机关 表彰机关 颁奖单位 命名单位 授奖单位 颁发单位 授予部门 表彰部门 by grantedby",
		confirmedBy: "确认单位 确认机关 认定单位 认定机关 确认部门",
		confirmedOn: "确认时间 认定时间 确认日期 认定日期",
		document:    "文号 确认文号 认定文号 文件号 文件编号 确认文件",
		source:      "来源 出处 资料来源 信息来源 source sources",
	} {
		for _, w := range strings.Fields(words) {
			out[w] = c
		}
	}
	return out
}()

// secret are parts of headings whose columns say what no public file may hold:
// numbers of identity, ways to reach a person, where they live, their money. A
// heading that has one is private whatever else it says.
var secret = []string{
	"身份证", "证照号", "证件号", "证件编号", "身份号", "公民身份", "护照", "社保", "医保", "手机", "电话", "联系方式", "联系人", "联系地址", "通讯", "通信地址", "邮箱", "邮编", "邮政编码", "电子邮件",
	"微信", "qq", "住址", "家庭地址", "家庭住", "户籍", "户口", "居住", "现住", "银行", "开户", "账号", "帐号", "账户", "卡号", "车牌", "病历", "传真",
	"残疾证", "军官证", "士兵证", "驾驶证", "住所", "常住地", "联系号", "家属", "亲属", "监护人", "配偶", "父母", "病情", "病史", "诊断",
	"phone", "mobile", "idcard", "idnumber", "id_number", "identity", "address", "email", "e-mail", "bank", "passport", "wechat", "tel.",
}

var brackets = regexp.MustCompile(`[（(\[【][^）)\]】]*[）)\]】]`)

// within are parts by which a heading is guessed that is not one of columns: 获奖人姓名,
// 见义勇为行为发生地. The first that a heading has counts.
var within = []struct {
	part *regexp.Regexp
	column
}{
	{regexp.MustCompile(`成员|人数|民族|政治面貌|文化程度|学历|备注|奖金|推荐|申报|填报`), other},
	{regexp.MustCompile(`出生`), born},
	{regexp.MustCompile(`籍贯|祖籍`), native},
	{regexp.MustCompile(`性别`), gender},
	{regexp.MustCompile(`(?:颁发|授予|表彰|命名|颁奖|授奖)\S{0,2}(?:机关|单位|部门)`), by},
	{regexp.MustCompile(`(?:颁发|授予|表彰|命名|颁奖|授奖|获奖|获得|评选)\S{0,2}(?:时间|日期|年份|年度)`), granted},
	{regexp.MustCompile(`(?:确认|认定)\S{0,2}(?:机关|单位|部门)`), confirmedBy},
	{regexp.MustCompile(`(?:确认|认定)\S{0,2}(?:时间|日期)`), confirmedOn},
	{regexp.MustCompile(`(?:行为|事迹|事件|见义勇为)\S{0,4}(?:类别|类型)`), deedType},
	{regexp.MustCompile(`(?:发生|事发|行为|救人|事迹)\S{0,4}(?:时间|日期)`), when},
	{regexp.MustCompile(`(?:发生|事发|行为|救人|事迹)\S{0,4}地`), place},
	{regexp.MustCompile(`事迹`), deed},
	{regexp.MustCompile(`(?:获|授予|荣誉)\S{0,2}(?:荣誉|称号|奖项)|荣誉`), honor},
	{regexp.MustCompile(`姓名|名字|受表彰人|表彰对象|获奖人|获奖对象|英模|见义勇为人员`), name},
	{regexp.MustCompile(`职务|职业`), occupation},
	{regexp.MustCompile(`工作单位|所在单位|所属单位`), employer},
	{regexp.MustCompile(`县\(?市|市\(?县|县区|所属地|地区`), region},
}

var titled = regexp.MustCompile(`(?:表|名单|名册|花名册|榜)$`)

// guessOf is columnOf, and where that knows nothing what a part of the heading says.
func guessOf(heading string) (c column, sure bool) {
	if c := columnOf(heading); c != other {
		return c, true
	}
	bare := squeeze(heading)
	if utf8.RuneCountInString(bare) > 20 || strings.ContainsAny(bare, "。,;:") || titled.MatchString(bare) {
		return other, true // a sentence, or the title of a roll
	}
	for _, w := range within {
		if w.part.MatchString(bare) {
			return w.column, w.column == other
		}
	}
	return other, true
}

// columnOf tells what the column of a heading holds.
func columnOf(heading string) column {
	bare := squeeze(heading)
	for _, s := range secret {
		if strings.Contains(bare, s) {
			return private
		}
	}
	for _, h := range []string{bare, brackets.ReplaceAllString(bare, "")} {
		h = strings.Trim(h, "：:*＊、.")
		if bare == "tel" || bare == "id" || h == "地址" {
			return private
		}
		if c, ok := columns[h]; ok {
			return c
		}
	}
	return other
}

// squeeze drops blanks and folds full-width letters and Traditional characters.
func squeeze(s string) string {
	s = strings.ToLower(strings.Join(strings.Fields(width.Fold.String(s)), ""))
	return strings.Map(func(r rune) rune {
		if han.Is(r) {
			return fold.Plain(r)
		}
		return r
	}, s)
}
