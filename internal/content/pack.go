package content

import (
	"errors"
	"reflect"

	"mingdeng/internal/fingerprint"
)

// A record that has been read is kept between builds as a few hundred bytes: its kind and
// what [fingerprint.Pack] makes of it. A record with free data (Params) is not packed.

// pack returns a record as bytes, or nil where it cannot be packed.
func pack(r Record) []byte {
	packed := fingerprint.Pack(r)
	if packed == nil {
		return nil
	}
	kind := r.Base().Kind
	b := make([]byte, 0, 1+len(kind)+len(packed))
	b = append(b, byte(len(kind)))
	b = append(b, kind...)
	return append(b, packed...)
}

var errPacked = errors.New("content: not a packed record")

// unpack returns the record that b was packed from. The record keeps b.
func unpack(b []byte) (Record, error) {
	if len(b) == 0 || len(b) < 1+int(b[0]) {
		return nil, errPacked
	}
	kind, rest := Kind(b[1:1+int(b[0])]), b[1+int(b[0]):]
	t := kind.Info().typ
	if t == nil {
		return nil, errPacked
	}
	r := reflect.New(t).Interface().(Record)
	if err := fingerprint.Unpack(rest, r); err != nil {
		return nil, err
	}
	return r, nil
}
