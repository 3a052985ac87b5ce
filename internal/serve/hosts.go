package serve

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// hosts are the names under which this server may be asked.
type hosts struct {
	names []string // host:port, in lower case
}

func allowed(port int, lan bool) hosts {
	var h hosts
	add := func(name string) {
		h.names = append(h.names, net.JoinHostPort(name, strconv.Itoa(port)))
		if port == 80 {
			h.names = append(h.names, name)
		}
	}
	for _, name := range []string{"127.0.0.1", "localhost", "::1"} {
		add(name)
	}
	if lan {
		for _, ip := range localIPs() {
			add(ip.String())
		}
	}
	return h
}

// ours tells whether a request was made to this machine by its own name or number. A
// page elsewhere can let a name of its own lead to 127.0.0.1, but then that name is
// what the browser sends.
func (h hosts) ours(r *http.Request) bool {
	return slices.Contains(h.names, strings.ToLower(r.Host))
}

// own tells whether a request comes from a page of this server, or from a person who
// typed the address.
func (h hosts) own(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") { // Fetch Metadata, W3C
	case "", "same-origin", "none":
	default:
		return false
	}
	origin := r.Header.Get("Origin")
	if origin == "" {
		return true
	}
	u, err := url.Parse(origin)
	return err == nil && slices.Contains(h.names, strings.ToLower(u.Host))
}

// near tells whether a request comes from this machine.
func near(r *http.Request) bool {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	return err == nil && at.Addr().Unmap().IsLoopback()
}

// localIPs are this machine's addresses on local networks, IPv4 first: phones find
// those more surely.
func localIPs() []netip.Addr {
	var out []netip.Addr
	list, _ := net.InterfaceAddrs()
	for _, a := range list {
		n, ok := a.(*net.IPNet)
		if !ok {
			continue
		}
		ip, ok := netip.AddrFromSlice(n.IP)
		if ip = ip.Unmap(); ok && ip.IsPrivate() {
			out = append(out, ip)
		}
	}
	slices.SortStableFunc(out, func(a, b netip.Addr) int { return a.BitLen() - b.BitLen() })
	return out
}
