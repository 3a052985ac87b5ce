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
	var mu sync.Mutex // one call of each at a time
	var wg sync.WaitGroup
	free := make(chan struct{}, deploy.AtOnce)
	var visit func(dir string)
	visit = func(dir string) {
		defer wg.Done()
		select {
		case free <- struct{}{}:
		case <-ctx.Done():
			return
		}
		list, err := read(ctx, dir)
		<-free
		if err != nil {
			cancel(err)
			return
		}
		mu.Lock()
		defer mu.Unlock()
		for _, info := range list {
			p := path.Join(dir, info.Name())
			switch {
			case ctx.Err() != nil:
				return
			case info.IsDir() && (strings.HasPrefix(p+"/", prefix) || strings.HasPrefix(prefix, p+"/")):
				wg.Add(1)
				go visit(p)
			case info.Mode().IsRegular() && strings.HasPrefix(p, prefix):
				if err := each(p, info); err != nil {
					cancel(err)
					return
				}
			}
		}
	}
	start := ""
	if i := strings.LastIndexByte(prefix, '/'); i >= 0 {
		start = prefix[:i]
	}
	wg.Add(1)
	visit(start)
	wg.Wait()
	return context.Cause(ctx)
}
