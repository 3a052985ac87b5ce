package synth

import "strings"

// province has nine cities of eight counties each.
const province = "岚江省"

var (
	cities   = strings.Fields("清浦市 临泽市 石渡市 云湾市 凤坪市 双堰市 安岭市 白塘市 柳洲市")
	counties = strings.Fields("青石 松口 望江 古桥 竹溪 沙坪 枫林 银滩 东湖 西岭 南渡 北塘 上堰 下洲 金沟 玉泉 梅山 桃源里 杏坞 荷塘")
	ranks    = strings.Fields("区 县 县 区 县 市 县 区")
	spots    = strings.Fields("长堤路 老码头 新华桥头 人民广场 水库大坝 农贸市场 汽车站 第三小学门口 纺织厂宿舍 河滨公园 国道弯道 望江村口 货运站台 幸福小区 山口隧道 灌渠闸口")
)

// place is county i of the province, as a path.
func place(i int) [3]string {
	city := i % len(cities)
	county := i / len(cities) % len(ranks)
	return [3]string{province, cities[city], counties[(city*3+county*5)%len(counties)] + ranks[county]}
}
