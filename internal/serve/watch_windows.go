package serve

import (
	"sync/atomic"
	"time"

	"github.com/fsnotify/fsnotify"
	"golang.org/x/sys/windows"
)

// subtree watches a folder with all below it through one handle. Package fsnotify keeps
// one open for each folder there, and Windows renames no folder in which one is open
// (fsnotify issue 356): an editor could not rename what lies in content/.
type subtree struct {
	handle windows.Handle
	told   chan fsnotify.Event
	lost   chan error
	closed atomic.Bool
	done   chan struct{}
}

func newTree(root string) (tree, error) {
	name, err := windows.UTF16PtrFromString(root)
	if err != nil {
		return nil, err
	}
	handle, err := windows.CreateFile(name, windows.FILE_LIST_DIRECTORY,
		windows.FILE_SHARE_READ|windows.FILE_SHARE_WRITE|windows.FILE_SHARE_DELETE, nil,
		windows.OPEN_EXISTING, windows.FILE_FLAG_BACKUP_SEMANTICS, 0)
	if err != nil {
		return nil, err
	}
	t := &subtree{handle: handle, told: make(chan fsnotify.Event, 4096), lost: make(chan error, 1), done: make(chan struct{})}
	go t.read(root)
	return t, nil
}

func (t *subtree) events() <-chan fsnotify.Event { return t.told }
func (t *subtree) errors() <-chan error          { return t.lost }
func (t *subtree) cover() error                  { return nil } // new folders are in it already

// read waits for changes until the watch is closed or cannot go on.
func (t *subtree) read(root string) {
	defer close(t.done)
	b := make([]byte, 64<<10) // more is refused for folders on other machines
	for !t.closed.Load() {
		var n uint32
		err := windows.ReadDirectoryChanges(t.handle, &b[0], uint32(len(b)), true,
			windows.FILE_NOTIFY_CHANGE_FILE_NAME|windows.FILE_NOTIFY_CHANGE_DIR_NAME|windows.FILE_NOTIFY_CHANGE_LAST_WRITE|windows.FILE_NOTIFY_CHANGE_SIZE,
			&n, nil, 0)
		switch {
		case t.closed.Load():
			return
		case err == windows.ERROR_NOTIFY_ENUM_DIR, err == nil && n == 0: // more changes than b holds
			t.overflow(fsnotify.ErrEventOverflow)
		case err != nil: // the disk is gone perhaps, or comes again
			t.overflow(err)
			time.Sleep(time.Second)
		default:
			for _, e := range changes(root, b[:n]) {
				select {
				case t.told <- e:
				default:
					t.overflow(fsnotify.ErrEventOverflow)
				}
			}
		}
	}
}

// overflow says once that anything may have changed.
func (t *subtree) overflow(err error) {
	select {
	case t.lost <- err:
	default:
	}
}

// close ends the reading, which may be about to begin: until it has ended it is asked again.
func (t *subtree) close() {
	t.closed.Store(true)
	for {
		_ = windows.CancelIoEx(t.handle, nil) // fails where nothing is being read
		select {
		case <-t.done:
			_ = windows.CloseHandle(t.handle)
			return
		case <-time.After(10 * time.Millisecond):
		}
	}
}
