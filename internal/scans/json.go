package scans

import "bytes"

// parseJSON reads an object a line. Keys count wherever in it they stand and however they
// part their words (http_user_agent, User-Agent), because nginx writes what its owner
// calls them, and Caddy puts the request into an object of its own; the first of each
// counts. A key that also means something else is judged by its value: request_time is a
// time to one and a duration to another.
func parseJSON(line []byte, q *request) verdict {
	var key []byte
	for i := 1; i < len(line); {
		switch c := line[i]; c {
		case '"':
			end := endOfString(line, i)
			if end < 0 {
				return odd
			}
			s := line[i+1 : end]
			i = end + 1
			for i < len(line) && (line[i] == ' ' || line[i] == '\t') {
				i++
			}
			if i < len(line) && line[i] == ':' {
				key = s
				i++
				continue
			}
			q.take(key, s)
		case '{', '}', '[', ']', ',', ' ', '\t':
			i++
		default:
			end := i
			for end < len(line) && line[end] != ',' && line[end] != '}' && line[end] != ']' && line[end] > ' ' {
				end++
			}
			if end == i { // a control character
				end++
			}
			q.take(key, line[i:end])
			i = end
		}
	}
	if line[len(line)-1] != '}' || q.day == 0 || q.status == 0 || q.target == nil {
		return odd
	}
	if q.method == nil {
		q.method = []byte("GET")
	}
	return asked
}

func endOfString(line []byte, start int) int {
	for i := start + 1; ; i++ {
		j := bytes.IndexByte(line[i:], '"')
		if j < 0 {
			return -1
		}
		i += j
		back := i
		for line[back-1] == '\\' {
			back--
		}
		if (i-back)%2 == 0 {
			return i
		}
	}
}

// take takes a value of a key.
func (q *request) take(key, value []byte) {
	if len(key) > 32 {
		return
	}
	var buf [24]byte
	n := 0
	for _, c := range key {
		if c == '_' || c == '-' || c == '.' || c == '@' {
			continue
		}
		if n == len(buf) {
			return
		}
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		buf[n] = c
		n++
	}
	switch string(buf[:n]) {
	case "method", "requestmethod", "httpmethod", "csmethod", "clientrequestmethod":
		if q.method == nil {
			q.method = value
		}
	case "uri", "requesturi", "url", "requesturl", "path", "requestpath", "urlpath", "csuristem", "clientrequesturi":
		if q.target == nil && len(value) > 0 {
			q.target = value
		}
	case "request":
		if q.target == nil {
			splitRequest(value, q)
		}
	case "status", "statuscode", "httpstatus", "httpcode", "returncode", "scstatus", "responsestatus", "edgeresponsestatus", "edgeresponsestatuscode":
		if q.status == 0 {
			q.status = parseStatus(value)
		}
	case "useragent", "httpuseragent", "requestua", "ua", "agent", "clientrequestuseragent":
		if !q.told {
			q.agent, q.told = value, true
		}
	case "secpurpose", "httpsecpurpose", "purpose", "httppurpose", "xpurpose", "httpxpurpose", "xmoz":
		if q.purpose == nil && isPurpose(value) {
			q.purpose = value
		}
	case "ts", "time", "timelocal", "timeiso8601", "timestamp", "datetime", "msec", "unixtime", "requesttime", "edgestarttimestamp":
		if q.day == 0 {
			if bytes.IndexByte(value, '\\') >= 0 {
				value = bytes.ReplaceAll(value, []byte(`\/`), []byte{'/'})
			}
			q.day, _ = parseTime(value)
		}
	}
}
