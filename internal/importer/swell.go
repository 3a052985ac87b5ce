package importer

import (
	"archive/zip"
	"errors"
	"io"

	"mingdeng/internal/importer/report"
)

// Packages (docx, xlsx) that become very much larger when they are unpacked are made to
// fill a machine's memory: a few kilobytes of the same element over and over. Written
// documents come to some twenty times their size; the bound is that of Apache POI
// (ZipSecureFile, a ratio of 0.01), and small packages may hold a megabyte in any case.
const (
	mostSwell  = 100
	leastSwell = 1 << 20
)

// swells refuses a package that unpacks to too much. What is no package is left to its
// reader.
func swells(r io.ReaderAt, size int64) error {
	z, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil
	}
	limit := uint64(max(leastSwell, mostSwell*size))
	var all uint64
	for _, f := range z.File {
		if all += f.UncompressedSize64; all > limit || f.UncompressedSize64 > limit {
			return report.Errorf("这个文件展开以后大得反常（超过 %d 倍），可能是有意做成这样的，所以不打开。如果来路可靠，用 WPS 打开，另存一份再试",
				"this file unpacks to more than %d times its size; it may be made to do harm and is not opened. If you trust where it comes from, open it in WPS or Word and save it again", mostSwell)
		}
	}
	return nil
}
