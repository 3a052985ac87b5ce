package store

import (
	"context"
	"io/fs"
	"path"
	"strings"
	"sync"

	"mingdeng/internal/deploy"
)

// walk tells every file below a folder whose path starts with prefix. Folders are read
// several at once: over a network reading one is mostly waiting. Links are not followed
// and not told.
func walk(ctx context.Context, prefix string, read func(ctx context.Context, dir string) ([]fs.FileInfo, error), each func(string, fs.FileInfo) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	start := ""
	if i := strings.LastIndexByte(prefix, '/'); i >= 0 {
		start = prefix[:i]
	}
	var mu sync.Mutex         // for all that follows, and one call of each at a time
	more := sync.NewCond(&mu) // there is a folder to be read, or there will be none
	dirs, reading := []string{start}, 0
	visit := func(dir string) {
		mu.Unlock()
		list, err := read(ctx, dir)
		mu.Lock()
		for _, info := range list {
			p := path.Join(dir, info.Name())
			switch {
			case err != nil || ctx.Err() != nil:
			case info.IsDir() && (strings.HasPrefix(p+"/", prefix) || strings.HasPrefix(prefix, p+"/")):
				dirs = append(dirs, p)
			case info.Mode().IsRegular() && strings.HasPrefix(p, prefix):
				err = each(p, info)
			}
		}
		if err != nil {
			cancel(err)
		}
	}
	// So many goroutines and not one a folder: those that wait would need more memory than
	// all that is listed.
	var wg sync.WaitGroup
	for range deploy.AtOnce {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			for {
				for len(dirs) == 0 && reading > 0 {
					more.Wait()
				}
				if len(dirs) == 0 || ctx.Err() != nil {
					return
				}
				dir := dirs[len(dirs)-1]
				dirs, reading = dirs[:len(dirs)-1], reading+1
				visit(dir)
				reading--
				more.Broadcast()
			}
		})
	}
	wg.Wait()
	return context.Cause(ctx)
}
