package diag

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"syscall"
	"testing"
)

func TestTroubleOf(t *testing.T) {
	for _, test := range []struct {
		err     error
		windows bool
		zh      string // in What or Mend
	}{
		{syscall.EBUSY, false, "正被别的程序打开着"},
		{syscall.ETXTBSY, false, "正被别的程序打开着"},
		{syscall.Errno(32), true, "WPS"},
		{syscall.Errno(33), true, "浏览器"},
		{syscall.Errno(1224), true, "正被别的程序打开着"},
		{syscall.ENOSPC, false, "磁盘已满"},
		{syscall.Errno(112), true, "磁盘已满"},
		{syscall.Errno(39), true, "磁盘已满"},
		{syscall.EDQUOT, false, "配额"},
		{syscall.EROFS, false, "只读的磁盘"},
		{syscall.Errno(19), true, "写保护"},
		{syscall.EPERM, false, "锁定"},
		{syscall.EACCES, false, "没有权限"},
		{syscall.Errno(5), true, "没有权限"},
		{syscall.ENAMETOOLONG, false, "太长"},
		{syscall.Errno(206), true, "太长"},
		{syscall.Errno(123), true, "特殊符号"},
		{syscall.ENOTDIR, false, "不是文件夹"},
		{syscall.Errno(267), true, "不是文件夹"},
		{syscall.EISDIR, false, "不是文件"},
		{syscall.EXDEV, false, "另一块磁盘"},
		{syscall.Errno(17), true, "另一块磁盘"},
		{syscall.Errno(21), true, "插好"},
		{syscall.ENXIO, false, "插好"},
		{syscall.ESTALE, false, "网络磁盘"},
		{syscall.Errno(53), true, "网络磁盘"},
		{syscall.EIO, false, "磁盘可能坏了"},
		{syscall.Errno(1117), true, "磁盘可能坏了"},
		{syscall.EMFILE, false, "打开的文件太多"},
		{syscall.ENOMEM, false, "内存不够"},
		{syscall.EFBIG, false, "4 GB"},
		{syscall.ELOOP, false, "链接"},
		{syscall.EADDRINUSE, false, "--addr"},
		{syscall.Errno(10048), true, "--addr"},
		{syscall.Errno(10013), true, "没有权限"},
		{syscall.ENOENT, false, "不见了"},
		{syscall.Errno(2), true, "不见了"},
		{syscall.Errno(3), true, "不见了"},
		{fs.ErrNotExist, false, "不见了"},
		{syscall.EEXIST, false, "已经有东西"},
		{syscall.Errno(183), true, "已经有东西"},
		{syscall.ENOTEMPTY, false, "里面还有东西"},
		{fs.ErrPermission, false, "没有权限"},
		{syscall.EDOM, false, "系统的原话：" + syscall.EDOM.Error()},
		{errors.New("path escapes from parent"), true, "系统的原话：path escapes from parent"},
	} {
		for _, wrapped := range []error{
			test.err, &fs.PathError{Op: "open", Path: "secret-op", Err: test.err},
			&os.LinkError{Op: "renameat", Old: "secret-op", New: "b", Err: test.err}, fmt.Errorf("secret-op: %w", test.err),
		} {
			got := troubleOf(wrapped, test.windows)
			if !strings.Contains(got.What.Zh+got.Mend.Zh, test.zh) {
				t.Errorf("%v (windows: %v): %q %q, want %q", wrapped, test.windows, got.What.Zh, got.Mend.Zh, test.zh)
			}
			if said := got.What.Zh + got.What.En; strings.Contains(said, "secret-op") || !strings.Contains(test.zh, "原话") && strings.Contains(said, test.err.Error()) {
				t.Errorf("%v is told in the system's words: %q", wrapped, said)
			}
		}
	}
}

// Every trouble has its words in both languages and says what to do, and no number of a
// system stands for two.
func TestTroubles(t *testing.T) {
	unix, windows := map[syscall.Errno]string{}, map[syscall.Errno]string{}
	for _, x := range troubles {
		for _, s := range []string{x.What.Zh, x.What.En, x.Mend.Zh, x.Mend.En} {
			if s == "" {
				t.Errorf("%+v lacks words", x.Trouble)
			}
		}
		if !strings.HasSuffix(x.Mend.Zh, "。") || !strings.HasSuffix(x.Mend.En, ".") {
			t.Errorf("%q, %q: no sentence", x.Mend.Zh, x.Mend.En)
		}
		for _, n := range x.unix {
			if unix[n] != "" {
				t.Errorf("%v is %q and %q", n, unix[n], x.What.En)
			}
			unix[n] = x.What.En
		}
		for _, n := range x.windows {
			if windows[n] != "" {
				t.Errorf("%d is %q and %q", n, windows[n], x.What.En)
			}
			windows[n] = x.What.En
		}
	}
}

func TestPathOf(t *testing.T) {
	for _, test := range []struct {
		err  error
		want string
	}{
		{&fs.PathError{Op: "open", Path: "a", Err: syscall.EIO}, "a"},
		{fmt.Errorf("x: %w", &os.LinkError{Op: "rename", Old: "a", New: "b", Err: syscall.EIO}), "b"},
		{syscall.EIO, ""},
		{nil, ""},
	} {
		if got := PathOf(test.err); got != test.want {
			t.Errorf("%v: %q", test.err, got)
		}
	}
}
