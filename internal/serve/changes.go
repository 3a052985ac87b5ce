package serve

import (
	"encoding/binary"
	"path/filepath"
	"unicode/utf16"

	"github.com/fsnotify/fsnotify"
)

// changes reads what Windows writes of changes below root: a list of
// FILE_NOTIFY_INFORMATION (winnt.h), each with the offset of the next, an action, and a
// name in UTF-16. What does not fit into b is left out.
func changes(root string, b []byte) []fsnotify.Event {
	const head = 12
	actions := map[uint32]fsnotify.Op{1: fsnotify.Create, 2: fsnotify.Remove, 3: fsnotify.Write, 4: fsnotify.Rename, 5: fsnotify.Create}
	var out []fsnotify.Event
	for len(b) >= head {
		next, action, size := binary.LittleEndian.Uint32(b), binary.LittleEndian.Uint32(b[4:]), binary.LittleEndian.Uint32(b[8:])
		if uint64(size) > uint64(len(b)-head) {
			break
		}
		name := make([]uint16, size/2)
		for i := range name {
			name[i] = binary.LittleEndian.Uint16(b[head+2*i:])
		}
		if op, known := actions[action]; known && len(name) > 0 {
			out = append(out, fsnotify.Event{Name: filepath.Join(root, string(utf16.Decode(name))), Op: op})
		}
		if next < head || uint64(next) > uint64(len(b)) {
			break
		}
		b = b[next:]
	}
	return out
}
