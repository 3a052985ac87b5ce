package scans

import "bytes"

// w3c is what the directives of an extended log (www.w3.org/TR/WD-logfile) have said so
// far. Times are UTC. IIS parts fields by blanks and writes + for those within, CloudFront
// parts them by tabs and writes %20.
type w3c struct {
	fields                                              int // how many a line has
	date, time, method, stem, status, agent, purpose, _ int8
	day                                                 [10]byte // of #Date, for logs without a date
	dated                                               bool
}

const mostFields = 100

func (w *w3c) directive(line []byte) {
	name, value, found := bytes.Cut(line, []byte{':'})
	if !found {
		return
	}
	value = bytes.TrimSpace(value)
	switch string(bytes.ToLower(name)) {
	case "#date":
		if len(value) >= 10 {
			w.dated = copy(w.day[:], value) == 10
		}
	case "#fields":
		day, dated := w.day, w.dated
		*w = w3c{date: -1, time: -1, method: -1, stem: -1, status: -1, agent: -1, purpose: -1, day: day, dated: dated}
		for _, f := range bytes.Fields(value) {
			at := int8(w.fields)
			switch string(bytes.ToLower(f)) {
			case "date":
				w.date = at
			case "time":
				w.time = at
			case "cs-method":
				w.method = at
			case "cs-uri-stem", "cs-uri":
				if w.stem < 0 {
					w.stem = at
				}
			case "sc-status":
				w.status = at
			case "cs(user-agent)":
				w.agent = at
			case "cs(sec-purpose)", "cs(purpose)", "cs(x-purpose)", "cs(x-moz)":
				w.purpose = at
			}
			if w.fields++; w.fields > mostFields {
				break
			}
		}
		if w.time < 0 || w.stem < 0 || w.status < 0 || w.fields > mostFields {
			w.fields = 0
		}
	}
}

func (w *w3c) parse(line []byte, q *request) bool {
	blank := byte(' ')
	if bytes.IndexByte(line[:min(len(line), 24)], '\t') >= 0 {
		blank = '\t'
	}
	var date, clock []byte
	n := 0
	for {
		field := line
		i := bytes.IndexByte(line, blank)
		if i >= 0 {
			field = line[:i]
		}
		switch int8(n) {
		case w.date:
			date = field
		case w.time:
			clock = field
		case w.method:
			q.method = field
		case w.stem:
			q.target = field
		case w.status:
			q.status = parseStatus(field)
		case w.agent:
			q.agent, q.told, q.coded = field, true, true
		case w.purpose:
			q.purpose = field
		}
		if n++; i < 0 {
			break
		}
		if line = line[i+1:]; n > mostFields {
			return false
		}
	}
	if n != w.fields || q.status == 0 {
		return false
	}
	if w.method < 0 {
		q.method = []byte("GET")
	}
	if w.date < 0 {
		if !w.dated {
			return false
		}
		date = w.day[:]
	}
	if w.purpose >= 0 && !isPurpose(q.purpose) {
		q.purpose = nil
	}
	year, month, day, ok := isoDate(date)
	if !ok {
		return false
	}
	hour, minute, ok := isoClock(clock)
	if !ok {
		return false
	}
	q.day, ok = inChina(year, month, day, hour*60+minute, 0)
	return ok
}
