package held

import "golang.org/x/sys/unix"

// The owner may lock a file.
var ways = []func(string) (func(), error){func(path string) (func(), error) {
	if err := unix.Chflags(path, unix.UF_IMMUTABLE); err != nil {
		return nil, err
	}
	return func() { unix.Chflags(path, 0) }, nil
}}
