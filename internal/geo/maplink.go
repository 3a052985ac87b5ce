package geo

import (
	"net/url"
	"strconv"
	"strings"
)

// MapLink is a link that opens a place in a map.
type MapLink struct {
	Name    string // what the visitor reads: 高德地图, 百度地图, 腾讯地图
	English string // the same where no Chinese is read
	URL     string
}

// caller is what the maps' addresses want to be told about who links to them.
const caller = "mingdeng"

// MapLinks are links to p, given in datum d, in the maps used in China. The
// numbers are in each map's own datum and order, 6 decimals (0.1 m), and name
// is what the map writes beside its pin. The addresses open the map's app
// where there is one and its page where there is none; they need no key.
//
// URI APIs: lbs.amap.com/api/uri-api/guide/mobile-web/point,
// lbsyun.baidu.com/faq/api?title=webapi/uri/web,
// lbs.qq.com/webApi/uriV1/uriGuide/uriWebMarker.
func MapLinks(p Point, d Datum, name string) []MapLink {
	gcj, bd := convert(p, d, GCJ02), convert(p, d, BD09)
	return []MapLink{
		{"高德地图", "Amap", "https://uri.amap.com/marker?position=" + degrees(gcj.Lng) + "," + degrees(gcj.Lat) +
			"&name=" + escape(name) + "&src=" + caller + "&coordinate=gaode&callnative=1"},
		{"百度地图", "Baidu Maps", "https://api.map.baidu.com/marker?location=" + degrees(bd.Lat) + "," + degrees(bd.Lng) +
			"&title=" + escape(name) + "&content=" + escape(name) + "&coord_type=bd09ll&output=html&src=" + caller},
		{"腾讯地图", "Tencent Maps", "https://apis.map.qq.com/uri/v1/marker?marker=coord:" + degrees(gcj.Lat) + "," + degrees(gcj.Lng) +
			";title:" + escape(field.Replace(name)) + ";addr:" + escape(field.Replace(name)) + "&referer=" + caller},
	}
}

// field keeps a text from ending the field it stands in: 腾讯's marker is a list
// of its own inside one parameter, taken apart after unescaping.
var field = strings.NewReplacer(";", "；", ":", "：", "|", "｜")

func degrees(v float64) string { return strconv.FormatFloat(v, 'f', 6, 64) }

// escape writes a space as %20, since not every map reads + as one.
func escape(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }
