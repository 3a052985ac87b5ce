// Package chromium starts a headless Chromium for tests.
package chromium

import (
	"context"
	"os/exec"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"mingdeng/internal/testrun"
)

// Start starts a browser with a window of 360 × 740 px, for as long as the test runs
// and at most limit. Without Chromium the test is skipped, or fails where
// MINGDENG_REQUIRE_TOOLS=1 asks for it.
func Start(t testing.TB, limit time.Duration, more ...chromedp.ExecAllocatorOption) context.Context {
	t.Helper()
	ctx, stop := Open(more...)
	if ctx == nil {
		testrun.Missing(t, "Chromium")
	}
	t.Cleanup(stop)
	within(t, limit, stop)
	return ctx
}

// Open is Start for a browser that many tests share, one after the other: each has a Visitor of
// its own. The context is nil where there is no Chromium.
func Open(more ...chromedp.ExecAllocatorOption) (context.Context, context.CancelFunc) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		path, err := exec.LookPath(name)
		if err != nil {
			continue
		}
		options := append(chromedp.DefaultExecAllocatorOptions[:],
			chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("disable-quic", true),
			chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.WindowSize(360, 740))
		alloc, end := chromedp.NewExecAllocator(context.Background(), append(options, more...)...)
		ctx, stop := chromedp.NewContext(alloc)
		return ctx, func() { stop(); end() }
	}
	return nil, func() {}
}

// Visitor is a window of a browser that is open, for as long as the test runs and at most limit:
// what other tests left in that browser (what it has stored, fetched or been told) is not there.
func Visitor(t testing.TB, browser context.Context, limit time.Duration) context.Context {
	t.Helper()
	if browser == nil {
		testrun.Missing(t, "Chromium")
	}
	if err := chromedp.Do(browser); err != nil { // it starts for the first of them
		t.Fatal(err)
	}
	ctx, stop := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	t.Cleanup(stop)
	within(t, limit, stop)
	return ctx
}

// within stops a browser that hangs: it must not hang the tests.
func within(t testing.TB, limit time.Duration, stop context.CancelFunc) {
	timer := time.AfterFunc(limit, stop)
	t.Cleanup(func() { timer.Stop() })
}
