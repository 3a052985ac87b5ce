package pages_test

import (
	"fmt"
	"strings"
	"testing"

	"mingdeng/internal/fingerprint"
	"mingdeng/internal/pages"
)

// forgetful has seen no picture before.
type forgetful struct{}

func (forgetful) Recall(fingerprint.Fingerprint) ([]byte, bool) { return nil, false }
func (forgetful) Remember(fingerprint.Fingerprint, []byte)      {}

// yard is a venue with stops in a row, 40 units apart on a plan 1000 units wide, one of them
// without a place on it if hole is set, and an exhibit off the route beside the third.
func yard(head string, hole bool) map[string]string {
	files := map[string]string{"venues/yuan/plan.svg": `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 500" width="1000" height="500"><rect width="9" height="9"/></svg>`}
	route := ""
	for i := range 20 {
		name := fmt.Sprintf("s%02d", i)
		route += "  - " + name + "\n"
		at := fmt.Sprintf("图上位置: [%g, 0.5]\n", .1+.04*float64(i))
		if hole && i == 12 {
			at = ""
		}
		files["venues/yuan/"+name+".md"] = fmt.Sprintf("---\n名称: 第%d\n类别: 展板\n%s---\n", i+1, at)
	}
	files["venues/yuan/aside.md"] = "---\n名称: 旁边\n类别: 景石\n图上位置: [0.18, 0.7]\n---\n"
	files["venues/yuan/_index.md"] = "---\n名称: 园\n类别: 主题公园\n地区: 河东省/清河市\n平面图: {文件: plan.svg, 替代文字: 图}\n" + head + "参观路线:\n" + route + "---\n"
	return files
}

func TestDistances(t *testing.T) {
	for _, c := range []struct {
		name, head          string
		hole                bool
		length, row, onward string
	}{
		{"measured", "平面图宽: 500\n", false, "way.metres 400", "way.metres 20", "way.ahead way.metres 20"},
		{"large", "plan_width_m: 2000\n", false, "way.kilometres 1.5", "way.metres 80", "way.ahead way.metres 80"},
		{"tiny", "平面图宽: 50\n", false, "way.metres 40", "way.steps", "way.ahead way.steps"},
		{"a stop without a place", "平面图宽: 500\n", true, "", "way.metres 20", "way.ahead way.metres 20"},
		{"not measured", "", false, "", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			all, _ := planned(t, yard(c.head, c.hole))
			v, s := view[*pages.Venue](t, all, "venues/yuan/"), view[*pages.Exhibit](t, all, "venues/yuan/s04/")
			if v.Length != c.length || v.Route[1].Ahead != c.row || v.Route[0].Ahead != "" || s.Next.Ahead != c.onward {
				t.Errorf("%q in all, %q and %q on; then %q", v.Length, v.Route[0].Ahead, v.Route[1].Ahead, s.Next.Ahead)
			}
			if c.hole && (v.Route[12].Ahead != "" || v.Route[13].Ahead != "") {
				t.Errorf("to and from nowhere: %q, %q", v.Route[12].Ahead, v.Route[13].Ahead)
			}
		})
	}
}

// Every stop stands in one stretch, in order, also one that has no place on the plan; what
// has one can be tapped in its stretch, also what is off the route.
func TestStretches(t *testing.T) {
	all, _ := planned(t, yard("", true))
	v := view[*pages.Venue](t, all, "venues/yuan/")
	var stops, links []string
	for i, x := range v.Stretches {
		if (x.Previous == nil) != (i == 0) || (x.Next == nil) != (i == len(v.Stretches)-1) || x.Label == nil {
			t.Errorf("stretch %d: %+v", i, x)
		}
		for _, s := range x.Stops {
			stops = append(stops, s.Href)
		}
		for _, m := range x.Plan.Markers {
			links = append(links, m.Href)
		}
	}
	if len(stops) != 20 || stops[12] != "/lamp/venues/yuan/s12/" || stops[19] != "/lamp/venues/yuan/s19/" {
		t.Errorf("stops: %v", stops)
	}
	if len(links) != 20 || !strings.Contains(strings.Join(links, " "), "/aside/") {
		t.Errorf("links: %v", links)
	}
	if v.Start == nil || v.Start.Text != "walk.gate" || v.Plan.Ring || len(v.Plan.Markers) != 0 {
		t.Errorf("start %+v, plan %+v", v.Start, v.Plan)
	}
	s, lost := view[*pages.Exhibit](t, all, "venues/yuan/s05/"), view[*pages.Exhibit](t, all, "venues/yuan/s12/")
	if len(s.Plan.Markers) == 0 || len(s.Plan.Markers) > 14 || !strings.HasPrefix(s.PlanHref, "/lamp/venues/yuan/#part-") {
		t.Errorf("around a stop: %d lamps, leads to %s", len(s.Plan.Markers), s.PlanHref)
	}
	if lost.Plan != nil {
		t.Error("a stop without a place is shown on the plan")
	}
}

// A plan with room for a finger is not cut up.
func TestWholePlan(t *testing.T) {
	files := yard("", false)
	for p := range files {
		if strings.HasSuffix(p, ".md") && !strings.HasSuffix(p, "_index.md") && !strings.HasSuffix(p, "s00.md") && !strings.HasSuffix(p, "s06.md") && !strings.HasSuffix(p, "s12.md") {
			delete(files, p)
		}
	}
	files["venues/yuan/_index.md"] = "---\n名称: 园\n类别: 展馆\n地区: 河东省/清河市\n平面图: {文件: plan.svg, 替代文字: 图}\n---\n"
	all, _ := planned(t, files)
	v := view[*pages.Venue](t, all, "venues/yuan/")
	if len(v.Stretches) != 0 || len(v.Plan.Markers) != 3 || v.Plan.Markers[0].Href == "" || v.Plan.Dots != "" || v.Start != nil {
		t.Errorf("%d stretches, %+v, start %v", len(v.Stretches), v.Plan, v.Start)
	}
}
