package synth

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
)

// parkBase is an address that codes may bear: no example, since those get none.
const parkBase = "https://lamp.h.cn/"

// Park writes a site of its own kind below dir: one venue with a plan and so many exhibits,
// each with a person's name, a sentence and a plaque, in the designs that carry no
// photographs. No code is issued: that is what such a site is for.
func Park(dir string, exhibits int) error {
	p := Site{Records: 60, Seed: 1}.plan()
	venue := filepath.Join(dir, "content", "venues", "park")
	if err := os.MkdirAll(venue, 0o777); err != nil {
		return err
	}
	write := func(name, text string) error {
		return os.WriteFile(filepath.Join(dir, "content", filepath.FromSlash(name)), []byte(text), 0o666)
	}
	if err := write("site.yaml", "title: 岚江义举录\nbase_url: "+parkBase+"\nsearch: false\ncards: none\n"); err != nil {
		return err
	}
	if err := write("venues/park/plan.svg", `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 600"><rect width="900" height="600" fill="#eee"/></svg>`); err != nil {
		return err
	}
	if err := write("venues/park/_index.md", "---\nname: 岚江见义勇为主题公园\nkind: park\nregion: 岚江省/清浦市\nplan: {src: plan.svg, alt: 公园的路}\n---\n沿路一千盏灯。\n"); err != nil {
		return err
	}
	for i := range exhibits {
		if err := write(ParkExhibit(i), p.parkExhibit(i)); err != nil {
			return err
		}
	}
	return nil
}

// ParkExhibit is the file of an exhibit of [Park], below content.
func ParkExhibit(i int) string { return "venues/park/deng-" + strconv.Itoa(i+1) + ".md" }

func (p plan) parkExhibit(i int) string {
	w := p.writer(p.rng(Exhibit, i), p.person(i).text, "清浦市", firstYear+i%years)
	w.fill("{天}里的{景}，{名}伸出了手。")
	design := []string{"plaque", "plaque", "plaque", "tag", "honor"}[i%5]
	place := ""
	if i%20 == 0 { // as many marks on the plan as the largest real park has
		place = fmt.Sprintf("plan_at: [%.3f, %.3f]\n", float64(i%40+1)/42, float64(i/40%25+1)/27)
	}
	return fmt.Sprintf("---\nname: %s\nkind: panel\nnumber: \"%d\"\nsummary: %s\n%splaque: {design: %s, material: acrylic}\n---\n%s\n",
		p.person(i).text, i+1, w.String(), place, design, w.String())
}
