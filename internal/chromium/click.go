package chromium

import (
	"context"
	"strings"
	"time"

	"github.com/chromedp/chromedp"
)

// Click is [chromedp.Click] for a page that was opened just now: an element that was found in
// the document that it replaces is gone, which is no fault of either page, and is looked for
// again. So are those of [SendKeys] and [WaitVisible].
func Click(selector string) chromedp.Action[chromedp.Void] { return again(chromedp.Click(selector)) }

// SendKeys is [chromedp.SendKeys]; see [Click].
func SendKeys(selector, keys string) chromedp.Action[chromedp.Void] {
	return again(chromedp.SendKeys(selector, keys))
}

// WaitVisible is [chromedp.WaitVisible]; see [Click].
func WaitVisible(selector string) chromedp.Action[chromedp.Void] {
	return again(chromedp.WaitVisible(selector))
}

// again does what failed because an element was gone before anything was done with it.
func again(do chromedp.Action[chromedp.Void]) chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, t *chromedp.Target) (v chromedp.Void, err error) {
		for range 200 {
			v, err = do(ctx, t)
			if err == nil || ctx.Err() != nil || !strings.Contains(err.Error(), "Could not find node with given id") {
				break
			}
			time.Sleep(10 * time.Millisecond)
		}
		return v, err
	}
}
