package scans

import "bytes"

// verdict is what a line turned out to be.
type verdict uint8

const (
	asked   verdict = iota // a request
	nothing                // an empty line or a directive
	odd                    // neither
)

// request is one line of a log. Its fields point into the line.
type request struct {
	method, target []byte
	agent          []byte
	purpose        []byte
	status         int
	day            int32 // in China, as 20261122
	told           bool  // the log has a field for the agent
	coded          bool  // the agent is written as in addresses: + or %20 for a space
}

// parser knows what the directives of a file have said.
type parser struct{ w3c w3c }

// parse reads one line.
func (p *parser) parse(line []byte, q *request) verdict {
	line = bytes.TrimLeft(line, " \t")
	if len(line) == 0 {
		return nothing
	}
	switch c := line[0]; {
	case c == '#':
		p.w3c.directive(line)
		return nothing
	case c == '{':
		return parseJSON(line, q)
	}
	if p.w3c.fields > 0 {
		if p.w3c.parse(line, q) {
			return asked
		}
		*q = request{}
	}
	if c := line[0]; c >= '0' && c <= '9' {
		if parseTencent(line, q) || parseCOS(line, q) {
			return asked
		}
		*q = request{}
	}
	if parseQuoted(line, q) {
		return asked
	}
	return odd
}

// word cuts the next field off: what stands in quotes without them, or up to a blank.
// An inner quote is written \" by Apache and \x22 by nginx.
func word(line []byte) (field, rest []byte, quoted bool) {
	i := 0
	for i < len(line) && (line[i] == ' ' || line[i] == '\t') {
		i++
	}
	line = line[i:]
	if len(line) > 0 && line[0] == '"' {
		for j := 1; j < len(line); j++ {
			k := bytes.IndexByte(line[j:], '"')
			if k < 0 {
				break
			}
			j += k
			back := 0
			for line[j-1-back] == '\\' {
				back++
			}
			if back%2 == 0 {
				return line[1:j], line[j+1:], true
			}
		}
		return line[1:], nil, true // cut short
	}
	for j, c := range line {
		if c == ' ' || c == '\t' {
			return line[:j], line[j:], false
		}
	}
	return line, nil, false
}

// parseQuoted reads what has its time in brackets and its request in quotes: the common
// and the combined format and all that is made after them.
//
//	203.0.113.9 - - [22/Nov/2026:10:00:00 +0800] "GET /Q/7K3X/ HTTP/1.1" 200 5120 "REFERER" "AGENT"
//
// Fields before the time and behind the agent may be any. Where the referer stands before
// the request (delivery networks), the agent is the first quoted field behind it, else the
// second. Huawei's network quotes protocol, method, host and path each by itself.
func parseQuoted(line []byte, q *request) bool {
	var (
		rest           = line
		before, behind int    // quoted fields between time and request, and behind it
		lone           []byte // the only quoted field behind the request
		parts          bool   // the request comes in parts
	)
	for len(rest) > 0 {
		for len(rest) > 0 && (rest[0] == ' ' || rest[0] == '\t') {
			rest = rest[1:]
		}
		if len(rest) == 0 {
			break
		}
		if rest[0] == '[' && q.day == 0 {
			if end := bytes.IndexByte(rest, ']'); end > 0 && end < 48 {
				if day, ok := parseTime(rest[1:end]); ok {
					q.day, rest = day, rest[end+1:]
					continue
				}
			}
		}
		var field []byte
		var quoted bool
		field, rest, quoted = word(rest)
		switch {
		case quoted && q.target == nil:
			switch {
			case splitRequest(field, q):
			case q.day == 0: // a field before the time
			case bytes.HasPrefix(field, []byte("HTTP/")):
				parts, before = true, before+1
			case parts && q.method == nil && isMethod(field):
				q.method = field
			case parts && q.method != nil && len(field) > 0 && field[0] == '/':
				q.target = field
			default:
				before++
			}
		case quoted:
			switch behind++; {
			case q.purpose == nil && isPurpose(field):
				q.purpose = field
			case before > 0 && behind == 1 || before == 0 && behind == 2:
				q.agent, q.told = field, true
			case behind == 1:
				lone = field
			}
		case q.status == 0 && q.day != 0 && (q.target != nil || before > 0):
			q.status = parseStatus(field)
		}
	}
	if q.day == 0 || q.status == 0 {
		return false
	}
	if q.target == nil { // what was sent was no request: the log says so in its own way
		return before > 0
	}
	if !q.told && lone != nil && !isReferer(lone) {
		q.agent, q.told = lone, true
	}
	return true
}

