package attachment

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
)

// Files of Office before 2007 are small file systems (MS-CFB). They are cleaned in place:
// the property sets that name authors and programs (MS-OLEPS) become empty ones, the
// metadata of pictures is blanked, what was deleted and still stands in free sectors is
// zeroed, and so are the names that the formats themselves keep (MS-DOC SttbSavedBy and
// SttbfAssoc, MS-XLS WriteAccess).

const (
	freeSector = 0xffffffff
	lastSector = 0xfffffffe
)

// compoundFile is such a file while it is cleaned.
type compoundFile struct {
	b          []byte
	size, mini int // of sectors
	fat        []uint32
	miniFAT    []uint32
	small      [][]byte // the sectors of the stream that holds small streams
	cutoff     uint32
}

// stream is one stream of it: slices of the file.
type stream [][]byte

func (s stream) bytes(n int) []byte { return bytes.Join(s, nil)[:n] }

// put writes b over the stream.
func (s stream) put(b []byte) {
	for _, part := range s {
		b = b[copy(part, b):]
	}
}

// entry is a stream of n bytes: the last sector may hold more.
type entry struct {
	s stream
	n int
}

func (c *Copy) compound(f file) error {
	src, err := f.all()
	if err != nil {
		return err
	}
	x, err := openCompound(src)
	if err != nil {
		return err
	}
	streams := map[string]entry{} // of the document itself, not of those within it
	dir, err := x.chain(binary.LittleEndian.Uint32(src[48:]), x.fat)
	if err != nil {
		return err
	}
	entries := stream(dir).bytes(len(dir) * x.size)
	outer := outerEntries(entries)
	total := int64(0)
	c.Kind = OLE
	for i := 0; i+128 <= len(entries); i += 128 {
		e := entries[i : i+128]
		n := min(int(binary.LittleEndian.Uint16(e[64:])), 64)
		kind, start, size := e[66], binary.LittleEndian.Uint32(e[116:]), binary.LittleEndian.Uint32(e[120:])
		if n < 2 || kind != 2 && kind != 5 {
			continue
		}
		units := make([]uint16, n/2-1)
		for j := range units {
			units[j] = binary.LittleEndian.Uint16(e[2*j:])
		}
		name := string(utf16.Decode(units))
		if kind == 5 {
			if x.small, err = x.chain(start, x.fat); err != nil {
				return err
			}
			continue
		}
		if total += int64(size); total > int64(len(src)) { // no sector belongs to two
			return broken("streams of %d bytes in %d", total, len(src))
		}
		s, err := x.stream(start, size)
		if err != nil {
			return err
		}
		if i > 128*100_000 {
			return broken("more than 100,000 streams")
		}
		whole := s.bytes(int(size))
		if name == "EncryptedPackage" {
			return &Error{Reason: Encrypted}
		}
		switch {
		case name == "\x05SummaryInformation" || name == "\x05DocumentSummaryInformation":
			s.put(emptyProperties(whole))
			continue
		case name == "WordDocument" && outer[i/128]:
			c.Kind = DOC
		case name == "Workbook" || name == "Book":
			if outer[i/128] {
				c.Kind = XLS
			}
			if err := blankBIFF(whole); err != nil {
				return err
			}
			s.put(whole)
		case name == "PowerPoint Document" && outer[i/128]:
			c.Kind = PPT
		case name == "EncryptedSummary":
			return &Error{Reason: Encrypted}
		}
		if blankWithin(whole) {
			s.put(whole)
		}
		if outer[i/128] {
			streams[name] = entry{s, int(size)}
		}
	}
	if c.Kind == DOC {
		if err := blankNames(streams); err != nil {
			return err
		}
	}
	for i, next := range x.fat {
		if s := x.sector(uint32(i)); next == freeSector && s != nil {
			clear(s)
		}
	}
	c.put(src)
	return nil
}

// blankNames blanks the tables of a Word document that name its title, author and template
// (SttbfAssoc) and who saved it and where (SttbSavedBy).
func blankNames(streams map[string]entry) error {
	fib := streams["WordDocument"].s.bytes(streams["WordDocument"].n)
	if len(fib) < 0x2da {
		return broken("WordDocument")
	}
	flags := binary.LittleEndian.Uint16(fib[10:])
	if flags&0x100 != 0 {
		return &Error{Reason: Encrypted}
	}
	table := streams["0Table"]
	if flags&0x200 != 0 {
		table = streams["1Table"]
	}
	whole := table.s.bytes(table.n)
	for _, at := range []int{0x19a, 0x2d2} { // SttbfAssoc, SttbSavedBy
		from, n := binary.LittleEndian.Uint32(fib[at:]), binary.LittleEndian.Uint32(fib[at+4:])
		if uint64(from)+uint64(n) <= uint64(len(whole)) {
			blankStrings(whole[from : from+n])
		}
	}
	table.s.put(whole)
	return nil
}

// outerEntries are the numbers of the entries that stand in the root folder, which is a
// tree of them.
func outerEntries(entries []byte) map[int]bool {
	out := map[int]bool{}
	at := func(i, field int) int { return int(int32(binary.LittleEndian.Uint32(entries[128*i+field:]))) }
	if len(entries) < 128 {
		return out
	}
	for next := []int{at(0, 76)}; len(next) > 0; {
		i := next[len(next)-1]
		next = next[:len(next)-1]
		if i < 0 || 128*(i+1) > len(entries) || out[i] {
			continue
		}
		out[i] = true
		next = append(next, at(i, 68), at(i, 72))
	}
	return out
}

