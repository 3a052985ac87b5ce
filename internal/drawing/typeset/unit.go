package typeset

import "strings"

// Units and measure words that stay with the number before them. Longer ones need not be
// listed where their first character is: 万元 is 万 and 元.
var units = strings.Fields(`
	年 年代 月 日 号 时 分 秒 点 周 岁 天 世纪 分钟 小时 个月 星期 周年 周岁
	届 次 期 批 轮 名 人 个 位 户 家 件 张 条 本 册 页 篇 辑 版 章 节 字
	台 辆 艘 架 座 栋 幢 间 层 楼 室 口 头 匹 只 枚 块 根 场 处 所 支 面 步 站 路 班 级 等
	元 角 美元 倍 成 折 度 摄氏度
	米 里 寸 尺 丈 亩 顷 克 吨 升 斤 两 毫米 厘米 分米 千米 公里 海里 华里 公顷 千克 公斤 毫克 毫升
	平方米 平方公里 立方米 千瓦 千米每小时`)

// magnitudes and abouts may stand between a number and its unit: 12万余元, 100多名.
const (
	magnitudes = "十百千万亿"
	abouts     = "余多来几"
)

// unitAfter returns how many of the runes that follow a number belong to it.
func unitAfter(after []rune) int {
	n := 0
	for n < len(after) && strings.ContainsRune(magnitudes, after[n]) {
		n++
	}
	if n < len(after) && strings.ContainsRune(abouts, after[n]) {
		n++
	}
	return n + longestUnit(after[n:])
}

func longestUnit(after []rune) int {
	best := 0
	for _, u := range units {
		if k := len([]rune(u)); k > best && k <= len(after) && string(after[:k]) == u {
			best = k
		}
	}
	return best
}
