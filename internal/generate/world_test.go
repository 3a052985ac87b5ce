package generate

import (
	"bytes"
	"cmp"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"mingdeng/internal/date"
	"mingdeng/themes"
)

// This file makes small sites and edits them at random, for tests in which two ways of
// building must agree. A site is a [world]: records that refer to each other by what
// they are, not by their names, so that renaming one is an edit of all that name it, as
// an editor would make it; now and then one is careless, and references dangle.

// world is a site before it is files.
type world struct {
	records map[int]*record
	files   map[string][]byte // by path from the site's root: pictures, sound, the theme
	ledger  []byte            // as the program wrote it; nil before the first code
	conf    conf
	next    int // number of the next record

	careless bool // references to what is gone stay
	today    date.Date
	drafts   bool
	baseURL  string
	startAt  int
}

// record is one Markdown file.
type record struct {
	kind string
	name string // of its file, without .md; "a/index" for one with a folder
	file string // the slug that its file's name gives
	host int    // the book of a chapter, the venue of an exhibit
	head []string
	refs []field
	body []string
}

// field is a key that names other records.
type field struct {
	key string
	to  []int
}

type conf struct {
	title, theme, cards, search string
	editions                    []string
	mourning                    string
	extra                       []string
}

// dice is a source of choices.
type dice struct{ t *rapid.T }

func (d dice) n(n int) int             { return rapid.IntRange(0, n-1).Draw(d.t, "n") }
func (d dice) chance(percent int) bool { return d.n(100) < percent }
func (d dice) one(of ...string) string { return of[d.n(len(of))] }
func (d dice) maybe(p int, s string) []string {
	if d.chance(p) {
		return []string{s}
	}
	return nil
}

// names of files, with the addresses they get. A name that is part of many words can hardly
// be kept out of warnings while its record is withheld; one of these is.
var fileNames = []struct{ name, slug string }{
	{"anna", "anna"}, {"b", "b"}, {"王芳", "wang-fang"}, {"刘洋", "liu-yang"}, {"李-四", "li-si"}, {"e2", "e2"},
}

var (
	people   = []string{"单青", "尉迟勇", "李四", "张三", "季无声", "𬀩明", "Ali Khan", "张三丰", "范伟", "A&B社"}
	regions  = []string{"河东省/清河市", "河东省/清河市/渡口区", "河西省", "河西省/某市"}
	someDays = []string{"2026-11-25", "2026-12-01", "2026-12-05", "2026-12-13", "2027-02"}
	pictures = []string{"a.png", "b.jpg", "c.svg", "图.png"}
	// sentences of texts; §R is a reference, §P a picture of the record's own folder.
	sentences = []string{
		"那天傍晚，雨下了六个小时。", "## 一节\n\n她说：**“换成谁都会去。”**后来再没提过。", "见§R，又见§R。",
		"他叫{堃|kūn}，\n住在河边。", "![河边](§P \"在河边\")", "| 甲 | 乙 |\n| --- | --- |\n| 1 | §R |", "一句[^1]。\n\n[^1]: 注§R。",
		"<b>照原样</b> & 1 < 2", "- 一\n- 二，§R", "行内图 ![小图](§P) 在此。",
	}
	// What a build warns of.
	slips = []string{
		"见[上文](#一节)和[下文](#两节)。", "[点这里](javascript:alert)", "![](§P)", "`[[heroes/anna]]`里的不算，§R算。", "＃不是标题", "见[那一篇](§F)和[那里](§F#一节)。",
		"第一行<br/>\n　　第二行",
	}
)

