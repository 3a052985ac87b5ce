package roll

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mingdeng/internal/importer/report"
	"mingdeng/internal/testrun"
)

// TestCases reads rolls as associations keep them: side by side, with sections and notes
// between the people, as forms, with hidden rows, in old encodings. What is read stands in
// testdata/cases.want, each fact that is there.
func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/cases/*")
	if err != nil || len(files) < 20 {
		t.Fatal(files, err)
	}
	var got strings.Builder
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var log report.Log
		people, err := Read(file, b, &log)
		fmt.Fprintf(&got, "== %s\n", filepath.Base(file))
		if err != nil {
			fmt.Fprintf(&got, "%v\n", err)
		}
		for _, p := range people {
			got.WriteString(facts(p) + "\n")
		}
		got.WriteString(said(&log))
		for _, secret := range []string{"530402", "139000", "0877-2012345", "玉兴路"} {
			if strings.Contains(fmt.Sprint(people)+said(&log), secret) {
				t.Errorf("%s: %s was taken", file, secret)
			}
		}
	}
	testrun.Goldens(t, "testdata/*.want").Compare(t, "testdata/cases.want", got.String())
}

// facts is what is known of a person, without what is not.
func facts(p Person) string {
	out := []string{fmt.Sprintf("%s %d", p.Sheet, p.Row), p.Name}
	add := func(key, v string) {
		if v != "" {
			out = append(out, key+"="+v)
		}
	}
	if p.Group {
		add("组", "是")
	}
	add("性别", p.Gender)
	add("状况", p.Status)
	add("生", p.Born.String())
	add("职业", p.Occupation)
	add("籍贯", p.NativePlace)
	add("地区", strings.Join(p.Region, "/"))
	add("时", p.Date.String())
	add("地", p.Place)
	add("类", p.Type)
	add("事迹", strings.ReplaceAll(p.Deed, "\n", "⏎"))
	for _, h := range p.Honors {
		add("荣誉", fmt.Sprint(h))
	}
	for _, e := range p.Extra {
		add("附加."+e.Heading, e.Value)
	}
	return strings.Join(out, "|")
}
