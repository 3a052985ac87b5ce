package testrun

import (
	"fmt"
	"math/rand/v2"
	"net"
	"testing"
)

// Port is a port of this machine that nobody listens at, for a server that cannot choose one by
// itself. It is none of those that systems hand out: of these, another test may be given the
// same one before the server has it.
func Port(t testing.TB) string {
	t.Helper()
	for range 100 {
		port := fmt.Sprint(20_000 + rand.IntN(10_000))
		l, err := net.Listen("tcp", "127.0.0.1:"+port)
		if err != nil {
			continue
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		return port
	}
	t.Fatal("no port is free")
	return ""
}
