package photo_test

import (
	"slices"
	"sync/atomic"
	"testing"

	"mingdeng/internal/plaque/qr/photo"
	"mingdeng/internal/rescue"
	"mingdeng/internal/testrun"
)

// TestPark reads photos as they are taken in a park. None may be read wrongly.
func TestPark(t *testing.T) {
	few := 1
	if testrun.Long() {
		few = 100
	}
	var total, of atomic.Int64
	rescue.Each(len(kinds), func(kind int) {
		read, all := 0, 0
		park(kind, few, func(i int, p taken) {
			left := slices.Clone(p.texts)
			for _, s := range photo.Read(p.photo) {
				k := slices.Index(left, s.Text)
				if k < 0 {
					t.Errorf("%s %d: read %q, there is %q", p.kind, i, s.Text, p.texts)
					continue
				}
				left = slices.Delete(left, k, k+1)
				read++
			}
			all += len(p.texts)
		})
		t.Logf("%-10s %2d of %2d", kinds[kind].name, read, all)
		total.Add(int64(read))
		of.Add(int64(all))
	})
	t.Logf("all %d of %d", total.Load(), of.Load())
}
