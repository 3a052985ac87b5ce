package kit

import (
	"bytes"
	"encoding/csv"
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"mingdeng/internal/date"
	"mingdeng/internal/plaque/design"
	"mingdeng/internal/theme/layered"
	"mingdeng/themes"
)

func designs(t *testing.T) map[string]*design.Design {
	sub, err := fs.Sub(themes.FS, "lamplight")
	if err != nil {
		t.Fatal(err)
	}
	d, found := design.Load(layered.Of(sub, "themes/lamplight"), nil)
	if len(found) > 0 || len(d) < 4 {
		t.Fatalf("%d designs, %v", len(d), found)
	}
	return d
}

func venue() Venue {
	plaque := func(code, design string) Plaque {
		return Plaque{
			Code: code, Address: "https://YX.EXAMPLE.CN/Q/" + code + "/", Design: design, Exhibit: "展板，“甲”", Number: "12", PlanAt: []float64{0.25, 0.5},
			Issued: date.Date{Year: 2026, Month: 11, Day: 3}, Distance: 0.8,
			Fields: map[string]string{"name": "沈渡川", "line": "一句话。", "code": code, "host": "yx.example.cn", "promise": "不收钱"},
		}
	}
	return Venue{Slug: "park", Name: "长堤主题公园", Plaques: []Plaque{plaque("7K3X", "tag"), plaque("9WX2", "plaque"), plaque("A1NH", "panel")}}
}

func factsOf(v Venue, all map[string]*design.Design) func(int) (Facts, error) {
	return func(i int) (Facts, error) { return NewFacts(v.Plaques[i], all[v.Plaques[i].Design]) }
}

func TestFilesAreTheSameTwice(t *testing.T) {
	all := designs(t)
	for _, p := range venue().Plaques {
		for _, f := range Formats() {
			var made [2][]byte
			for i := range made {
				x, err := Draw(p, all[p.Design])
				if err != nil {
					t.Fatal(err)
				}
				if made[i], err = x.Bytes(f); err != nil || len(made[i]) < 500 {
					t.Fatalf("%s.%s: %d bytes, %v", p.Code, f, len(made[i]), err)
				}
			}
			if !bytes.Equal(made[0], made[1]) {
				t.Errorf("%s.%s differs from one time to the next", p.Code, f)
			}
		}
	}
}

func TestManifest(t *testing.T) {
	all := designs(t)
	v := venue()
	m, err := NewManifest(v, factsOf(v, all))
	if err != nil {
		t.Fatal(err)
	}
	var text, book, again bytes.Buffer
	if m.CSV(&text) != nil || m.XLSX(&book) != nil || m.XLSX(&again) != nil {
		t.Fatal("the manifest cannot be written")
	}
	if !bytes.Equal(book.Bytes(), again.Bytes()) {
		t.Error("the workbook differs from one time to the next")
	}
	plain, ok := strings.CutPrefix(text.String(), "\ufeff")
	rows, err := csv.NewReader(strings.NewReader(plain)).ReadAll()
	if !ok || err != nil || len(rows) != 4 || len(rows[0]) != len(columns) {
		t.Fatalf("CSV: %v, %d rows", err, len(rows))
	}
	f, err := excelize.OpenReader(&book)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	cells, err := f.GetRows("铭牌")
	if err != nil || len(cells) != 4 {
		t.Fatalf("workbook: %v, %d rows", err, len(cells))
	}
	for i, p := range v.Plaques {
		x, err := Draw(p, all[p.Design])
		if err != nil {
			t.Fatal(err)
		}
		svg, err := x.Bytes(SVG)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range [][]string{rows[i+1], cells[i+1]} {
			if row[0] != p.Code || row[1] != p.Address || row[2] != p.Exhibit || row[15] != SHA256(svg) {
				t.Errorf("%s: %v", p.Code, row[:5])
			}
		}
	}
}

func TestSheet(t *testing.T) {
	all := designs(t)
	v := venue()
	b, err := Sheet(v, all, 1)
	if err != nil || !bytes.HasPrefix(b, []byte("%PDF-")) {
		t.Fatalf("sheet: %v", err)
	}
	if n := len(regexp.MustCompile(`/Type\s*/Page\b`).FindAll(b, -1)); n != 3 {
		t.Errorf("an A4, an A3 and a list of what is larger are three pages, not %d", n)
	}
}
