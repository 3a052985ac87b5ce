package desk

import "mingdeng/internal/diag"

// words are what the desk says in its pages, by key; each subject has its own list. Keys of
// records are not here: they come from the schema.
var words = gather(
	recordWords, collectedWords, historyWords, plaqueWords, settingsWords, publishWords, importWords, startWords, phoneWords, helpWords,
)

func gather(lists ...map[string]diag.Text) map[string]diag.Text {
	all := map[string]diag.Text{}
	for _, list := range lists {
		for key, w := range list {
			if _, twice := all[key]; twice {
				panic("desk: words for " + key + " twice")
			}
			all[key] = w
		}
	}
	return all
}

// recordWords are those of the frame, of lists and of a record's form.
var recordWords = map[string]diag.Text{
	"desk":         {Zh: "明灯工作台", En: "Mingdeng desk"},
	"nav":          {Zh: "工作台", En: "Desk"},
	"nav.home":     {Zh: "今天", En: "Today"},
	"nav.records":  {Zh: "记录", En: "Records"},
	"nav.import":   {Zh: "导入", En: "Import"},
	"nav.plaques":  {Zh: "铭牌", En: "Plaques"},
	"nav.publish":  {Zh: "发布", En: "Publish"},
	"nav.settings": {Zh: "设置", En: "Settings"},
	"nav.help":     {Zh: "说明", En: "Help"},
	"quit":         {Zh: "退出", En: "Quit"},
	"skip":         {Zh: "跳到正文", En: "Skip to the content"},
	"private":      {Zh: "只在这台电脑上。没有点“发布”之前，谁也看不到。", En: "On this machine alone. Nobody sees anything before you publish."},

	"missing":      {Zh: "没有这一页", En: "There is no such page"},
	"missing.text": {Zh: "它可能已移到回收站，或改了名字。", En: "It may have been moved to the trash, or renamed."},
	"ended":        {Zh: "明灯已退出", En: "Mingdeng has ended"},
	"ended.text":   {Zh: "可以关掉这一页了。双击明灯，就能再打开。", En: "You can close this page. Double-click Mingdeng to open it again."},
	"back":         {Zh: "回到工作台", En: "Back to the desk"},
	"unread":       {Zh: "读不了这个文件", En: "This file cannot be read"},
	"unwritten":    {Zh: "没有保存：", En: "Not saved: "},
	"gone":         {Zh: "这个文件刚刚被别人移走了", En: "Somebody has just moved this file away"},
	"large":        {Zh: "文件太大，打不开", En: "The file is too large to open"},

	"month": {Zh: "月", En: "-"},
	"day":   {Zh: "日", En: ""},

	"home.faults":   {Zh: "要改的", En: "To mend"},
	"home.fine":     {Zh: "没有发现问题。", En: "Nothing is wrong."},
	"home.undone":   {Zh: "还没做完的", En: "Unfinished"},
	"home.done":     {Zh: "都做完了。", En: "All is done."},
	"home.last":     {Zh: "最近改过的", En: "Edited last"},
	"home.counts":   {Zh: "已有的记录", En: "What there is"},
	"home.ledger":   {Zh: "铭牌登记簿", En: "Ledger of plaques"},
	"home.start":    {Zh: "写一位英雄", En: "Write about a hero"},
	"home.more":     {Zh: "还有", En: "and"},
	"home.more2":    {Zh: "条", En: "more"},
	"home.errors":   {Zh: "处错误", En: "errors"},
	"home.warnings": {Zh: "处提醒", En: "warnings"},
	"home.public":   {Zh: "已发布", En: "published"},

	"new":           {Zh: "新建", En: "New "},
	"new.name":      {Zh: "叫什么", En: "What is it called"},
	"new.name.hint": {Zh: "人写姓名，文章写标题。文件名和网址由它自动得来。", En: "A person's name, or a title. The file and the address are named after it."},
	"new.parent":    {Zh: "放在哪里", En: "Where does it belong"},
	"new.make":      {Zh: "新建", En: "Create"},
	"new.draft":     {Zh: "新建的是草稿，写好了再点“发布”。", En: "It begins as a draft; publish it when it is ready."},
	"new.noparent":  {Zh: "还没有可以放进去的，先新建一个：", En: "There is none yet to put it into. First make a "},
	"badname":       {Zh: "名字不能空着，也不能有斜杠。", En: "The name must not be empty or hold a slash."},
	"noparent":      {Zh: "请选好放在哪里。", En: "Choose where it belongs."},
	"yes":           {Zh: "是", En: "yes"},
	"no":            {Zh: "否", En: "no"},

	"list.search":  {Zh: "查找", En: "Find"},
	"list.all":     {Zh: "全部", En: "All"},
	"list.none":    {Zh: "没有找到。", En: "Nothing found."},
	"list.name":    {Zh: "名称", En: "Name"},
	"list.state":   {Zh: "状况", En: "State"},
	"list.changed": {Zh: "改动", En: "Changed"},
	"list.byname":  {Zh: "按名称", En: "By name"},
	"list.bytime":  {Zh: "按改动", En: "By time"},
	"list.count":   {Zh: "条", En: "found"},
	"list.prev":    {Zh: "上一页", En: "Previous"},
	"list.next":    {Zh: "下一页", En: "Next"},
	"sample":       {Zh: "示例", En: "sample"},

	"save":            {Zh: "保存", En: "Save"},
	"publish":         {Zh: "发布", En: "Publish"},
	"withdraw":        {Zh: "撤回", En: "Withdraw"},
	"trash":           {Zh: "移到回收站", En: "Move to trash"},
	"preview":         {Zh: "预览", En: "Preview"},
	"preview.own":     {Zh: "在新窗口里看", En: "Open in a window"},
	"preview.faulty":  {Zh: "有错误的记录没有页面；改好再保存，就看得到。", En: "A record with errors has no page. Mend it and save, and it is here."},
	"preview.none":    {Zh: "这条记录还没有自己的页面。", En: "This record has no page of its own yet."},
	"add":             {Zh: "添加", En: "Add"},
	"drop":            {Zh: "删除", En: "Remove"},
	"text":            {Zh: "正文", En: "Text"},
	"more":            {Zh: "更多", En: "More"},
	"fields":          {Zh: "要点", En: "Essentials"},
	"required":        {Zh: "必填", En: "required"},
	"upload":          {Zh: "上传", En: "Upload"},
	"upload.drop":     {Zh: "把图片拖到这里，粘贴，或者选择", En: "Drop pictures here, paste, or choose"},
	"pictures":        {Zh: "图片", En: "Pictures"},
	"pictures.insert": {Zh: "放进正文", En: "Put into the text"},
	"raw":             {Zh: "看原文", En: "The file as it is"},
	"raw.back":        {Zh: "回到表单", En: "Back to the form"},
	"raw.text":        {Zh: "整个文件", En: "The whole file"},
	"raw.why":         {Zh: "文件开头的写法有误，表单打不开。改好下面标出的地方再保存。", En: "The head of the file cannot be read, so there is no form. Mend what is marked below and save."},
	"history":         {Zh: "历史", En: "History"},
	"editions":        {Zh: "语言", En: "Languages"},
	"unsaved":         {Zh: "有未保存的改动", En: "Not saved yet"},
	"unsaved.found":   {Zh: "上次有没保存的文字，", En: "There are words from last time that were not saved. "},
	"unsaved.take":    {Zh: "接着写", En: "Go on with them"},
	"unsaved.drop":    {Zh: "不要了", En: "Leave them"},
	"mend.cannot":     {Zh: "这一处改不了，请在原文里改。", En: "This cannot be mended here: change it in the file as it is."},
	"done.mended":     {Zh: "已改好并保存。", En: "Mended and saved."},
	"saving":          {Zh: "正在保存…", En: "Saving…"},
	"mend":            {Zh: "改成", En: "Change to"},
	"line":            {Zh: "第", En: "line "},
	"line2":           {Zh: "行", En: ""},
	"region.all":      {Zh: "用过的地区", En: "Regions in use"},

	"clash":        {Zh: "别人同时改了这条记录，请逐项选择。", En: "Somebody else has changed this record at the same time: choose for each."},
	"clash.whole":  {Zh: "别人改了这个文件。下面是您写的；打开新窗口看现在的样子，合好再保存。", En: "Somebody else has changed this file. Below is what you wrote; open another window to see what it is now, bring both together and save."},
	"clash.mine":   {Zh: "我写的", En: "Mine"},
	"clash.theirs": {Zh: "别人写的", En: "Theirs"},

	"bold":    {Zh: "加粗", En: "Bold"},
	"heading": {Zh: "标题", En: "Heading"},
	"bullets": {Zh: "列表", En: "List"},
	"link":    {Zh: "链接记录", En: "Link a record"},
	"ruby":    {Zh: "注音", En: "Ruby"},
	"image":   {Zh: "图片", En: "Picture"},

	"consent.yes":   {Zh: "勾上“公开”：发布后，任何人都能在网站、铭牌和书里看到这个人。", En: "With “publish” ticked, anybody can see this person on the site, on plaques and in books once it is published."},
	"consent.no":    {Zh: "没有勾上：这个人不出现在任何地方，连名字也没有；别处提到的地方会隐去。", En: "Without it this person appears nowhere, not even by name; where others mention them, they are left out."},
	"consent.until": {Zh: "写了“至”：过了那一天，自动从网站上消失。", En: "With a day given, they are gone from the site after that day."},

	"upload.large":  {Zh: "文件超过 64 MB，太大了。", En: "The file is over 64 MB: too large."},
	"upload.format": {Zh: "%s 格式不能发布。照片请存成 JPG 再上传（iPhone：设置 → 相机 → 格式 → 兼容性最佳）。", En: "%s files cannot be published. Save photographs as JPG first (iPhone: Settings → Camera → Formats → Most Compatible)."},
	"upload.broken": {Zh: "文件损坏了，读不出来。请重新导出再传。", En: "The file is damaged and cannot be read. Export it again."},
	"upload.names":  {Zh: "这个名字用得太多了，请换一个文件名。", En: "Too many files of that name: rename it."},

	"paste.none": {Zh: "粘贴的内容里没有文字。", En: "There are no words in what was pasted."},

	"trash.parts":      {Zh: "里面还有东西", En: "There is something in it"},
	"trash.parts.text": {Zh: "先把里面的文章或展品移到回收站，再移走它。", En: "First move the chapters or exhibits in it to the trash."},

	"done.saved":     {Zh: "已保存。", En: "Saved."},
	"done.published": {Zh: "已设为公开。下次上传网站时，大家就能看到。", En: "It is public from the next upload of the site on."},
	"done.withdrawn": {Zh: "已撤回为草稿。下次上传网站时，就看不到它了。", En: "It is a draft again, and gone with the next upload of the site."},
	"done.made":      {Zh: "已新建。这是草稿，填好后点“保存”。", En: "Created, as a draft. Fill it in and save."},
	"done.uploaded":  {Zh: "图片已放好。", En: "The picture is in place."},
	"done.trashed":   {Zh: "已移到回收站。", En: "Moved to the trash."},

	"state.published": {Zh: "已发布", En: "published"},
	"state.draft":     {Zh: "草稿", En: "draft"},
	"state.waiting":   {Zh: "未到发布日期", En: "waiting for its day"},
	"state.expired":   {Zh: "已过失效日期", En: "expired"},
	"state.withheld":  {Zh: "未获公开授权", En: "no consent"},
	"state.faulty":    {Zh: "有错误", En: "has errors"},
	"state.orphaned":  {Zh: "所属的书或阵地没有发布", En: "what it belongs to is not published"},

	"lack.portrait": {Zh: "没有可公开的肖像", En: "No portrait to show"},
	"lack.consent":  {Zh: "授权六十天内到期", En: "Consent ends within 60 days"},
	"lack.plaque":   {Zh: "展品还没有码", En: "Exhibit without a code"},
	"lack.plan":     {Zh: "阵地还没有平面图", En: "Venue without a plan"},
}
