package artwork

import (
	"encoding/binary"
	"math"
)

// intent is what the catalogue says of the press that process colours are meant for: coated
// paper after ISO 12647-2, by its name in the registry of the ICC. Nothing is embedded: all
// but photographs is in the press's own inks, and a print shop has the profile.
// (ISO 32000-1, 14.11.5.)
func (d *pdf) intent() string {
	if !d.process && d.profile == 0 {
		return ""
	}
	return " /OutputIntents [<< /Type /OutputIntent /S /GTS_PDFX /OutputConditionIdentifier (FOGRA39)" +
		" /OutputCondition (Offset, coated paper, ISO 12647-2) /RegistryName (http://www.color.org) /Info (Coated FOGRA39 \\(ISO 12647-2:2004\\)) >>]"
}

// srgb adds the profile that says which red, green and blue photographs are in, once.
func (d *pdf) srgb() int {
	if d.profile == 0 {
		d.profile = d.stream("/N 3 /Alternate /DeviceRGB", srgbProfile())
	}
	return d.profile
}

// srgbProfile is an ICC profile (ICC.1:2001-04, version 2) of sRGB (IEC 61966-2-1), written
// from the numbers of the standard, so that it is nobody's but ours: three colorants, adapted
// to D50, and one curve.
func srgbProfile() []byte {
	xyz := func(x, y, z float64) []byte {
		b := []byte("XYZ \x00\x00\x00\x00")
		for _, v := range [3]float64{x, y, z} {
			b = binary.BigEndian.AppendUint32(b, uint32(int32(math.Round(v*65536))))
		}
		return b
	}
	const steps = 1024
	curve := binary.BigEndian.AppendUint32([]byte("curv\x00\x00\x00\x00"), steps)
	for i := range steps {
		v := float64(i) / (steps - 1)
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow(float64(v+0.055)/1.055, 2.4)
		}
		curve = binary.BigEndian.AppendUint16(curve, uint16(math.Round(v*65535)))
	}
	const name = "sRGB IEC61966-2.1\x00"
	desc := binary.BigEndian.AppendUint32([]byte("desc\x00\x00\x00\x00"), uint32(len(name)))
	desc = append(append(desc, name...), make([]byte, 4+4+2+1+67)...) // no Unicode, no Macintosh
	type tag struct {
		name string
		data []byte
	}
	tags := []tag{
		{"desc", desc},
		{"cprt", []byte("text\x00\x00\x00\x00No rights reserved\x00")},
		{"wtpt", xyz(0.96420, 1, 0.82491)},
		{"rXYZ", xyz(0.43607, 0.22249, 0.01392)},
		{"gXYZ", xyz(0.38515, 0.71687, 0.09708)},
		{"bXYZ", xyz(0.14307, 0.06061, 0.71410)},
		{"rTRC", curve}, {"gTRC", nil}, {"bTRC", nil}, // one curve for the three
	}
	head := make([]byte, 128)
	copy(head[8:], "\x02\x10\x00\x00mntrRGB XYZ \x07\xd1\x00\x04\x00\x01") // version 2.1; the date of ICC.1:2001-04
	copy(head[36:], "acsp")
	copy(head[68:], xyz(0.96420, 1, 0.82491)[8:])
	table := binary.BigEndian.AppendUint32(nil, uint32(len(tags)))
	var body []byte
	at, size := 0, 0
	for _, t := range tags {
		if t.data != nil {
			at, size = 128+4+12*len(tags)+len(body), len(t.data)
			body = append(body, t.data...)
			for len(body)%4 > 0 {
				body = append(body, 0)
			}
		}
		table = append(table, t.name...)
		table = binary.BigEndian.AppendUint32(table, uint32(at))
		table = binary.BigEndian.AppendUint32(table, uint32(size))
	}
	out := append(append(head, table...), body...)
	binary.BigEndian.PutUint32(out, uint32(len(out)))
	return out
}
