package content

// Material is what a plaque is made of.
type Material string

// Values lists the fixed values.
func (Material) Values() []Value {
	return []Value{
		{"paper", "纸"}, {"acrylic", "亚克力"}, {"metal", "金属"}, {"ceramic", "瓷"}, {"stone", "石"},
		{"steel", "不锈钢"}, {"aluminium", "铝板"}, {"copper", "铜牌"}, {"wood", "木"}, {"glass", "玻璃"},
	}
}

// Also lists further words that mean one of the values.
func (Material) Also() []Value {
	return []Value{
		{"paper", "纸张"}, {"paper", "不干胶"}, {"paper", "写真"},
		{"acrylic", "有机玻璃"}, {"acrylic", "压克力"}, {"acrylic", "PMMA"},
		{"metal", "金属板"}, {"metal", "钛金"}, {"metal", "铁"}, {"metal", "铁板"},
		{"ceramic", "陶瓷"}, {"ceramic", "瓷砖"}, {"ceramic", "瓷板"},
		{"stone", "石材"}, {"stone", "石头"}, {"stone", "花岗岩"}, {"stone", "大理石"},
		{"steel", "不锈钢板"}, {"steel", "stainless steel"}, {"steel", "stainless"},
		{"aluminium", "铝"}, {"aluminium", "铝合金"}, {"aluminium", "aluminum"},
		{"copper", "铜"}, {"copper", "铜板"}, {"copper", "黄铜"}, {"copper", "紫铜"}, {"copper", "brass"}, {"copper", "bronze"},
		{"wood", "木头"}, {"wood", "木板"}, {"wood", "木牌"}, {"wood", "实木"}, {"wood", "防腐木"},
		{"glass", "钢化玻璃"},
	}
}
