package importer

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"mingdeng/internal/importer/report"
)

// expand is the files that an argument stands for: the file itself, all below a folder that
// are worth a try, or those that a pattern fits. The command line of Windows hands patterns
// on as they were typed.
func expand(name string) ([]string, error) {
	info, err := os.Stat(name)
	switch {
	case err == nil && info.IsDir():
		return inFolder(name)
	case err == nil || !strings.ContainsAny(filepath.Base(name), "*?["):
		return []string{name}, nil // what cannot be opened is told when it is
	}
	return fitting(name)
}

// inFolder is what lies in a folder and below, in order of path. What cannot be imported is
// among it if it looks like a text or a roll, so that it is told; pictures are not.
func inFolder(dir string) ([]string, error) {
	var out []string
	err := filepath.WalkDir(dir, func(p string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case p != dir && passing(e.Name()):
			if e.IsDir() {
				return fs.SkipDir
			}
		case e.IsDir() && p != dir && besidePage(p):
			return fs.SkipDir
		case e.Type().IsRegular() && worthTrying(p):
			out = append(out, p)
		}
		return nil
	})
	if err == nil && len(out) == 0 {
		err = report.Errorf("文件夹里没有能导入的文件（.docx、.xlsx、.csv、.txt、另存的 .html、.zip）", "the folder holds nothing that can be imported (.docx, .xlsx, .csv, .txt, saved .html, .zip)")
	}
	return out, err
}

// fitting is the files of one folder whose names fit a pattern, whatever the case.
func fitting(pattern string) ([]string, error) {
	dir, base := filepath.Split(pattern)
	list, err := os.ReadDir(filepath.Clean(dir + "."))
	if errors.Is(err, fs.ErrNotExist) {
		list, err = nil, nil // told below
	}
	if err != nil {
		return nil, err
	}
	var out []string
	for _, e := range list {
		// A pattern that is none fits nothing.
		if ok, _ := filepath.Match(strings.ToLower(base), strings.ToLower(e.Name())); ok && !e.IsDir() && !passing(e.Name()) {
			out = append(out, dir+e.Name())
		}
	}
	if len(out) == 0 {
		return nil, report.Errorf("没有文件合这个写法", "no file fits this pattern")
	}
	return out, nil
}

// passing tells files that office programs keep beside those that are open, and hidden ones.
func passing(name string) bool {
	return strings.HasPrefix(name, "~") || strings.HasPrefix(name, ".")
}

// besidePage tells the folder that a browser writes beside a saved page.
func besidePage(dir string) bool {
	for _, ending := range []string{"_files", ".files"} {
		if page, ok := strings.CutSuffix(dir, ending); ok {
			for _, ext := range []string{".html", ".htm", ".xhtml"} {
				if _, err := os.Stat(page + ext); err == nil {
					return true
				}
			}
		}
	}
	return false
}

func worthTrying(name string) bool {
	switch ext := strings.ToLower(filepath.Ext(name)); ext {
	case ".docx", ".docm", ".dotx", ".htm", ".html", ".xhtml", ".xlsx", ".xlsm", ".csv", ".tsv", ".txt", ".zip":
		return true
	case ".md":
		return false
	default:
		_, known := others[ext]
		return known
	}
}
