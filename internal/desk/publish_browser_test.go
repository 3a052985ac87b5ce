package desk

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"mingdeng/internal/chromium"
	"mingdeng/internal/deploy/target"
)

// In a browser the page follows the job by itself: two clicks publish.
func TestPublishInBrowser(t *testing.T) {
	r, to := hosted(t)
	r.put(settingsFile, r.read(settingsFile)+"发布: [{名称: 正式, 目标: \""+target.FolderAddress(to)+"\"}]\n")
	ctx := chromium.Start(t, 5*time.Minute)
	err := chromedp.Do(ctx,
		chromedp.Navigate(r.opens), chromedp.Navigate(r.at+"/_studio/publish/"),
		chromium.Click(`button[value=prepare]`), chromium.WaitVisible(`button[value=publish]`),
	)
	if err != nil {
		t.Fatal(err)
	}
	// The page renews itself, so the button is looked for and pressed in one go.
	if _, err := chromedp.Run(ctx, chromedp.Evaluate[int](`document.querySelector('button[value=publish]').click() || 1`)); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Do(ctx, chromium.WaitVisible(`.job .notice`)); err != nil {
		t.Fatal(err)
	}
	said, err := chromedp.Run(ctx, chromedp.Evaluate[string](`document.querySelector('.job').innerText`))
	if err != nil || !strings.Contains(said, "已发布：新增") {
		t.Errorf("%q, %v", said, err)
	}
	wide, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`document.documentElement.scrollWidth > innerWidth`))
	if err != nil || wide {
		t.Errorf("the page is wider than 360 px: %v", err)
	}
	if _, err := os.Stat(filepath.Join(to, "index.html")); err != nil {
		t.Error(err)
	}
}
