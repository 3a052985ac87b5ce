package content

import "mingdeng/internal/date"

// Venue is a place where exhibits stand.
type Venue struct {
	Head
	Name      string    `key:"name 名称 标题 *" common:"true" zh:"名称" en:"name"`
	VenueKind VenueKind `key:"kind 类别 *" common:"true" zh:"哪一类" en:"what it is"`
	Region    Region    `key:"region 地区 *" common:"true" zh:"省/市/县" en:"province/city/county"`
	Address   string    `key:"address 地址" common:"true" zh:"地址" en:"street address"`
	Location  *Location `key:"location 坐标" common:"true" zh:"坐标" en:"coordinates"`
	Opened    date.Date `key:"opened 开放" zh:"何时开放" en:"open since"`
	Hours     string    `key:"hours 时间" common:"true" edition:"own" zh:"开放时间" en:"opening hours"`
	Keeper    string    `key:"keeper 管理单位" common:"true" zh:"谁管理" en:"who keeps it"`
	Plan      *Plan     `key:"plan 平面图" common:"true" zh:"平面图" en:"site plan"`
	Plaque    *Plaque   `key:"plaque 铭牌" zh:"这里的铭牌一般怎么做；展品自己写的优先" en:"how plaques here are made where the exhibit does not say"`
	PlanWidth float64   `key:"plan_width_m 平面图宽" range:"3 20000" zh:"平面图从左到右是多少米，量过才写；写了，页面上就有“向前约 40 米”" en:"how many metres the plan is wide, if that was measured; pages then tell distances: about 40 m ahead"`
	Audio     *Audio    `key:"audio 音频" zh:"走完全程的讲解录音：文件名，或 文件、标题、朗读、文字稿；文字稿里的小标题是章节" en:"a recording that leads through the venue: a file name, or src, title, speaker and transcript, whose named cues are chapters"`
	Route     []Ref     `key:"route 参观路线" refers:"exhibit" common:"true" zh:"按参观次序写展品的网址名" en:"slugs of exhibits in walking order"`
}

// Location is a point with its datum, which must be named: GCJ-02 lies 100 to 700 m
// off WGS 84.
type Location struct {
	Lat   float64 `key:"lat 纬度 *" range:"-90 90" zh:"纬度" en:"latitude, degrees"`
	Lng   float64 `key:"lng 经度 *" range:"-180 180" zh:"经度" en:"longitude, degrees"`
	Datum Datum   `key:"datum 坐标系 *" zh:"坐标系：高德、腾讯是 GCJ02，百度是 BD09，手机 GPS 是 WGS84" en:"datum: GCJ02 from Amap and Tencent, BD09 from Baidu, WGS84 from GPS"`
}

// Plan is a drawing of a venue.
type Plan struct {
	Src File   `key:"src 文件 图片 *" zh:"图片的文件名" en:"file name of the picture"`
	Alt string `key:"alt 替代文字 说明 *" zh:"图上有什么" en:"what it shows"`
}

// Exhibit is one thing that stands in a venue.
type Exhibit struct {
	Head
	Name        string      `key:"name 名称 标题 *" common:"true" zh:"名称" en:"name"`
	ExhibitKind ExhibitKind `key:"kind 类别 *" common:"true" zh:"哪一类" en:"what it is"`
	Number      string      `key:"number 编号" common:"true" zh:"编号" en:"number"`
	Heroes      []Ref       `key:"heroes 英雄" refers:"hero" common:"true" zh:"写到的英雄（网址名）" en:"heroes it tells of (slugs)"`
	Chapters    []Ref       `key:"chapters 篇目" refers:"chapter" zh:"相关的文章（网址名）" en:"chapters it belongs to (slugs)"`
	Audio       *Audio      `key:"audio 音频" zh:"有人在这件展品前讲的录音：文件名，或 文件、标题、朗读、文字稿" en:"a recording of a voice for this exhibit: a file name, or src, title, speaker and transcript"`
	Video       *Video      `key:"video 视频" zh:"一段视频：文件名或网址，或 文件、标题、封面、字幕" en:"a film: a file name or an address, or src, title, poster and captions"`
	Comic       []ComicPic  `key:"comic 漫画" zh:"漫画：图片按读的次序排" en:"a comic: pictures in reading order"`
	PlanAt      []float64   `key:"plan_at 图上位置" common:"true" range:"0 1" zh:"在平面图上的位置 [横, 纵]，左上角 0,0，右下角 1,1" en:"place on the plan [x, y], 0,0 at the top left, 1,1 at the bottom right"`
	Plaque      *Plaque     `key:"plaque 铭牌" common:"true" zh:"铭牌怎么做" en:"how its plaque is made"`
}

// Plaque says how an exhibit's plaque is made, or those of a venue.
type Plaque struct {
	Design   string   `key:"design 版式" edition:"same" zh:"版式，如 tag、plaque、panel、board；都有哪些见 mingdeng help plaques" en:"design, such as tag, plaque, panel or board; all of them stand in mingdeng help plaques"`
	Width    float64  `key:"width 宽" range:"10 5000" zh:"宽，毫米" en:"width, mm"`
	Height   float64  `key:"height 高" range:"10 5000" zh:"高，毫米" en:"height, mm"`
	Material Material `key:"material 材质" zh:"材质" en:"material"`
	Distance float64  `key:"distance 扫描距离" range:"0.1 50" zh:"站多远扫，米" en:"scanning distance, m"`
}

// VenueKind sorts venues.
type VenueKind string

// Values lists the fixed values.
func (VenueKind) Values() []Value {
	return []Value{
		{"park", "主题公园"}, {"corridor", "文化长廊"}, {"square", "文化广场"}, {"garden", "游园"},
		{"scenic-spot", "景区"}, {"station", "车站"}, {"hall", "展馆"}, {"base", "教育基地"},
	}
}

// ExhibitKind sorts exhibits.
type ExhibitKind string

// Values lists the fixed values.
func (ExhibitKind) Values() []Value {
	return []Value{
		{"panel", "展板"}, {"rack", "展架"}, {"stone", "景石"}, {"banner", "道旗"},
		{"screen", "屏幕"}, {"sculpture", "雕塑"}, {"wall", "文化墙"}, {"case", "展柜"},
	}
}

// Datum names a coordinate system.
type Datum string

// Values lists the fixed values.
func (Datum) Values() []Value {
	return []Value{{"WGS84", "GPS"}, {"GCJ02", "火星坐标"}, {"BD09", "百度坐标"}}
}
