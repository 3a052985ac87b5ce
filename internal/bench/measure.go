package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"io/fs"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"time"
)

// figures are what one run cost and made, or ratios of such.
type figures struct {
	user, system, wall float64 // seconds
	memory             float64 // bytes: the largest resident set
	files, bytes       float64 // of the output folder after the run
}

// measure runs a program and looks at what lies in out then. The largest resident
// set is the kernel's figure for the child, which counts from this process's own
// size at the fork: what is measured must be larger than this program, and is.
func measure(ctx context.Context, out, program string, args ...string) (figures, error) {
	cmd := exec.CommandContext(ctx, program, args...)
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	start := time.Now()
	err := cmd.Run()
	wall := time.Since(start)
	if err != nil {
		return figures{}, fmt.Errorf("%s: %w\n%s", program, err, said.Bytes())
	}
	f := figures{
		user: cmd.ProcessState.UserTime().Seconds(), system: cmd.ProcessState.SystemTime().Seconds(),
		wall: wall.Seconds(), memory: peak(cmd.ProcessState),
	}
	err = filepath.WalkDir(out, func(_ string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		f.files++
		f.bytes += float64(info.Size())
		return nil
	})
	return f, err
}

// each applies an operation to every figure.
func each(op func(get func(figures) float64) float64) figures {
	return figures{
		user:   op(func(f figures) float64 { return f.user }),
		system: op(func(f figures) float64 { return f.system }),
		wall:   op(func(f figures) float64 { return f.wall }),
		memory: op(func(f figures) float64 { return f.memory }),
		files:  op(func(f figures) float64 { return f.files }),
		bytes:  op(func(f figures) float64 { return f.bytes }),
	}
}

// median takes the median of each figure by itself.
func median(list []figures) figures {
	return each(func(get func(figures) float64) float64 {
		sorted := slices.SortedFunc(slices.Values(list), func(a, b figures) int { return cmp.Compare(get(a), get(b)) })
		n := len(sorted)
		return (get(sorted[(n-1)/2]) + get(sorted[n/2])) / 2
	})
}

// over divides figure by figure.
func (f figures) over(g figures) figures {
	return each(func(get func(figures) float64) float64 {
		if get(g) == 0 {
			return 0
		}
		return get(f) / get(g)
	})
}

// row is a line of the table.
type row struct {
	what  string
	ratio bool
	figures
}

// print writes a table in Markdown.
func print(w io.Writer, title string, rows []row) {
	fmt.Fprintf(w, "%s:\n\n| | user CPU, s | system CPU, s | wall, s | peak memory, MB | files | MB written |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n", title)
	for _, r := range rows {
		number := func(v, unit float64, digits int) string {
			if r.ratio {
				return strconv.FormatFloat(v, 'f', 3, 64)
			}
			return strconv.FormatFloat(v/unit, 'f', digits, 64)
		}
		fmt.Fprintf(w, "| %s | %s | %s | %s | %s | %s | %s |\n", r.what, number(r.user, 1, 2), number(r.system, 1, 2), number(r.wall, 1, 2),
			number(r.memory, 1e6, 0), number(r.files, 1, 0), number(r.bytes, 1e6, 1))
	}
	fmt.Fprintln(w)
}