// writers, by kind of record: the folder of each, and what a new one says.
var writers = map[string]func(d dice, w *world, r *record){
	"heroes": func(d dice, w *world, r *record) {
		r.head = append(r.head, "姓名: "+d.one(people...), "地区: "+d.one(regions...))
		if d.chance(75) {
			r.head = append(r.head, fmt.Sprintf("事迹: {日期: %s, 类型: %s, 摘要: 跳下河，救起%d人。}", d.one("2014", "2014-05", "2020-05-20"), d.one("水中救人", "火中救人", "其他"), d.n(9)))
		}
		until := ""
		if d.chance(30) {
			until = ", 至: " + d.one(someDays...)
		}
		r.head = append(r.head, fmt.Sprintf("授权: {公开: %t, 肖像: %t%s}", d.chance(85), d.chance(70), until))
		if d.chance(50) {
			r.head = append(r.head, fmt.Sprintf("肖像: {src: §P, alt: 他站在河边%d}", d.n(9)))
		}
		r.head = append(r.head, d.maybe(20, "别名: [老"+d.one("季", "张", "李")+"头]")...)
		r.head = append(r.head, d.maybe(15, "繁体姓名: 範偉")...)
		r.head = append(r.head, d.maybe(15, "示例: true")...)
		r.head = append(r.head, d.maybe(15, "烈士: {评定机关: 某省人民政府, 文号: 某烈1号}")...)
		if honor := w.some(d, "honors", 1); d.chance(60) && len(honor) > 0 {
			r.refs = append(r.refs, field{"荣誉: [{奖项: %, 届次: " + d.one("1", "2") + "}]", honor})
		}
		if d.chance(25) {
			r.head = append(r.head, "类别: 群体")
			r.refs = append(r.refs, field{"成员: [%]", w.some(d, "heroes", 2)})
		}
	},
	"briefs": func(d dice, w *world, r *record) {
		r.head = append(r.head, "标题: "+d.one("河边救人", "走访", "颁奖会")+d.one("", "一", "二"), "日期: "+d.one("2014-05-06", "2020-01-02", "2026-11-30"), "栏目: "+d.one("表彰", "培训", "其他"))
		r.refs = append(r.refs, field{"英雄: [%]", w.some(d, "heroes", 2)}, field{"阵地: [%]", w.some(d, "venues", 1)}, field{"单位: [%]", w.some(d, "units", 1)})
		r.head = append(r.head, d.maybe(40, "图集: [{src: §P, alt: 会场, 图注: 一张图}]")...)
	},
	"books": func(d dice, w *world, r *record) {
		r.head = append(r.head, "书名: "+d.one("一本书", "灯下"), "编者: [某某]")
		r.head = append(r.head, d.maybe(50, "版次: [{版: 1, 日期: 2022-08, 篇数: 2}]")...)
		r.head = append(r.head, d.maybe(70, "封面: §P")...) // to draw one takes longer than all else
	},
	"chapters": func(d dice, w *world, r *record) {
		r.head = append(r.head, "标题: "+d.one("渡", "竹竿", "红梯子"), "作者: [甲]")
		r.head = append(r.head, d.maybe(30, "辑: "+d.one("上", "下"))...)
		r.refs = append(r.refs, field{"英雄: [%]", w.some(d, "heroes", 1)})
	},
	"venues": func(d dice, w *world, r *record) {
		r.head = append(r.head, "名称: "+d.one("小园", "长廊", "车站"), "类别: "+d.one("游园", "文化长廊"), "地区: "+d.one(regions...))
		r.head = append(r.head, d.maybe(50, "坐标: {纬度: 34.5, 经度: 113."+d.one("5", "6")+", 坐标系: GCJ02}")...)
		r.head = append(r.head, d.maybe(40, "平面图: {src: §P, alt: 园的平面图}")...)
		r.refs = append(r.refs, field{"参观路线: [%]", nil}) // filled when written: its own exhibits
	},
	"exhibits": func(d dice, w *world, r *record) {
		r.head = append(r.head, "名称: "+d.one("一号板", "二号板", "石"), "类别: "+d.one("展板", "景石"))
		r.refs = append(r.refs, field{"英雄: [%]", w.some(d, "heroes", 2)}, field{"篇目: [%]", w.some(d, "chapters", 1)})
		r.head = append(r.head, d.maybe(30, "音频: jiang.mp3")...)
		r.head = append(r.head, d.maybe(30, "图上位置: [0.5, 0."+d.one("2", "7")+"]")...)
		r.head = append(r.head, d.maybe(40, "铭牌: {版式: "+d.one("tag", "tag", "plaque", "panel")+", 材质: 纸}")...)
	},
	"honors": func(d dice, w *world, r *record) {
		r.head = append(r.head, "名称: "+d.one("清河市模范", "好人"), "级别: "+d.one("市级", "省级"), "排序: "+d.one("拼音", "姓氏笔画", "自定"),
			"届次: [{届: 1, 年份: 2001}, {届: 2, 日期: 2014-12-05, 备注: 一人}]")
	},
	"units": func(d dice, w *world, r *record) {
		r.head = append(r.head, "名称: "+d.one("渡口站", "志愿队"), "类别: "+d.one("工作站", "志愿队"), fmt.Sprintf("人数: %d", 1+d.n(999)))
	},
	"reports": func(d dice, w *world, r *record) {
		r.head = append(r.head, "标题: 年度数据", fmt.Sprintf("年份: %d", 2020+d.n(4)), fmt.Sprintf("数据: [{名称: 捐款, 数值: %d, 单位: 万元, 上年: 246.1}, {名称: 义警, 数值: 1976}]", d.n(999)))
	},
	"screens": func(d dice, w *world, r *record) {
		r.head = append(r.head, "标题: 大厅", "标语: ["+d.one("一句标语", "又一句")+"]")
		r.refs = append(r.refs, field{"英雄: [%]", w.some(d, "heroes", 2)}, field{"简报: [%]", w.some(d, "briefs", 1)})
	},
	"pages": func(d dice, w *world, r *record) {
		r.head = append(r.head, "标题: "+d.one("关于", "规则"))
		r.head = append(r.head, d.maybe(40, "导航: true")...)
	},
}

