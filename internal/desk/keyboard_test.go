package desk

import (
	"strings"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// stops is a script that puts everything that takes part in a page's work into a list, and
// notes what is reached and how it shows. The site's page beside a form has a test of its
// own; of radio buttons of one name the keyboard reaches one.
const stops = `(() => {
	document.querySelectorAll('iframe').forEach(f => f.remove());
	document.querySelectorAll('details').forEach(d => d.open = true);
	const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')].filter(e =>
		e.type !== 'hidden' && !e.disabled && e.tabIndex >= 0 && e.getClientRects().length && getComputedStyle(e).visibility === 'visible');
	const groups = new Set();
	window.wanted = all.filter(e => e.type !== 'radio' || !groups.has(e.name) && groups.add(e.name));
	window.reached = new Map();
	addEventListener('focusin', e => {
		const ring = x => { const s = getComputedStyle(x); return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0 || s.boxShadow !== 'none'; };
		const key = e.target.type === 'radio' ? wanted.find(w => w.type === 'radio' && w.name === e.target.name) : e.target;
		reached.set(key, [e.target, ...(e.target.labels || [])].some(ring));
	});
	document.activeElement.blur();
	return wanted.length;
})()`

// missed lists what the keyboard did not reach, or reached unseen.
const missed = `(() => {
	const name = e => e.outerHTML.slice(0, 120).replace(/\s+/g, ' ');
	return [...wanted.filter(e => !reached.has(e)).map(e => 'not reached: ' + name(e)), ...[...reached].filter(([, ring]) => !ring).map(([e]) => 'reached unseen: ' + name(e))].join('\n');
})()`

// tabbed goes through the page at hand with the Tab key, and returns what it found wrong.
func (w *window) tabbed() []string {
	w.t.Helper()
	for range js[int](w, stops) + 3 {
		w.do(chromedp.KeyEvent(kb.Tab))
	}
	if out := js[string](w, missed); out != "" {
		return strings.Split(out, "\n")
	}
	return nil
}
