package kit

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"mingdeng/internal/fingerprint"
	"mingdeng/internal/plaque/design"
)

// Facts are what lists tell of a finished plaque: they cost as much to find out as all its
// files, and little to keep.
type Facts struct {
	W, H   float64 // mm, of the panel
	Code   float64 // mm, side of the symbol without its quiet zone
	Module float64 // mm
	Rise   float64 // mm, of the code's centre above the lower edge
	// Sums are the SHA-256 digests, in hex, of the files that are made from: see [Listed].
	Sums map[Format]string
}

// Listed are the files of a plaque whose digests lists give: all but the one that is to
// look at.
func Listed(p *Plaque) []Format {
	return slices.DeleteFunc(slices.Clone(p.Files()), func(f Format) bool { return f == PNG })
}

// Print stands for all that the files of a plaque depend on.
func Print(p Plaque, d *design.Design) fingerprint.Fingerprint {
	return fingerprint.Of(&struct {
		Version string
		Plaque  Plaque
		Design  design.Design
	}{Version, p, *d})
}

// NewFacts draws a plaque to tell of it. The error is that of [Draw].
func NewFacts(p Plaque, d *design.Design) (Facts, error) {
	x, err := Draw(p, d)
	if err != nil {
		return Facts{}, err
	}
	f := x.Facts()
	for _, format := range Listed(&p) {
		b, err := x.Bytes(format)
		if err != nil {
			return Facts{}, err
		}
		f.Sums[format] = SHA256(b)
	}
	return f, nil
}

// Facts are those of a plaque that is drawn, without digests.
func (x *Drawn) Facts() Facts {
	l := x.Layout
	return Facts{
		W: round(l.W), H: round(l.H), Code: round(l.CodeBox.W), Module: round(l.Module),
		Rise: round(l.H - l.CodeBox.Y - l.CodeBox.H/2), Sums: map[Format]string{},
	}
}

// Whole tells whether all digests of a plaque are there.
func (f Facts) Whole(p *Plaque) bool {
	for _, format := range Listed(p) {
		if f.Sums[format] == "" {
			return false
		}
	}
	return true
}

// SHA256 is the digest of a file as manifests give it.
func SHA256(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
