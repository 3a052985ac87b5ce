package deploy

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"strings"
	"time"
)

// Answer is what the live site gave for one page that was sent.
type Answer struct {
	URL    string
	Status int   // 0 where there was no answer
	Same   bool  // it is the page that was sent
	Err    error // why there was no answer
}

// askedCodes is how many pages of plaques are asked for.
const askedCodes = 4

// Ask asks the live site at base for its home page and some pages of plaques, as a
// visitor's phone would, and compares them with what was sent.
func Ask(ctx context.Context, base string, source Source) ([]Answer, error) {
	return askBy(ctx, http.DefaultTransport, base, source)
}

func askBy(ctx context.Context, by http.RoundTripper, base string, source Source) ([]Answer, error) {
	client := &http.Client{Timeout: 10 * time.Second, Transport: by}
	var paths, codes []string
	for _, m := range source.Files {
		if m.Path == "index.html" {
			paths = append(paths, m.Path)
		} else if isCodePage(m.Path) && strings.HasSuffix(m.Path, "/index.html") && m.Path != "Q/index.html" {
			codes = append(codes, m.Path)
		}
	}
	for i := range min(askedCodes, len(codes)) { // spread over all
		paths = append(paths, codes[i*len(codes)/min(askedCodes, len(codes))])
	}
	out := make([]Answer, len(paths))
	err := each(ctx, len(paths), func(ctx context.Context, i int) error {
		want, err := fs.ReadFile(source.FS, paths[i])
		if err != nil {
			return err
		}
		a := Answer{URL: base + strings.TrimSuffix(paths[i], "index.html")}
		a.Status, a.Same, a.Err = ask(ctx, client, a.URL, want)
		out[i] = a
		return nil
	})
	return out, err
}

func ask(ctx context.Context, client *http.Client, url string, want []byte) (status int, same bool, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return 0, false, err
	}
	req.Header.Set("Cache-Control", "no-cache")
	req.Header.Set("User-Agent", "mingdeng-deploy")
	resp, err := client.Do(req)
	if err != nil {
		return 0, false, err
	}
	defer resp.Body.Close()
	got, err := io.ReadAll(io.LimitReader(resp.Body, int64(len(want))+1))
	if err != nil {
		return resp.StatusCode, false, fmt.Errorf("the answer broke off: %w", err)
	}
	return resp.StatusCode, resp.StatusCode == http.StatusOK && bytes.Equal(got, want), nil
}
