package hostile

import (
	"bytes"
	"context"
	"math/rand/v2"
	"testing"

	"mingdeng/internal/plaques"
)

// TestPlaqueTables: what fabricators open in a spreadsheet holds no formula, whatever
// an exhibit is called.
func TestPlaqueTables(t *testing.T) {
	for _, name := range []string{"=1+1", "+1", "-1 层", "@SUM(1)"} {
		l := newLab(t, map[string]string{"content/venues/yuan/ban.md": "---\nname: '" + name + "'\nkind: panel\nnumber: '" + name + "'\n---\n"})
		if _, err := plaques.Issue(context.Background(), options(l.root), nil, "h.cn", rand.NewChaCha8([32]byte{1})); err != nil {
			t.Fatal(err)
		}
		v := l.look(t, 0)
		table := v.files["plaques/yuan/manifest.csv"]
		if !bytes.Contains(table, []byte("'"+name)) || len(v.files["plaques/yuan/manifest.xlsx"]) == 0 {
			t.Errorf("%q does not stand in the table: %s\n%v", name, table, told(v.found))
		}
	}
}
