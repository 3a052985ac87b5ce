package synth

import (
	"strings"
	"unicode/utf8"
)

// Surnames and given characters with their readings. No two of a list are read
// alike, so that a slug names one person; none has two readings as a name.
var (
	surnames = words(`王wang 李li 张zhang 刘liu 陈chen 杨yang 赵zhao 黄huang 周zhou 吴wu 徐xu 孙sun 胡hu 朱zhu 高gao 林lin 何he
		郭guo 马ma 罗luo 梁liang 宋song 郑zheng 谢xie 韩han 唐tang 冯feng 于yu 董dong 萧xiao 程cheng 曹cao 袁yuan 邓deng 傅fu
		沈shen 彭peng 苏su 卢lu 蒋jiang 蔡cai 贾jia 丁ding 魏wei 薛xue 叶ye 潘pan 杜du 戴dai 夏xia 钟zhong 田tian
		范fan 方fang 石shi 姚yao 谭tan 廖liao 邹zou 熊xiong 金jin 郝hao 孔kong 白bai 崔cui 康kang 毛mao 邱qiu 秦qin 顾gu
		侯hou 邵shao 孟meng 龙long 段duan 雷lei 钱qian 尹yin 常chang 乔qiao 赖lai 龚gong 文wen`)
	given = words(`伟wei 国guo 建jian 明ming 志zhi 华hua 文wen 军jun 平ping 勇yong 强qiang 红hong 春chun 梅mei 兰lan 海hai
		山shan 江jiang 河he 林lin 松song 安an 宁ning 福fu 德de 义yi 礼li 仁ren 信xin 诚cheng 忠zhong 孝xiao 廉lian
		生sheng 庆qing 荣rong 光guang 辉hui 亮liang 东dong 南nan 晨chen 阳yang 雨yu 雪xue 云yun 天tian 月yue 秀xiu 英ying
		珍zhen 芳fang 娟juan 静jing 淑shu 敏min 桂gui 凤feng 霞xia 艳yan 锦jin 根gen 水shui 火huo 土tu 石shi 银yin 铁tie
		钢gang 柱zhu 传chuan 家jia 业ye 旺wang 思si 远yuan 鹏peng 飞fei 龙long 虎hu`)
	occupations = strings.Fields(`渔民 教师 司机 外卖骑手 退伍军人 护士 农民 电工 学生 货车司机 环卫工人 店主 快递员 工程师 保安 厨师 医生 泥瓦匠
		村支书 气象员 摆渡人 修车师傅 公交司机 乡邮员 木匠 水利员`)
)

// word is a word and its reading.
type word struct{ text, reading string }

// words reads a list of words, each followed by its reading in ASCII.
func words(list string) []word {
	var out []word
	for _, w := range strings.Fields(list) {
		i := strings.IndexFunc(w, func(r rune) bool { return r < utf8.RuneSelf })
		out = append(out, word{w[:i], w[i:]})
	}
	return out
}

// person is the name of hero i and its reading as a slug. Numbers are spread over
// all names by a multiplication, which gives no name twice within one site of
// half a million.
func (p plan) person(i int) word {
	s, g := uint64(len(surnames)), uint64(len(given))
	const prime = 2_147_483_647
	n := (uint64(i)*prime + p.Seed%1_000_003) % (s * g * g)
	a, b, c := surnames[n%s], given[n/s%g], given[n/s/g]
	if c == b { // once in eighty: a name of two characters
		return word{a.text + b.text, a.reading + "-" + b.reading}
	}
	return word{a.text + b.text + c.text, a.reading + "-" + b.reading + "-" + c.reading}
}

func (p plan) heroLink(i int) Link {
	n := p.person(i)
	return Link{n.text, "heroes/" + n.reading + "/"}
}