func openCompound(b []byte) (*compoundFile, error) {
	if len(b) < 512 {
		return nil, broken("no header")
	}
	le := binary.LittleEndian
	shift, mini := le.Uint16(b[30:]), le.Uint16(b[32:])
	if shift != 9 && shift != 12 || mini != 6 {
		return nil, broken("sectors of 1<<%d", shift)
	}
	x := &compoundFile{b: b, size: 1 << shift, mini: 1 << mini, cutoff: le.Uint32(b[56:])}
	var list []uint32 // sectors of the FAT
	for i := range 109 {
		list = append(list, le.Uint32(b[76+4*i:]))
	}
	for at, n := le.Uint32(b[68:]), 0; at < lastSector-3; n++ {
		s := x.sector(at)
		if s == nil || n > len(b)/x.size {
			return nil, broken("the table of tables")
		}
		for i := 0; i+8 <= len(s); i += 4 {
			list = append(list, le.Uint32(s[i:]))
		}
		at = le.Uint32(s[len(s)-4:])
	}
	for _, at := range list {
		if at >= lastSector-3 {
			continue
		}
		s := x.sector(at)
		if s == nil || len(x.fat) > len(b)/4+x.size {
			return nil, broken("the table of sectors")
		}
		for i := 0; i < len(s); i += 4 {
			x.fat = append(x.fat, le.Uint32(s[i:]))
		}
	}
	if le.Uint32(b[64:]) > 0 {
		parts, err := x.chain(le.Uint32(b[60:]), x.fat)
		if err != nil {
			return nil, err
		}
		for _, s := range parts {
			for i := 0; i < len(s); i += 4 {
				x.miniFAT = append(x.miniFAT, le.Uint32(s[i:]))
			}
		}
	}
	return x, nil
}

// sector returns a sector, or nil where the file has none of that number.
func (x *compoundFile) sector(n uint32) []byte {
	at := (int64(n) + 1) * int64(x.size)
	if at+int64(x.size) > int64(len(x.b)) {
		return nil
	}
	return x.b[at : at+int64(x.size)]
}

// chain is the sectors that follow from one.
func (x *compoundFile) chain(at uint32, fat []uint32) ([][]byte, error) {
	var out [][]byte
	for at < lastSector-3 {
		s := x.sector(at)
		if s == nil || int64(at) >= int64(len(fat)) || len(out) > len(fat) {
			return nil, broken("a chain of sectors leads to %d", at)
		}
		out = append(out, s)
		at = fat[at]
	}
	return out, nil
}

// stream is the parts of a stream.
func (x *compoundFile) stream(start, size uint32) (stream, error) {
	if size == 0 {
		return nil, nil
	}
	var out stream
	var err error
	if size >= x.cutoff {
		if out, err = x.chain(start, x.fat); err != nil {
			return nil, err
		}
		if int64(len(out))*int64(x.size) < int64(size) {
			return nil, broken("a stream is cut off")
		}
		return out, nil
	}
	per := uint32(x.size / x.mini)
	for at := start; at < lastSector-3; at = x.miniFAT[at] {
		if int64(at) >= int64(len(x.miniFAT)) || int64(at/per) >= int64(len(x.small)) || len(out) > len(x.miniFAT) {
			return nil, broken("a chain of small sectors leads to %d", at)
		}
		from := int(at%per) * x.mini
		out = append(out, x.small[at/per][from:from+x.mini])
	}
	if int64(len(out))*int64(x.mini) < int64(size) {
		return nil, broken("a stream is cut off")
	}
	return out, nil
}

// emptyProperties is a property set of the same kind and length that says nothing.
func emptyProperties(b []byte) []byte {
	out := make([]byte, len(b))
	set := append([]byte{0xfe, 0xff, 0, 0, 6, 2, 2, 0}, make([]byte, 16)...)
	set = append(set, 1, 0, 0, 0)
	if len(b) >= 44 {
		set = append(set, b[28:44]...) // which kind
	}
	set = append(set, 48, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0)
	copy(out, set)
	return out
}

// blankStrings blanks the strings of a table (MS-DOC 2.2.4), whose lengths stay.
func blankStrings(b []byte) {
	if len(b) < 6 || binary.LittleEndian.Uint16(b) != 0xffff {
		clear(b[min(len(b), 6):])
		return
	}
	extra := int(binary.LittleEndian.Uint16(b[4:]))
	for at := 6; at+2 <= len(b); {
		n := 2 * int(binary.LittleEndian.Uint16(b[at:]))
		for i := at + 2; i+2 <= min(at+2+n, len(b)); i += 2 {
			b[i], b[i+1] = ' ', 0
		}
		at += 2 + n + extra
	}
}

// blankBIFF blanks the name of whoever saved a workbook last, in place.
func blankBIFF(b []byte) error {
	for at := 0; at+4 <= len(b); {
		kind, n := binary.LittleEndian.Uint16(b[at:]), int(binary.LittleEndian.Uint16(b[at+2:]))
		if at+4+n > len(b) {
			return broken("a record is cut off")
		}
		switch kind {
		case 0x2f:
			return &Error{Reason: Encrypted}
		case 0x5c:
			body := b[at+4 : at+4+n]
			for i := range body {
				body[i] = ' '
			}
			clear(body[:min(3, n)])
		case 0x0a:
			return nil // the end of what concerns the whole workbook
		}
		at += 4 + n
	}
	return nil
}
