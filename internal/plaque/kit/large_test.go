package kit

import (
	"errors"
	"fmt"
	"image"
	"slices"
	"strings"
	"testing"

	"mingdeng/internal/diag"
	"mingdeng/internal/plaque/design"
	"mingdeng/internal/testrun"
)

// full is a plaque that says all a design may ask for, with so many names on a wall.
func full(d *design.Design, material string, w, h float64, names int) Plaque {
	p := venue().Plaques[0]
	p.Design, p.Material, p.W, p.H = d.Name, material, w, h
	p.Fields = map[string]string{
		"name": "沈渡川", "line": "他三次返回被淹的通道，把七个人背了出来。", "story": strings.Repeat("那天傍晚，雨已经下了六个小时。", 9),
		"code": p.Code, "host": "yx.example.cn", "promise": "不收钱", "place": "渡口区", "venue": "长堤主题公园", "number": "12",
	}
	p.Facts = []design.Fact{{Label: "时间", Value: "2021年7月20日"}, {Label: "地点", Value: "渡口区桥洞地下通道"}}
	p.Ways = []design.Way{{Sign: "→", Text: "第一展区"}, {Sign: "♿", Text: "无台阶的路"}}
	p.Rolls = []design.Roll{{Head: "第一届", Names: slices.Repeat([]string{"沈渡川", "杜水", "欧阳望江"}, names/3)}}
	pixels := &Photo{Width: 900, Height: 1200, Cover: func(w, h int) (*image.RGBA, error) { return image.NewRGBA(image.Rect(0, 0, w, h)), nil }}
	plan := *pixels
	p.Plan, p.PlanAt = &plan, []float64{0.4, 0.5}
	return p
}

// Every design in every material and size is either made or refused in words: nothing ends
// as a fault of the program.
func TestEveryPlaqueIsMadeOrRefused(t *testing.T) {
	all := designs(t)
	longest := [][3]float64{{0, 0, 60}, {5000, 5000, 60}, {0, 0, 3000}}
	if testrun.Long() {
		longest = append(longest, [3]float64{5000, 10, 60}, [3]float64{10, 5000, 60}, [3]float64{700, 0, 600}, [3]float64{0, 0, 30000})
	}
	for name, d := range all {
		for material := range materials {
			if !slices.Contains([]string{"paper", "acrylic", "metal", "stone"}, material) && !testrun.Long() {
				continue // worked as one of these
			}
			for _, size := range longest {
				if size[2] > 60 && d.Bay == 0 {
					continue
				}
				p := full(d, material, size[0], size[1], int(size[2]))
				at := fmt.Sprintf("%s of %s, %g × %g mm, %g names", name, material, size[0], size[1], size[2])
				x, err := Draw(p, d)
				if fault := new(Fault); errors.As(err, &fault) {
					continue
				} else if err != nil {
					t.Errorf("%s: %v", at, err)
					continue
				}
				for _, f := range p.Files() {
					if large := max(x.Scene.W, x.Scene.H) > 1300; large && (f == Film || f == MirrorFilm) && !testrun.Long() {
						if filmed(max(x.Scene.W, x.Scene.H)) == 0 {
							t.Errorf("%s: no film holds it, and nobody says so", at)
						}
						continue
					}
					if _, err := x.Bytes(f); err != nil {
						t.Errorf("%s: %s: %v", at, f, err)
					}
				}
			}
		}
	}
}

// A wall too long for a film says so, with its length; one that is long has a coarser film.
func TestLongWalls(t *testing.T) {
	d := designs(t)["wall"]
	x, err := Draw(full(d, "steel", 0, 0, 120), d)
	if err != nil || x.Scene.W < 2800 {
		t.Fatal("a wall of 120 names", err)
	}
	if b, err := x.Bytes(Film); err != nil || len(b) < 1000 {
		t.Errorf("its film: %d bytes, %v", len(b), err)
	}
	var fault *Fault
	if _, err = Draw(full(d, "steel", 0, 0, 3000), d); !errors.As(err, &fault) || fault.Problems[0].Code != diag.PlaqueLarge {
		t.Errorf("a wall of 3,000 names: %v", err)
	}
	if _, err = Draw(full(d, "acrylic", 0, 0, 1500), d); err != nil {
		t.Errorf("a wall of 1,500 names in acrylic: %v", err)
	}
}
