package attachment

import (
	"encoding/binary"
	"math"
)

// wave copies a WAV file (RIFF, and RF64 of EBU Tech 3306): its format and its sound. LIST,
// bext, iXML, id3, _PMX and all other chunks go.
func (c *Copy) wave(f file) error {
	const long = math.MaxUint32
	var format, fact, ds64 []byte
	var data span
	var rate uint32
	for at := int64(12); f.size-at >= 8; {
		h, err := f.upTo(at, 8)
		if err != nil {
			return err
		}
		size := int64(binary.LittleEndian.Uint32(h[4:]))
		if string(h[:4]) == "data" {
			if size == long && len(ds64) >= 24 {
				size = int64(binary.LittleEndian.Uint64(ds64[16:]) & math.MaxInt64)
			}
			if size == long || size == 0 || size > f.size-at-8 {
				size = f.size - at - 8 // a recorder that was never stopped
			}
			data = span{at + 8, at + 8 + size}
			break
		}
		if size > f.size-at-8 {
			break
		}
		var b []byte
		if name := string(h[:4]); name == "fmt " || name == "fact" || name == "ds64" {
			if size > 1<<10 {
				return broken("chunk %q of %d bytes", name, size)
			}
			if b, err = f.upTo(at+8, int(size)); err != nil {
				return err
			}
			switch name {
			case "fmt ":
				format = b
			case "fact":
				fact = b
			default:
				ds64 = b
			}
		}
		at += 8 + size + size&1
	}
	if len(format) < 16 || data.to <= data.from {
		return broken("no sound")
	}
	n := data.to - data.from
	rate = binary.LittleEndian.Uint32(format[8:])
	size := 4 + 8 + int64(len(format)+len(format)&1) + 8 + n + n&1
	if len(fact) >= 4 {
		size += 12
	}
	if size > math.MaxUint32 {
		return &Error{Reason: TooLarge}
	}
	le := binary.LittleEndian
	head := append(le.AppendUint32([]byte("RIFF"), uint32(size)), "WAVEfmt "...)
	head = append(le.AppendUint32(head, uint32(len(format))), format...)
	if len(format)&1 != 0 {
		head = append(head, 0)
	}
	if len(fact) >= 4 {
		head = append(append(head, "fact\x04\x00\x00\x00"...), fact[:4]...)
	}
	c.put(le.AppendUint32(append(head, "data"...), uint32(n)))
	c.keep(data.from, n)
	c.zero(n & 1)
	c.Kind, c.Sound, c.Duration = WAV, true, seconds(uint64(n), uint64(rate))
	return nil
}
