package proof

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"

	"mingdeng/internal/plaque/qr"
	"mingdeng/internal/rescue"
)

// Reader is a decoder.
type Reader interface {
	Name() string
	// Read returns the text read in each picture, "" where none was. Pictures come by
	// the hundred, since starting another program costs more than reading. An error
	// says that the decoder could not run at all.
	Read([]*image.Gray) ([]string, error)
}

// Readers returns the decoders at hand: gozxing, which is part of the program, and
// zbar where its zbarimg is on the PATH.
func Readers() []Reader {
	readers := []Reader{Gozxing{}}
	if path, err := exec.LookPath("zbarimg"); err == nil {
		readers = append(readers, Zbar{path})
	}
	return readers
}

// Gozxing is the decoder within the program.
type Gozxing struct{}

// Name returns "gozxing".
func (Gozxing) Name() string { return "gozxing" }

// Read reads the pictures on all processors. It never fails.
func (Gozxing) Read(pictures []*image.Gray) ([]string, error) {
	texts := make([]string, len(pictures))
	rescue.Each(len(pictures), func(i int) {
		if text, err := qr.Read(pictures[i]); err == nil {
			texts[i] = text
		}
	})
	return texts, nil
}

// Zbar is the command zbarimg of the zbar project, a decoder that shares nothing with
// the other one.
type Zbar struct{ Path string }

// Name returns "zbar".
func (Zbar) Name() string { return "zbar" }

// batch is how many pictures one zbarimg gets at most: its command line must stay below the
// 32,767 characters of Windows.
const batch = 200

// Read gives the pictures to zbarimg as files in a folder that is removed again: to as many
// at a time as there are processors, since each uses one.
func (z Zbar) Read(pictures []*image.Gray) ([]string, error) {
	dir, err := os.MkdirTemp("", "mingdeng-proof-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	texts := make([]string, len(pictures))
	var mu sync.Mutex
	var faults error
	cpus := runtime.GOMAXPROCS(0)
	share := max(1, min(batch, (len(pictures)+cpus-1)/cpus))
	rescue.Each((len(pictures)+share-1)/share, func(i int) {
		from, to := i*share, min((i+1)*share, len(pictures))
		if err := z.read(dir, pictures[from:to], from, texts[from:to]); err != nil {
			mu.Lock()
			faults = errors.Join(faults, err)
			mu.Unlock()
		}
	})
	return texts, faults
}

func (z Zbar) read(dir string, pictures []*image.Gray, first int, texts []string) error {
	args := []string{"-q", "--xml", "-Sdisable", "-Sqrcode.enable"}
	for i, g := range pictures {
		name := strconv.Itoa(first+i) + ".pgm"
		if err := os.WriteFile(filepath.Join(dir, name), pgm(g), 0o600); err != nil {
			return err
		}
		args = append(args, name)
	}
	cmd := exec.Command(z.Path, args...)
	cmd.Dir = dir
	var words bytes.Buffer
	cmd.Stderr = &words
	out, err := cmd.Output()
	// 4 is "no symbol in some picture" (zbarimg(1), EXIT STATUS).
	var exit *exec.ExitError
	if err != nil && !(errors.As(err, &exit) && exit.ExitCode() == 4) {
		return fmt.Errorf("%s: %w: %s", z.Path, err, strings.TrimSpace(words.String()))
	}
	var found struct {
		Sources []struct {
			Href string   `xml:"href,attr"`
			Data []string `xml:"index>symbol>data"`
		} `xml:"source"`
	}
	if err := xml.Unmarshal(out, &found); err != nil {
		return fmt.Errorf("%s: %w", z.Path, err)
	}
	for _, s := range found.Sources {
		n, err := strconv.Atoi(strings.TrimSuffix(filepath.Base(s.Href), ".pgm"))
		if err != nil || n < first || n >= first+len(texts) {
			return fmt.Errorf("%s names the file %q, which it was not given", z.Path, s.Href)
		}
		if len(s.Data) > 0 {
			texts[n-first] = s.Data[0]
		}
	}
	return nil
}

// pgm writes a picture as a portable greymap.
func pgm(g *image.Gray) []byte {
	b := fmt.Appendf(nil, "P5 %d %d 255\n", g.Rect.Dx(), g.Rect.Dy())
	for y := range g.Rect.Dy() {
		b = append(b, g.Pix[y*g.Stride:][:g.Rect.Dx()]...)
	}
	return b
}
