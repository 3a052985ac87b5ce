package diag

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"slices"
	"syscall"
)

// Trouble is what a machine would not do, in words for those who are no programmers. What
// follows the name of a file; Mend is a sentence.
type Trouble struct{ What, Mend Text }

// trouble is a Trouble with the numbers by which systems tell of it. The names of Unix
// stand for invented numbers on Windows, which package os gives there as well.
type trouble struct {
	Trouble
	unix    []syscall.Errno
	windows []syscall.Errno // winerror.h, winsock2.h
}

// troubles are searched from the first to the last.
var troubles = []trouble{
	{Trouble{
		Text{"正被别的程序打开着", "is held open by another program"},
		Text{"关掉打开它的程序（WPS、Word、浏览器、看图软件、停在那个文件夹里的窗口），再运行一次。", "Close what has it open (WPS, Word, a browser, a viewer, a window in that folder) and run again."},
	}, []syscall.Errno{syscall.EBUSY, syscall.ETXTBSY}, []syscall.Errno{32, 33, 170, 303, 1224}},
	{Trouble{
		Text{"写不下了：磁盘已满", "does not fit: the disk is full"},
		Text{"腾出一些空间（清空回收站、移走大文件），再运行一次。", "Make room (empty the bin, move large files away) and run again."},
	}, []syscall.Errno{syscall.ENOSPC}, []syscall.Errno{39, 112}},
	{Trouble{
		Text{"写不下了：超过了给您的磁盘配额", "does not fit: your share of the disk is used up"},
		Text{"删去一些文件，或请管理员加大配额，再运行一次。", "Remove some files or ask the administrator for more, then run again."},
	}, []syscall.Errno{syscall.EDQUOT}, []syscall.Errno{1295}},
	{Trouble{
		Text{"在只读的磁盘上", "lies on a disk that is read-only"},
		Text{"拨开 U 盘或存储卡的写保护，或者把网站搬到能写的磁盘上，再运行一次。", "Release the write protection, or move the site to a disk that can be written, and run again."},
	}, []syscall.Errno{syscall.EROFS}, []syscall.Errno{19, 6009}},
	{Trouble{
		Text{"被锁定了，不许改动", "is locked against changes"},
		Text{"解除锁定（Mac：“显示简介”里去掉“已锁定”；Linux：chattr -i），或请管理员来改，再运行一次。", "Unlock it (Mac: Get Info, Locked; Linux: chattr -i) or ask the administrator, then run again."},
	}, []syscall.Errno{syscall.EPERM}, nil},
	{denied, []syscall.Errno{syscall.EACCES}, []syscall.Errno{5, 1314, 10013}},
	{Trouble{
		Text{"的名字或路径太长", "has a name or a path that is too long"},
		Text{"把网站搬到浅一些的文件夹（如 D:\\site），或把名称改短，再运行一次。", "Move the site to a folder less deep (such as D:\\site) or shorten the name, then run again."},
	}, []syscall.Errno{syscall.ENAMETOOLONG}, []syscall.Errno{111, 206}},
	{Trouble{
		Text{"的名字这块磁盘不接受", "has a name that this disk does not take"},
		Text{"改掉名字里的特殊符号，或把网站搬到别的磁盘上，再运行一次。", "Change unusual characters in the name or move the site to another disk, then run again."},
	}, []syscall.Errno{syscall.EINVAL, syscall.EILSEQ}, []syscall.Errno{123, 161}},
	{Trouble{
		Text{"的路径上有一处是文件，不是文件夹", "lies below something that is a file and no folder"},
		Text{"把那个文件移走或改名，再运行一次。", "Move that file away or rename it, then run again."},
	}, []syscall.Errno{syscall.ENOTDIR}, []syscall.Errno{267}},
	{Trouble{
		Text{"是文件夹，不是文件", "is a folder and no file"},
		Text{"把那个文件夹移走或改名，再运行一次。", "Move that folder away or rename it, then run again."},
	}, []syscall.Errno{syscall.EISDIR}, nil},
	{Trouble{
		Text{"在另一块磁盘上，文件换不过去", "lies on another disk, to which files cannot be moved"},
		Text{"输出文件夹里不要再接别的磁盘或网盘；或用 -o 换一个文件夹。", "Let no other disk be mounted inside the output folder, or choose another folder with -o."},
	}, []syscall.Errno{syscall.EXDEV}, []syscall.Errno{17}},
	{Trouble{
		Text{"所在的磁盘不在了", "lies on a disk that is gone"},
		Text{"把 U 盘或移动硬盘插好，再运行一次。", "Plug the disk in again and run again."},
	}, []syscall.Errno{syscall.ENODEV, syscall.ENXIO}, []syscall.Errno{15, 20, 21, 433, 1006, 1167}},
	{Trouble{
		Text{"所在的网络磁盘断开了", "lies on a network disk that cannot be reached"},
		Text{"看看网络和共享文件夹，或把网站搬到自己电脑上，再运行一次。", "See to the network and the share, or move the site to this computer, and run again."},
	}, []syscall.Errno{syscall.ESTALE, syscall.ENOTCONN, syscall.ETIMEDOUT, syscall.EHOSTDOWN, syscall.EHOSTUNREACH, syscall.ENETUNREACH, syscall.ENETDOWN},
		[]syscall.Errno{51, 53, 54, 55, 58, 59, 64, 67, 121, 1231, 1232, 1236}},
	{Trouble{
		Text{"读写出错，磁盘可能坏了", "cannot be read or written: the disk may be failing"},
		Text{"先把网站备份到别的磁盘上，再检查这块磁盘。", "Copy the site to another disk first, then have this one checked."},
	}, []syscall.Errno{syscall.EIO}, []syscall.Errno{23, 25, 27, 29, 30, 483, 1117, 1392, 1393}},
	{Trouble{
		Text{"打不开：这台电脑同时打开的文件太多", "cannot be opened: too many files are open on this computer"},
		Text{"关掉一些程序，再运行一次（Linux、Mac 还可以先 ulimit -n 4096）。", "Close some programs and run again (on Linux and Mac, ulimit -n 4096 before helps too)."},
	}, []syscall.Errno{syscall.EMFILE, syscall.ENFILE}, []syscall.Errno{4, 56}},
	{Trouble{
		Text{"办不成：内存不够", "cannot be done: there is not enough memory"},
		Text{"关掉一些程序，再运行一次。", "Close some programs and run again."},
	}, []syscall.Errno{syscall.ENOMEM}, []syscall.Errno{8, 14, 1450, 1455}},
	{Trouble{
		Text{"太大，这块磁盘放不下这样大的文件", "is larger than this disk lets a file be"},
		Text{"换一块磁盘（FAT32 的 U 盘最大 4 GB），或把文件改小。", "Use another disk (FAT32 takes 4 GB at most) or make the file smaller."},
	}, []syscall.Errno{syscall.EFBIG}, []syscall.Errno{223}},
	{Trouble{
		Text{"是绕成圈的链接", "is a link that leads in a circle"},
		Text{"删去这个链接，再运行一次。", "Remove the link and run again."},
	}, []syscall.Errno{syscall.ELOOP}, []syscall.Errno{681, 1921}},
	{Trouble{
		Text{"已被别的程序占用", "is in use by another program"},
		Text{"关掉另一个程序，或用 --addr 换一个端口。", "End the other program, or choose another port with --addr."},
	}, []syscall.Errno{syscall.EADDRINUSE}, []syscall.Errno{10048}},
	{Trouble{
		Text{"不是这台电脑的地址", "is no address of this computer"},
		Text{"换一个地址，例如 --addr 127.0.0.1:8080。", "Choose another address, such as --addr 127.0.0.1:8080."},
	}, []syscall.Errno{syscall.EADDRNOTAVAIL}, []syscall.Errno{10049}},
}

