package amend_test

import (
	"strings"
	"testing"

	"mingdeng/internal/amend"
	"mingdeng/internal/content"
	"mingdeng/internal/diag"
)

var (
	text  = amend.Text
	list  = amend.List
	group = amend.Group
)

func pair(k string, v amend.Value) amend.Pair { return amend.Pair{Key: k, Value: v} }

func words(s ...string) amend.Value {
	v := amend.List()
	for _, w := range s {
		v.Items = append(v.Items, amend.Text(w))
	}
	return v
}

type want = map[string]amend.Value

// TestBeforeAfter shows what an editor's change does to a file. A "·" stands for a blank at
// the end of a line.
func TestBeforeAfter(t *testing.T) {
	for _, c := range []struct {
		name          string
		before, after string // a head alone is given its marks
		want          want
	}{
		{"a word", "姓名: 张三  # 按身份证\n", "姓名: 李四  # 按身份证\n", want{"name": text("李四")}},
		{"the same word", "姓名:   张三\n类别: 个人\n", "姓名:   张三\n类别: 个人\n", want{"name": text("张三"), "kind": text("person")}},
		{"single quotes", "姓名: '张三'\n", "姓名: '李''四'\n", want{"name": text("李'四")}},
		{"double quotes", "姓名: \"张三\"\n", "姓名: \"李\\\"四\"\n", want{"name": text("李\"四")}},
		{"quotes where needed", "姓名: 张三\n", "姓名: \"张三: 李四\"\n", want{"name": text("张三: 李四")}},
		{"fixed words in the file's language", "姓名: 张\n状况: 健在\n", "姓名: 张\n状况: 牺牲\n", want{"status": text("fallen")}},
		{"and in the key's", "姓名: 张\n状况: living # c\n", "姓名: 张\n状况: fallen # c\n", want{"status": text("fallen")}},
		{"a switch keeps its words", "授权: {公开: 是, 肖像: true}\n", "授权: {公开: 否, 肖像: true}\n",
			want{"consent": group(pair("publish", text("false")), pair("portrait", text("true")))}},
		{"a key that goes", "# 头\n姓名: 张三\n草稿: true  # 删掉就发布\n# 尾\n地区: 河南\n", "# 头\n姓名: 张三\n# 尾\n地区: 河南\n", want{"draft": {}}},
		{"a new key among others", "姓名: 张三\n# 地方\n地区: 河南\n未知: x\n", "姓名: 张三\n状况: 健在\n# 地方\n地区: 河南\n未知: x\n", want{"status": text("living")}},
		{"a draft comes first", "姓名: 张三\n", "草稿: true\n姓名: 张三\n", want{"draft": text("true")}},
		{"behind its example", "姓名: 张三\n# 职业: 一句话  # 当时的职业\n地区: 河南\n", "姓名: 张三\n# 职业: 一句话  # 当时的职业\n职业: 司机\n地区: 河南\n", want{"occupation": text("司机")}},
		{"behind the example of a group", "姓名: 张三\n# 事迹:  # 事迹\n#   日期: 2026\n#   地点: 某地\n授权:\n  公开: true\n#   肖像: true  # 肖像\n来源: [a]\n",
			"姓名: 张三\n# 事迹:  # 事迹\n#   日期: 2026\n#   地点: 某地\n事迹:\n  日期: 2021-07-20\n  地点: 桥下\n授权:\n  公开: true\n#   肖像: true  # 肖像\n  肖像: true\n来源: [a]\n",
			want{"deed": group(pair("date", text("2021-07-20")), pair("place", text("桥下"))), "consent": group(pair("publish", text("true")), pair("portrait", text("true")))}},
		{"below the comments of a group", "授权:\n  公开: true\n#   肖像: true\n", "授权:\n  公开: true\n#   肖像: true\n来源:\n  - 标题: 甲报\n", want{"sources": words("甲报")}},
		{"English keys", "name: Zhang\nregion: Henan\n", "name: Zhang\nregion: Henan\nhonors:\n  - title: Model\n    level: national\n    year: 2022\n",
			want{"honors": list(group(pair("title", text("Model")), pair("level", text("national")), pair("year", text("2022"))))}},
		{"folded and unknown keys", "ＮＡＭＥ: 张三\nfoo:   [1,2] # mine\n", "ＮＡＭＥ: 李四\nfoo:   [1,2] # mine\n", want{"name": text("李四")}},
		{"literal block", "事迹:\n  摘要: |  # 长\n    一\n    二\n\n  地点: 桥\n", "事迹:\n  摘要: |  # 长\n    三\n\n      四\n\n  地点: 桥\n",
			want{"deed": group(pair("place", text("桥")), pair("summary", text("三\n\n  四")))}},
		{"folded block", "摘要: >-\n  一\n  二\n姓名: 张\n", "摘要: >-\n  三\n\n  四\n姓名: 张\n", want{"summary": text("三\n四")}},
		{"a block for lines", "摘要: 一  # c\n姓名: 张\n", "摘要: |-  # c\n  一\n  二\n姓名: 张\n", want{"summary": text("一\n二")}},
		{"a block that ends", "摘要: |-\n  一\n  二\n姓名: 张\n", "摘要: |-\n  三\n姓名: 张\n", want{"summary": text("三")}},
		{"plain over lines", "摘要: 一 二\n  三  # c\n姓名: 张\n", "摘要: 四  # c\n姓名: 张\n", want{"summary": text("四")}},
		{"no value yet", "姓名:   # 谁\n地区: 河南\n", "姓名: 张三   # 谁\n地区: 河南\n", want{"name": text("张三")}},
		{"flow list grows", "标签: [ 甲,乙 ]  # c\n", "标签: [ 甲,乙, 丙 ]  # c\n", want{"tags": words("甲", "乙", "丙")}},
		{"flow list shrinks", "标签: [甲, \"乙\", 丙]\n", "标签: [\"乙\", 丙]\n", want{"tags": words("乙", "丙")}},
		{"its end goes", "标签: [甲, 乙, 丙]\n", "标签: [甲]\n", want{"tags": words("甲")}},
		{"one in between", "标签: [甲, 丙]\n", "标签: [甲, 乙, 丙]\n", want{"tags": words("甲", "乙", "丙")}},
		{"one in front", "标签: [甲]\n", "标签: [乙, 甲]\n", want{"tags": words("乙", "甲")}},
		{"all others", "标签: [甲, 乙]\n", "标签: [丙]\n", want{"tags": words("丙")}},
		{"flow over lines", "标签: [\n  甲, # a\n  乙  # b\n]\n", "标签: [\n  甲, # a\n  乙,  # b\n  丙\n]\n", want{"tags": words("甲", "乙", "丙")}},
		{"flow over lines shrinks", "标签: [\n  甲, # a\n  乙  # b\n]\n", "标签: [\n  甲 # a\n]\n", want{"tags": words("甲")}},
		{"block list", "标签:\n- 甲  # a\n# 间\n- 乙  # b\n- 丙\n", "标签:\n- 甲  # a\n# 间\n- 丙\n- 丁\n", want{"tags": words("甲", "丙", "丁")}},
		{"an item moves with its comment", "标签:\n  - 甲  # a\n  - 乙  # b\n  - 丙\n", "标签:\n  - 乙  # b\n  - 丙\n  - 甲  # a\n", want{"tags": words("乙", "丙", "甲")}},
		{"groups in a list", "荣誉:\n  - 称号: 模范  # 一\n    年份: 2022\n    他: 1\n  # 二\n  - 称号: 好人\n", "荣誉:\n  - 称号: 模范  # 一\n    级别: 市级\n    年份: 2023\n    他: 1\n  # 二\n  - 称号: 好人\n",
			want{"honors": list(group(pair("title", text("模范")), pair("year", text("2023")), pair("level", text("city"))), group(pair("title", text("好人"))))}},
		{"the first key of an item", "荣誉:\n  - 称号: 模范\n    年份: 2022\n", "荣誉:\n  - 年份: 2022\n", want{"honors": list(group(pair("year", text("2022"))))}},
		{"a short form widens", "来源:\n  - 甲报  # c\n  - 乙报\n", "来源:\n  - 标题: 甲报  # c\n    日期: 2022-01\n  - 乙报\n",
			want{"sources": list(group(pair("title", text("甲报")), pair("date", text("2022-01"))), text("乙报"))}},
		{"a single one becomes a list", "标签: 甲  # c\n", "标签: [甲, 乙]  # c\n", want{"tags": words("甲", "乙")}},
		{"a single one stays", "标签: 甲  # c\n", "标签: 乙  # c\n", want{"tags": words("乙")}},
		{"a region by parts", "地区: [河南, 郑州]\n", "地区: [河南, 洛阳]\n", want{"region": text("河南/洛阳")}},
		{"strings stay strings", "附加:\n  a: x\n", "附加:\n  a: \"true\"\n  b: \"2023\"\n  c: \"~\"\n  d: \" x\"\n", want{"params": group(pair("a", text("true")), pair("b", text("2023")), pair("c", text("~")), pair("d", text(" x")))}},
		{"what is unknown in a group stays", "事迹:\n  日期: 2021\n  备忘: x\n姓名: 张\n", "事迹:\n  备忘: x\n姓名: 张\n", want{"deed": {}}},
		{"anchors elsewhere", "附加: {甲: &x 1, 乙: *x}\n姓名: 张三\n", "附加: {甲: &x 1, 乙: *x}\n姓名: 李四\n", want{"name": text("李四")}},
		{"deeper indentation", "事迹:\n    日期: 2021\n荣誉:\n- 称号: 甲\n", "事迹:\n    日期: 2021\n荣誉:\n- 称号: 甲\n授权:\n    公开: true\n来源:\n- 标题: a\n  日期: 2022\n",
			want{"consent": group(pair("publish", text("true"))), "sources": list(group(pair("title", text("a")), pair("date", text("2022"))))}},
		{"CRLF", "姓名: 张三\r\n# c\r\n地区: 河南\r\n", "姓名: 张三\r\n职业: 司机\r\n# c\r\n地区: 河南\r\n", want{"occupation": text("司机")}},

		{"toml", "+++\nname = '张三' # c\nregion = \"河南\"\ntags = [\"甲\", \"乙\"]\n\n[consent]\npublish = true\n# d\n\n[[honors]]\ntitle = \"模范\"\n\n[[honors]]\ntitle = \"好人\" # e\nyear = 2022\n+++\n正文\n",
			"+++\nname = '李四' # c\nstatus = \"fallen\"\nregion = \"河南\"\ntags = [\"甲\", \"丙\"]\n\n[consent]\npublish = true\nuntil = 2030-01-01\n# d\n\n[[honors]]\ntitle = \"好人\" # e\nyear = 2023\n\n[[honors]]\ntitle = \"新\"\n+++\n正文\n",
			want{"name": text("李四"), "status": text("fallen"), "tags": words("甲", "丙"), "consent": group(pair("publish", text("true")), pair("until", text("2030-01-01"))),
				"honors": list(group(pair("title", text("好人")), pair("year", text("2023"))), group(pair("title", text("新"))))}},
		{"toml in Chinese", "+++\n\"姓名\" = \"张三\"\n\"授权\" = {\"公开\" = true}\n+++\n", "+++\n\"姓名\" = \"张三\"\n\"授权\" = {\"公开\" = true, \"至\" = \"2030-01\"}\n\"来源\" = [{ \"标题\" = \"a\" }]\n+++\n",
			want{"consent": group(pair("publish", text("true")), pair("until", text("2030-01"))), "sources": words("a")}},
		{"toml table goes", "+++\nname = \"a\"\n[deed]\n# c\ndate = 2021-01-01\n[consent]\npublish = true\n+++\n", "+++\nname = \"a\"\n[consent]\npublish = true\n+++\n", want{"deed": {}}},
		{"toml dotted", "+++\nname = \"a\"\ndeed.date = 2021-01-01\ndeed.place = \"x\"\n+++\n", "+++\nname = \"a\"\ndeed.date = 2021-01-02\ndeed.place = \"x\"\ndeed.type = \"other\"\n+++\n",
			want{"deed": group(pair("date", text("2021-01-02")), pair("place", text("x")), pair("type", text("other")))}},
		{"json", "{\n  \"name\": \"张三\",\n  \"tags\": [\"甲\"],\n  \"consent\": {\"publish\": true}\n}\n\n正文\n",
			"{\n  \"name\": \"李\\\"四\",\n  \"deed\": {\"date\": 2021},\n  \"consent\": {\"publish\": false, \"portrait\": true}\n}\n\n正文\n",
			want{"name": text("李\"四"), "tags": {}, "deed": group(pair("date", text("2021"))), "consent": group(pair("publish", text("false")), pair("portrait", text("true")))}},
		{"json's last key goes", "{\n  \"name\": \"张三\",\n  \"draft\": true\n}\n\n正文\n", "{\n  \"name\": \"张三\"\n}\n\n正文\n", want{"draft": {}}},
	} {
		before, after := c.before, c.after
		if !strings.HasPrefix(before, "{") && !strings.HasPrefix(before, "+++") {
			nl := "\n"
			if strings.Contains(before, "\r") {
				nl = "\r\n"
			}
			before, after = "---"+nl+before+"---"+nl+nl+"正文"+nl, "---"+nl+after+"---"+nl+nl+"正文"+nl
		}
		r, found := amend.Open([]byte(before), content.KindHero)
		if len(found) > 0 {
			t.Errorf("%s: %v", c.name, found)
			continue
		}
		got, err := r.Apply(c.want, nil, diag.Chinese)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		} else if string(got) != after {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, after)
		}
	}
}
