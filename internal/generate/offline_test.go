package generate

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"mingdeng/internal/fingerprint"
	"mingdeng/internal/output"
	"mingdeng/internal/pages"
	"mingdeng/internal/theme"
)

// What matters most comes first, the limit holds, and the same bytes are listed once.
func TestOfflineList(t *testing.T) {
	sizes := map[string]int64{"v/1/index.html": 1 << 20, "Q/C/index.html": 1 << 20, "v/2/index.html": 1 << 20, "img/plan": 900 << 10, "img/large": 200 << 10, "img/small": 50 << 10}
	made := func(p string) (output.Made, bool) {
		size, ok := sizes[p]
		what := p
		if p == "Q/C/index.html" {
			what = "v/1/index.html"
		}
		return output.Made{Path: p, Size: size, Hash: fingerprint.Sum([]byte(what), []byte(fmt.Sprint(size)))}, ok
	}
	keep := pages.Offline{
		Pages:    []pages.KeptPage{{Address: "v/1/", Name: "一号"}, {Address: "Q/C/"}, {Address: "v/2/", Name: "二号"}, {Address: "v/gone/", Name: "没有"}},
		Pictures: []string{"img/plan", "img/large", "img/small"},
	}
	list := listOffline(keep, &theme.Edition{}, made)
	var got []string
	var sum int64
	for _, f := range list.Files {
		got = append(got, strings.Join(append([]string{f.URL}, f.Also...), "=")+f.Name)
		sum += f.Size
	}
	if want := []string{"v/1/=Q/C/一号", "v/2/二号", "img/plan", "img/small"}; !slices.Equal(got, want) || sum > offlineLimit {
		t.Errorf("%d bytes: %v, want %v", sum, got, want)
	}
	if again := listOffline(keep, &theme.Edition{}, made); again.Version != list.Version || len(list.Version) != 16 {
		t.Errorf("versions %q and %q of the same files", list.Version, again.Version)
	}
	sizes["v/2/index.html"]--
	if again := listOffline(keep, &theme.Edition{}, made); again.Version == list.Version {
		t.Error("a page changed and the version did not")
	}
}