// What package os tells on every system.
var (
	denied = Trouble{
		Text{"没有权限：它或它所在的文件夹是只读的、属于别的用户，或正被别的程序打开着", "may not be used: it or its folder is read-only, belongs to somebody else, or is open in another program"},
		Text{"看它的“属性”，去掉“只读”；关掉打开它的程序；或请管理员给您权限，再运行一次。", "See its properties and clear “read-only”; close what has it open; or ask for the permission, then run again."},
	}
	gone = Trouble{
		Text{"不见了", "is gone"},
		Text{"看看它是不是被移走、改名，或磁盘被拔掉了，再运行一次。", "See whether it was moved or renamed or its disk unplugged, then run again."},
	}
	exists = Trouble{
		Text{"那里已经有东西，或里面还有东西", "is there already, or holds something"},
		Text{"把它移走或改名，再运行一次。", "Move it away or rename it, then run again."},
	}
)

// TroubleOf says what err, of a file or a connection, means. Of what it does not know, it
// gives the system's own words after ours.
func TroubleOf(err error) Trouble { return troubleOf(err, runtime.GOOS == "windows") }

func troubleOf(err error, windows bool) Trouble {
	var no syscall.Errno
	if errors.As(err, &no) {
		for _, t := range troubles {
			if windows && slices.Contains(t.windows, no) {
				return t.Trouble
			}
		}
		for _, t := range troubles {
			if slices.Contains(t.unix, no) {
				return t.Trouble
			}
		}
	}
	switch {
	case errors.Is(err, fs.ErrNotExist) || windows && (no == 2 || no == 3):
		return gone
	case errors.Is(err, fs.ErrExist) || windows && (no == 80 || no == 145 || no == 183):
		return exists
	case errors.Is(err, fs.ErrPermission):
		return denied
	}
	for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(inner) {
		err = inner // without the names, which are told anyway
	}
	return Trouble{
		Text{fmt.Sprintf("办不成（系统的原话：%v）", err), fmt.Sprintf("cannot be done (%v)", err)},
		Text{"看看它所在的磁盘和文件夹，再运行一次。", "See to its disk and folder, then run again."},
	}
}

// PathOf is the file that err names: of two, the second, which is where something was to
// go; "" if it names none.
func PathOf(err error) string {
	var one *fs.PathError
	var two *os.LinkError
	switch {
	case errors.As(err, &two):
		return two.New
	case errors.As(err, &one):
		return one.Path
	}
	return ""
}
