package feeds

import (
	"bytes"

	"mingdeng/internal/calendar"
	"mingdeng/internal/output"
	"mingdeng/internal/pages"
)

// agenda is a calendar to be written; its name is "" for that of one event.
type agenda struct {
	Name   string
	Events []calendar.Event
}

// events are the calendar files of an edition: one of all events, to subscribe to, and one
// beside the page of each.
func (f files) events(all []pages.Event) []output.Output {
	var outs []output.Output
	whole := agenda{Name: f.Words.T("section.events") + "｜" + f.e.Config.Title}
	for _, e := range all {
		if e.File == "" {
			continue
		}
		whole.Events = append(whole.Events, e.Event)
		outs = append(outs, made(string(e.File), agenda{Events: []calendar.Event{e.Event}}, writeAgenda))
	}
	if len(outs) == 0 {
		return nil
	}
	return append(outs, made(string(pages.CalendarAddress(f.e)), whole, writeAgenda))
}

func writeAgenda(w *bytes.Buffer, a agenda) error { return calendar.Write(w, a.Name, a.Events) }
