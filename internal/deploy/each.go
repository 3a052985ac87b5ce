package deploy

import (
	"context"
	"sync"
	"sync/atomic"

	"mingdeng/internal/rescue"
)

// AtOnce is how many requests are under way at once: most of a request is waiting.
const AtOnce = 16

// each calls do for 0 to n-1, [AtOnce] at a time. The first error ends it: no further call
// is begun, those under way see their context end, and it returns when all have.
func each(ctx context.Context, n int, do func(context.Context, int) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(n, AtOnce) {
		wg.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				if err := rescue.Do(func() error { return do(ctx, i) }); err != nil {
					cancel(err)
				}
			}
		})
	}
	wg.Wait()
	return context.Cause(ctx)
}