var kindNames = slices.Sorted(maps.Keys(writers))

// some are up to n records of a kind.
func (w *world) some(d dice, kind string, n int) []int {
	var all []int
	for id, r := range w.records {
		if kind == "" || r.kind == kind {
			all = append(all, id)
		}
	}
	slices.Sort(all)
	var out []int
	for range n {
		if len(all) > 0 && d.chance(80) {
			if id := all[d.n(len(all))]; !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out
}

// write fills a record anew.
func (w *world) write(d dice, r *record) {
	r.head, r.refs = nil, nil
	writers[r.kind](d, w, r)
	r.head = append(r.head, d.maybe(8, "草稿: true")...)
	r.head = append(r.head, d.maybe(10, "发布日期: "+d.one(someDays...))...)
	r.head = append(r.head, d.maybe(10, "失效日期: "+d.one(someDays...))...)
	r.head = append(r.head, d.maybe(15, "标签: ["+d.one("河", "火")+"]")...)
	r.head = append(r.head, d.maybe(15, "摘要: 一句摘要"+d.one("", "。", "！"))...)
	r.head = append(r.head, d.maybe(10, "来源: [{标题: 某报, 网址: \"https://example.org/a\"}]")...)
	r.head = append(r.head, d.maybe(10, fmt.Sprintf("旧网址: [/jiu-%s-%s]", r.kind, r.slug()))...)
	r.head = append(r.head, d.maybe(5, fmt.Sprintf("网址名: own-%d", d.n(3)))...)
	w.rewrite(d, r)
}

// rewrite gives a record another text.
func (w *world) rewrite(d dice, r *record) {
	r.body = nil
	for range d.n(4) {
		s := d.one(sentences...)
		if d.chance(30) {
			s = d.one(slips...)
		}
		if d.chance(3) {
			s = d.one("张三丰来过。", "范伟来过。", "季<b>无声</b>来过，{季|jì}无声。", "[老季头](https://example.org/%E5%8D%95%E9%9D%92)")
		}
		for strings.Contains(s, "§R") {
			words := ""
			if to := w.some(d, "", 1); len(to) > 0 {
				words = fmt.Sprintf("{{%d%s}}", to[0], d.one("", "|那里"))
			}
			s = strings.Replace(s, "§R", words, 1)
		}
		for strings.Contains(s, "§F") {
			file := "{{0/}}"
			if to := w.some(d, "", 1); len(to) > 0 {
				file = fmt.Sprintf("{{%d/}}", to[0])
			}
			s = strings.Replace(s, "§F", file, 1)
		}
		r.body = append(r.body, s)
	}
}

// add makes a record, and with a chapter or exhibit what it lies in.
func (w *world) add(d dice, kind string) {
	r := &record{kind: kind}
	if host := map[string]string{"chapters": "books", "exhibits": "venues"}[kind]; host != "" {
		hosts := w.some(d, host, 3)
		if len(hosts) == 0 {
			w.add(d, host)
			hosts = []int{w.next - 1}
		}
		r.host = hosts[0]
	}
	w.name(d, r)
	w.write(d, r)
	w.next++
	w.records[w.next-1] = r
}

// name gives a record a file name, seldom one that is taken.
func (w *world) name(d dice, r *record) {
	for try := range 8 {
		n := fileNames[d.n(len(fileNames))]
		r.name, r.file = n.name, n.slug
		taken := false
		for _, o := range w.records {
			taken = taken || o != r && o.kind == r.kind && o.host == r.host && o.slug() == r.slug()
		}
		if !taken || try == 7 || d.chance(2) {
			break
		}
	}
	switch r.kind {
	case "heroes", "briefs", "pages":
		if d.chance(40) {
			r.name += "/index"
		}
	}
}

// slug is how others name a record.
func (r *record) slug() string {
	for _, line := range r.head {
		if own, ok := strings.CutPrefix(line, "网址名: "); ok {
			return own
		}
	}
	return r.file
}

// remove takes a record and what lies in it.
func (w *world) remove(id int) {
	delete(w.records, id)
	for other, r := range w.records {
		if r.host == id && (r.kind == "chapters" || r.kind == "exhibits") {
			delete(w.records, other)
		}
	}
}

// path is where a record's file lies.
func (w *world) path(r *record) string {
	switch r.kind {
	case "briefs":
		return "content/briefs/2020/" + r.name + ".md"
	case "books":
		return "content/anthology/" + r.name + "/_index.md"
	case "venues":
		return "content/venues/" + r.name + "/_index.md"
	case "chapters":
		return "content/anthology/" + w.hostName(r) + "/" + r.name + ".md"
	case "exhibits":
		return "content/venues/" + w.hostName(r) + "/" + r.name + ".md"
	}
	return "content/" + r.kind + "/" + r.name + ".md"
}

func (w *world) hostName(r *record) string {
	if h := w.records[r.host]; h != nil {
		return h.name
	}
	return "gone"
}

// target is how others refer to a record, "" where it is gone.
func (w *world) target(id int) string {
	r := w.records[id]
	if r == nil {
		if w.careless {
			return fmt.Sprintf("gone-%d", id)
		}
		return ""
	}
	host := w.records[r.host]
	switch {
	case r.kind == "chapters" && host != nil:
		return "anthology/" + host.slug() + "/" + r.slug()
	case r.kind == "exhibits" && host != nil:
		return "venues/" + host.slug() + "/" + r.slug()
	case r.kind == "books":
		return "anthology/" + r.slug()
	case r.kind == "briefs":
		return "briefs/2020/" + r.slug()
	case r.kind == "reports":
		return "reports/" + strings.TrimPrefix(r.head[1], "年份: ")
	}
	return r.kind + "/" + r.slug()
}

// wiki is a reference in a text: by its name, or by its file.
var wiki = regexp.MustCompile(`\{\{(\d+)(\|[^}]*|/)?\}\}`)

// tree is the site as files.
func (w *world) tree() map[string][]byte {
	out := maps.Clone(w.files)
	for _, id := range slices.Sorted(maps.Keys(w.records)) {
		r := w.records[id]
		p := w.path(r)
		var b strings.Builder
		b.WriteString("---\n")
		for _, line := range r.head {
			b.WriteString(line + "\n")
		}
		for _, f := range r.refs {
			to := f.to
			if strings.HasPrefix(f.key, "参观路线") {
				to = w.within(id)
			}
			var list []string
			for _, id := range to {
				if s := w.target(id); s != "" {
					list = append(list, path.Base(s))
				}
			}
			if len(list) > 0 {
				b.WriteString(strings.Replace(f.key, "%", strings.Join(list, ", "), 1) + "\n")
			}
		}
		b.WriteString("---\n" + strings.Join(r.body, "\n\n") + "\n")
		text := wiki.ReplaceAllStringFunc(b.String(), func(s string) string {
			m := wiki.FindStringSubmatch(s)
			var id int
			fmt.Sscan(m[1], &id)
			if m[2] == "/" {
				if to := w.records[id]; to != nil {
					return strings.TrimPrefix(w.path(to), "content")
				}
				return map[bool]string{true: "/heroes/gone.md", false: "#top"}[w.careless]
			}
			if to := w.target(id); to != "" {
				return "[[" + to + m[2] + "]]"
			}
			return "某人"
		})
		out[p] = []byte(w.illustrate(text, path.Dir(p)))
	}
	out["content/site.yaml"] = w.conf.bytes()
	if w.ledger != nil {
		out["content/plaques.yaml"] = w.ledger
	}
	return out
}

// within are the exhibits of a venue.
func (w *world) within(venue int) []int {
	var out []int
	for _, id := range slices.Sorted(maps.Keys(w.records)) {
		if r := w.records[id]; r.kind == "exhibits" && r.host == venue {
			out = append(out, id)
		}
	}
	return out
}

// illustrate puts the folder's pictures in, and leaves lines away that ask for what is
// not there.
func (w *world) illustrate(text, dir string) string {
	var here []string
	for _, p := range pictures {
		if w.files[dir+"/"+p] != nil {
			here = append(here, p)
		}
	}
	var out []string
	n := 0
	for _, line := range strings.Split(text, "\n") {
		sound := strings.HasPrefix(line, "音频") && w.files[dir+"/jiang.mp3"] == nil
		if (sound || strings.Contains(line, "§P") && len(here) == 0) && !w.careless {
			continue
		}
		if strings.Contains(line, "§P") {
			name := "none.png"
			if len(here) > 0 {
				name = here[n%len(here)]
			}
			line = strings.ReplaceAll(line, "§P", name)
			n++
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}

func (c conf) bytes() []byte {
	lines := []string{
		"名称: " + c.title, "网址: https://host.example/lamp/", "主题: " + c.theme, "铭牌: {网址: \"https://h.cn/\"}",
		"单位: {名称: 某协会, 电话: 0371-1}", "分享图: " + c.cards, "搜索: " + c.search,
	}
	if len(c.editions) > 0 {
		lines = append(lines, "版本: ["+strings.Join(c.editions, ", ")+"]")
	}
	if c.mourning != "" {
		lines = append(lines, "公祭日: ["+c.mourning+"]")
	}
	return []byte(strings.Join(append(lines, c.extra...), "\n") + "\n")
}

// clone keeps a state of the world to come back to.
func (w *world) clone() *world {
	c := *w
	c.records, c.files = map[int]*record{}, maps.Clone(w.files)
	for id, r := range w.records {
		copied := *r // its lists are made anew, never changed
		c.records[id] = &copied
	}
	return &c
}

// newWorld is a site with a record of every kind.
func newWorld(d dice) *world {
	w := &world{records: map[int]*record{}, files: map[string][]byte{}, next: 1, today: date.Date{Year: 2026, Month: 11, Day: 22},
		conf: conf{title: "小站", theme: "lamplight", cards: "none", search: "true"}}
	books := d.chance(50)
	for _, kind := range kindNames {
		if books || kind != "books" && kind != "chapters" {
			w.add(d, kind)
		}
	}
	w.add(d, "heroes")
	w.add(d, "exhibits")
	if d.chance(50) {
		w.conf.theme = "own"
		w.files = ownTheme()
	}
	w.paint(d)
	return w
}

// ownTheme is a copy of the theme in the site's own folder.
func ownTheme() map[string][]byte {
	out := map[string][]byte{}
	err := fs.WalkDir(themes.FS, "lamplight", func(p string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			out["themes/own/"+strings.TrimPrefix(p, "lamplight/")], err = fs.ReadFile(themes.FS, p)
		}
		return err
	})
	if err != nil {
		panic(err)
	}
	return out
}

// paint puts a picture or a recording beside some record.
func (w *world) paint(d dice) {
	to := w.some(d, "", 3)
	if len(to) == 0 {
		return
	}
	name := d.one(append([]string{"jiang.mp3"}, pictures...)...)
	at := path.Dir(w.path(w.records[to[0]])) + "/" + name
	w.files[at] = encodePicture(path.Ext(name), uint8(d.n(200)), 24+d.n(3))
}

// encodePicture is a small picture, or a short recording.
func encodePicture(ext string, shade uint8, width int) []byte {
	img := image.NewRGBA(image.Rect(0, 0, width, 16))
	for i := range img.Pix {
		img.Pix[i] = shade
	}
	img.Set(1, 1, color.White)
	var b bytes.Buffer
	var err error
	switch ext {
	case ".png":
		err = png.Encode(&b, img)
	case ".jpg":
		err = jpeg.Encode(&b, img, nil)
	case ".svg":
		fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d 16"><path d="M0 0h%dv9z"/></svg>`, 24+shade, shade)
	default:
		for range 3 { // frames of 8 kbit/s at 8 kHz
			b.WriteString("\xff\xe3\x18\xc4" + strings.Repeat(string(rune('a'+shade%26)), 68))
		}
	}
	if err != nil {
		panic(err)
	}
	return b.Bytes()
}

// disk is a world's files in a folder. No two contents of a file have the same time of
// change, which is in the past: what a build may trust to tell them apart.
type disk struct {
	root string
	now  map[string]string
	tick int
}

func (k *disk) lay(t testing.TB, tree map[string][]byte) {
	t.Helper()
	check := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	for p := range k.now {
		if _, stays := tree[p]; !stays {
			check(os.Remove(filepath.Join(k.root, p)))
			for dir := path.Dir(p); dir != "." && os.Remove(filepath.Join(k.root, dir)) == nil; {
				dir = path.Dir(dir)
			}
			delete(k.now, p)
		}
	}
	for _, p := range slices.SortedFunc(maps.Keys(tree), cmp.Compare) {
		if b, there := k.now[p]; there && b == string(tree[p]) {
			continue
		}
		file := filepath.Join(k.root, p)
		check(os.MkdirAll(filepath.Dir(file), 0o755))
		check(os.WriteFile(file, tree[p], 0o644))
		k.touch(t, p)
		k.now[p] = string(tree[p])
	}
}

func (k *disk) touch(t testing.TB, p string) {
	k.tick++
	at := time.Date(2021, 1, 1, 0, 0, k.tick, 0, time.UTC)
	if err := os.Chtimes(filepath.Join(k.root, p), at, at); err != nil {
		t.Fatal(err)
	}
}

// madeIn is what a build left in a folder, its own state aside.
func madeIn(t testing.TB, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			if e != nil && e.Name() == ".mingdeng" {
				return fs.SkipDir
			}
			return err
		}
		b, err := os.ReadFile(p)
		rel, _ := filepath.Rel(dir, p)
		out[filepath.ToSlash(rel)] = string(b)
		return err
	})
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return out
}

// unlike names the first files in which two trees differ.
func unlike(got, want map[string]string) string {
	var out []string
	for _, p := range slices.Sorted(maps.Keys(want)) {
		if g, ok := got[p]; !ok {
			out = append(out, p+" is missing")
		} else if g != want[p] {
			out = append(out, p+" differs: "+difference(g, want[p]))
		}
	}
	for _, p := range slices.Sorted(maps.Keys(got)) {
		if _, ok := want[p]; !ok {
			out = append(out, p+" should not be there")
		}
	}
	if len(out) > 6 {
		out = append(out[:6], fmt.Sprintf("and %d more", len(out)-6))
	}
	return strings.Join(out, "\n")
}

// difference shows where two texts part.
func difference(a, b string) string {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	cut := func(s string) string { return s[max(0, i-40):min(len(s), i+60)] }
	return fmt.Sprintf("%q, not %q", cut(a), cut(b))
}
