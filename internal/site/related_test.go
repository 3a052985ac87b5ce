package site

import (
	"fmt"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"mingdeng/internal/content"
	"mingdeng/internal/date"
)

func TestWaterOf(t *testing.T) {
	region := content.Region{"河东省", "清河市", "渡口区"}
	for place, want := range map[string]string{
		"洪河大桥下": "洪河", "渡口区沙河北岸": "沙河", "青石水库": "青石水库", "淮河": "淮河", "渡口区上坝": "",
		"清河高速望北服务区": "", "清河市滨江大道": "", "江边": "", "城南小河边": "", "清河市人民公园湖面": "", "": "", "粮油二库": "",
	} {
		got := waterOf(place, region)
		if got != "" {
			got = Related{Water: got}.WaterName()
		}
		if got != want {
			t.Errorf("%s: %q, want %q", place, got, want)
		}
	}
	if waterOf("沙河", region) == waterOf("沙河", content.Region{"河东省", "石桥市"}) {
		t.Error("rivers of two cities are one")
	}
}

// people draws heroes who have much in common.
func people(t *rapid.T) *Edition {
	e := &Edition{}
	regions := []*Region{nil, {Name: "甲"}, {Name: "乙"}}
	session := &HonorSession{}
	board := &Exhibit{Venue: &Venue{}}
	for i := range rapid.IntRange(0, 60).Draw(t, "heroes") {
		pick := func(n int, what string) int { return rapid.IntRange(0, n-1).Draw(t, fmt.Sprint(what, i)) }
		h := &Hero{Hero: &content.Hero{}, Key: fmt.Sprintf("%02d", i), Place: regions[pick(3, "region")]}
		h.Slug, h.Sample = h.Key, pick(4, "sample") > 0
		h.Region = content.Region{"省", "市"}
		if pick(4, "deed") > 0 {
			h.Deed = &content.Deed{Type: content.DeedType([]string{"", "water-rescue", "other"}[pick(3, "type")]), Place: []string{"", "沙河边", "沙河桥", "东街"}[pick(4, "place")]}
			if pick(2, "dated") > 0 {
				h.Deed.Date = date.Date{Year: 2000 + pick(2, "year"), Month: 5, Day: int8(pick(3, "day"))}
			}
		}
		if pick(3, "held") == 0 {
			h.Held = []Holding{{Of: session}}
		}
		if pick(8, "shown") == 0 {
			h.Exhibits = []*Exhibit{board}
			board.Heroes = append(board.Heroes, h)
		}
		if i > 0 && pick(6, "member") == 0 && e.Heroes[0].Sample == h.Sample {
			h.Groups = []*Hero{e.Heroes[0]}
		}
		e.Heroes = append(e.Heroes, h)
	}
	return e
}

// A list is the same each time, names nobody twice, nor oneself, nor who stands on the page
// anyway; invented people stand with invented ones. Whoever is on it sees oneself so related, too,
// unless six are as close to them.
func TestRelated(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := people(t)
		k := e.Kinship()
		lists := map[*Hero][]Related{}
		for _, h := range e.Heroes {
			lists[h] = k.Of(h)
			if again := e.Kinship().Of(h); !reflect.DeepEqual(again, lists[h]) {
				t.Fatalf("%s: %v, then %v", h.Key, lists[h], again)
			}
		}
		for h, list := range lists {
			seen := map[*Hero]bool{h: true}
			for i, r := range list {
				if seen[r.Hero] || r.Hero.Sample != h.Sample || r.Bond == 0 || len(list) > mostRelated || i > 0 && list[i-1].Bond < r.Bond {
					t.Fatalf("%s: %v", h.Key, list)
				}
				seen[r.Hero] = true
				for _, g := range append(append([]*Hero{}, h.Groups...), r.Hero.Groups...) {
					if g == r.Hero || g == h {
						t.Fatalf("%s stands with its group", h.Key)
					}
				}
				back := lists[r.Hero]
				mutual := len(back) == mostRelated && back[mostRelated-1].Bond >= r.Bond
				for _, b := range back {
					if b.Hero == h {
						if mutual = b.Bond == r.Bond; !mutual {
							t.Fatalf("%s and %s: %b, back %b", h.Key, r.Hero.Key, r.Bond, b.Bond)
						}
					}
				}
				if !mutual {
					t.Fatalf("%s does not know %s (%b)", r.Hero.Key, h.Key, r.Bond)
				}
			}
		}
	})
}

func BenchmarkKinship(b *testing.B) {
	e := &Edition{}
	regions := make([]*Region, 80)
	for i := range regions {
		regions[i] = &Region{}
	}
	types := content.DeedType("").Values()
	for i := range 10_000 {
		h := &Hero{Hero: &content.Hero{}, Key: fmt.Sprintf("%05d", i), Place: regions[i*7%80]}
		h.Deed = &content.Deed{Type: content.DeedType(types[i%len(types)].En), Place: fmt.Sprint("东街", i), Date: date.Date{Year: 1990 + i%35, Month: int8(1 + i%12), Day: int8(1 + i%28)}}
		h.Held = []Holding{{Of: &HonorSession{}}}
		e.Heroes = append(e.Heroes, h)
	}
	b.Run("index", func(b *testing.B) {
		for b.Loop() {
			e.Kinship()
		}
	})
	k := e.Kinship()
	b.Run("ofAll", func(b *testing.B) {
		for b.Loop() {
			for _, h := range e.Heroes {
				k.Of(h)
			}
		}
	})
}
