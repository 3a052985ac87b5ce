package qr

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strings"

	"golang.org/x/net/idna"
)

// Address returns what a symbol holds: the page of a code on the site whose plaques
// lead to base, such as "https://HOST/Q/7K3X/".
//
// The scheme is in lower case, since several phones show HTTPS:// as text instead
// of opening it. The host is in capitals, like Q and the code: the symbol then packs
// two characters into 11 bits (ISO/IEC 18004:2015 §7.4.4) and needs a smaller
// version. A host in Chinese is written in Punycode (RFC 5891), and the scheme's own
// port is left out.
//
// A path of base is kept as it is written, since web servers tell capitals from
// small letters in paths, and a code must lead to a page. A site below a path gets a
// smaller symbol when the folder's own name is in capitals.
//
// A base that is no http or https address, or has a user, a query or a fragment, is
// an error, as is a code with anything but digits and capitals.
func Address(base, code string) (string, error) {
	u, err := url.Parse(strings.TrimSpace(base))
	if err != nil {
		return "", fmt.Errorf("plaque address %q: %w", base, err)
	}
	fail := func(why string) (string, error) { return "", fmt.Errorf("plaque address %q: %s", base, why) }
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return fail("the scheme is not http or https")
	case u.User != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" || strings.Contains(base, "#"):
		return fail("it has more than scheme, host and path")
	case code == "" || strings.Trim(code, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "":
		return fail(fmt.Sprintf("%q is not a code", code))
	}
	host, err := asciiHost(u.Hostname())
	if err != nil {
		return fail(err.Error())
	}
	if p := u.Port(); p != "" && !(u.Scheme == "http" && p == "80" || u.Scheme == "https" && p == "443") {
		host += ":" + p
	}
	path := strings.TrimRight(u.EscapedPath(), "/")
	for part := range strings.SplitSeq(path, "/") {
		if part == "." || part == ".." {
			return fail("the path leads up")
		}
	}
	return u.Scheme + "://" + host + path + "/Q/" + code + "/", nil
}

// asciiHost returns the host in capitals, as DNS knows it. DNS takes either case
// (RFC 4343).
func asciiHost(host string) (string, error) {
	if host == "" {
		return "", errors.New("there is no host")
	}
	if ip, err := netip.ParseAddr(host); err == nil {
		if ip.Zone() != "" {
			return "", errors.New("a zone means nothing on another machine")
		}
		if ip.Is6() {
			return "[" + strings.ToUpper(ip.String()) + "]", nil
		}
		return ip.String(), nil
	}
	ascii, err := idna.Lookup.ToASCII(host)
	if err != nil {
		return "", fmt.Errorf("the host cannot be: %w", err)
	}
	// What cannot be looked up in its own written form is no host either. Nor does
	// the profile refuse all that url.Parse lets through, such as quotes.
	if again, err := idna.Lookup.ToASCII(ascii); err != nil || again != ascii {
		return "", errors.New("the host cannot be written in letters and digits")
	}
	if ascii == "" || strings.Trim(ascii, "0123456789abcdefghijklmnopqrstuvwxyz-.") != "" || strings.HasPrefix(ascii, ".") || strings.Contains(ascii, "..") {
		return "", errors.New("the host has characters that no host has")
	}
	return strings.ToUpper(ascii), nil
}

// Room returns the version of the symbols that codes of the given length have on
// the site base, and how many characters its host (or a path in capitals) may grow
// before the next version: a version more makes the same plaque's modules some 10 %
// smaller. It is found by trying. The errors are those of [Address] and [Encode].
func Room(base string, length int) (version, left int, err error) {
	// Letters, since the digits of a code may pack smaller by luck.
	address, err := Address(base, strings.Repeat("X", length))
	if err != nil {
		return 0, 0, err
	}
	if version, err = versionOf(address); err != nil {
		return 0, 0, err
	}
	scheme, rest, _ := strings.Cut(address, "://")
	for {
		rest = "A" + rest
		if v, err := versionOf(scheme + "://" + rest); err != nil || v != version {
			return version, left, nil
		}
		left++
	}
}
