package hostile

import (
	"archive/tar"
	"compress/gzip"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path"
	"strconv"
	"strings"
	"testing"

	"mingdeng/internal/testrun"
)

// corpus adds to a target what the fuzzer found worth keeping in runs of ten minutes of
// processor time and more, TARGET/NAME in testdata/corpus.tar.gz: all of it for the fuzzer
// and for MINGDENG_LONG=1, else some twenty.
func corpus(f *testing.F) {
	packed, err := os.Open("testdata/corpus.tar.gz")
	if err != nil {
		f.Fatal(err)
	}
	defer packed.Close()
	z, err := gzip.NewReader(packed)
	if err != nil {
		f.Fatal(err)
	}
	var share [][]any
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			f.Fatal(err)
		}
		if path.Dir(h.Name) != f.Name() {
			continue
		}
		args, err := arguments(r)
		if err != nil {
			f.Fatalf("%s: %v", h.Name, err)
		}
		share = append(share, args)
	}
	if len(share) == 0 {
		f.Fatal("the corpus has nothing for this target")
	}
	step := len(share)/20 + 1
	if testrun.Long() || flag.Lookup("test.fuzz").Value.String() != "" {
		step = 1
	}
	for i := 0; i < len(share); i += step {
		f.Add(share[i]...)
	}
}

// arguments reads an entry as "go test" keeps it: a line that names the format, and one
// for each argument.
func arguments(r io.Reader) (args []any, err error) {
	b, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	lines := strings.Split(strings.TrimSuffix(string(b), "\n"), "\n")
	if lines[0] != "go test fuzz v1" {
		return nil, fmt.Errorf("an entry of another kind: %q", lines[0])
	}
	for _, line := range lines[1:] {
		kind, value, _ := strings.Cut(strings.TrimSuffix(line, ")"), "(")
		text, err := strconv.Unquote(value)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", line, err)
		}
		switch kind {
		case "byte", "uint8":
			args = append(args, uint8([]rune(text)[0]))
		case "[]byte":
			args = append(args, []byte(text))
		case "string":
			args = append(args, text)
		default:
			return nil, fmt.Errorf("an argument of another kind: %s", line)
		}
	}
	return args, nil
}
