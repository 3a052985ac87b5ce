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
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		path, err := exec.LookPath(name)
		if err != nil {
			continue
		}
		options := append(chromedp.DefaultExecAllocatorOptions[:],
			chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("disable-quic", true),
			chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.WindowSize(360, 740))
		alloc, stop := chromedp.NewExecAllocator(context.Background(), append(options, more...)...)
		t.Cleanup(stop)
		ctx, stop := chromedp.NewContext(alloc)
		t.Cleanup(stop)
		timer := time.AfterFunc(limit, stop) // a browser that hangs must not hang the tests
		t.Cleanup(func() { timer.Stop() })
		return ctx
	}
	testrun.Missing(t, "Chromium")
	return nil
}