// splitRequest takes GET /Q/7K3X/ HTTP/1.1 apart.
func splitRequest(s []byte, q *request) bool {
	i := bytes.IndexByte(s, ' ')
	if i < 1 || i+1 >= len(s) || !isMethod(s[:i]) {
		return false
	}
	target := s[i+1:]
	if c := target[0]; c != '/' && c != '*' && c != '\\' && !bytes.Contains(target, []byte("://")) && !bytes.Contains(target, []byte(" HTTP/")) {
		return false
	}
	if j := bytes.IndexByte(target, ' '); j >= 0 {
		target = target[:j]
	}
	q.method, q.target = s[:i], target
	return true
}

func isMethod(s []byte) bool {
	if len(s) < 2 || len(s) > 20 {
		return false
	}
	for _, c := range s {
		if (c < 'A' || c > 'Z') && c != '-' && c != '_' {
			return false
		}
	}
	return true
}

// parseStatus reads three digits, or returns 0. A visitor who was gone before the answer
// is 000 to some; that is an answer too.
func parseStatus(s []byte) int {
	if len(s) != 3 {
		return 0
	}
	n := 0
	for _, c := range s {
		if c < '0' || c > '9' {
			return 0
		}
		n = n*10 + int(c-'0')
	}
	if n == 0 {
		return gone
	}
	return n
}

// gone is nginx's status of a visitor who did not wait.
const gone = 499

// isPurpose tells what a browser sends as Sec-Purpose or Purpose with what it fetches
// ahead of its reader.
func isPurpose(s []byte) bool {
	return bytes.HasPrefix(s, []byte("prefetch")) || bytes.HasPrefix(s, []byte("prerender")) || bytes.HasPrefix(s, []byte("preview"))
}

func isReferer(s []byte) bool {
	return len(s) == 0 || len(s) == 1 && s[0] == '-' || bytes.Contains(s[:min(len(s), 16)], []byte("://"))
}

// parseTencent reads the logs of Tencent's delivery network: time in China without marks,
// address, host, path, bytes, province, carrier, status, referer, milliseconds, agent,
// range, method, protocol, hit, port.
func parseTencent(line []byte, q *request) bool {
	if len(line) < 15 || line[14] != ' ' && line[14] != '\t' {
		return false
	}
	for _, c := range line[:14] {
		if c < '0' || c > '9' {
			return false
		}
	}
	day, ok := parseTime(line[:14])
	if !ok {
		return false
	}
	q.day = day
	rest := line[14:]
	for n := 2; n <= 13; n++ {
		var field []byte
		if field, rest, _ = word(rest); field == nil || len(field) == 0 && n != 9 && n != 11 && n != 12 {
			return false
		}
		switch n {
		case 4:
			q.target = field
		case 8:
			q.status = parseStatus(field)
		case 11:
			q.agent, q.told = field, true
		case 13:
			q.method = field
		}
	}
	return q.status != 0 && isMethod(q.method)
}

// parseCOS reads the logs of Tencent's object store: version, bucket, region, time in UTC,
// host, event, address, key, source, bytes, change, path, method, agent, status … They
// are parted by tabs, in other regions by blanks.
func parseCOS(line []byte, q *request) bool {
	blank := byte(' ')
	if bytes.IndexByte(line[:min(len(line), 16)], '\t') >= 0 {
		blank = '\t'
	}
	rest := line
	for n := 1; n <= 14; n++ {
		i := bytes.IndexByte(rest, blank)
		if i < 0 {
			return false
		}
		field := rest[:i]
		rest = rest[i+1:]
		switch n {
		case 1:
			if len(field) > 4 { // 1, 1.0
				return false
			}
		case 4:
			day, ok := parseTime(field)
			if !ok || len(field) < 20 || field[10] != 'T' {
				return false
			}
			q.day = day
		case 12:
			q.target = field
		case 13:
			q.method = field
		case 14:
			q.agent, q.told = field, true
		}
	}
	for tries := 0; len(rest) > 0 && tries < 40; tries++ { // an agent with blanks takes several fields
		field, after, _ := bytes.Cut(rest, []byte{blank})
		if len(field) >= 3 && (len(field) == 3 || field[3] == ' ') { // 200, 200 OK
			if q.status = parseStatus(field[:3]); q.status != 0 {
				return true
			}
		}
		if blank == '\t' {
			return false
		}
		rest = after
	}
	return false
}
