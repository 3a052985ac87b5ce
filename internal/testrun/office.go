package testrun

import (
	"os"
	"path/filepath"
	"strings"
)

// Office is LibreOffice as it is called to convert files (package importer/office), for a test's
// own binary that stands in its place.
type Office struct {
	To    string   // the ending that new files get
	Out   string   // the folder that they go to
	Files []string // that are to be converted
}

// CalledAsOffice reads the arguments of such a call.
func CalledAsOffice(args []string) Office {
	var o Office
	for i := 0; i < len(args); i++ {
		switch a := args[i]; {
		case a == "--convert-to" && i+1 < len(args):
			i++
			o.To = args[i]
		case a == "--outdir" && i+1 < len(args):
			i++
			o.Out = args[i]
		case !strings.HasPrefix(a, "-"):
			o.Files = append(o.Files, a)
		}
	}
	return o
}

// Convert writes for each file what is made of its bytes; where that is nil the file cannot be
// read, and nothing is written.
func (o Office) Convert(made func(file string, b []byte) []byte) error {
	for _, f := range o.Files {
		b, err := os.ReadFile(f)
		if err != nil {
			return err
		}
		b = made(f, b)
		if b == nil {
			continue
		}
		name := strings.TrimSuffix(filepath.Base(f), filepath.Ext(f)) + "." + o.To
		if err := os.WriteFile(filepath.Join(o.Out, name), b, 0o600); err != nil {
			return err
		}
	}
	return nil
}
