// Pages that show records follow what is saved elsewhere: what differs is exchanged row by row,
// so that focus, selection and scrolling stay. What somebody types in is not touched.
import { hear } from './hear.js';

const main = document.getElementById('main');

// key names a row by where it leads.
function key(e) {
  return /^(LI|TR)$/.test(e.tagName) ? e.querySelector('a[href]')?.getAttribute('href') : undefined;
}

// renew makes an element what another is.
function renew(old, next) {
  if (old.tagName === 'FORM' || old.isEqualNode(next)) return;
  if (!old.children.length || !next.children.length) {
    old.replaceWith(next);
    return;
  }
  for (const a of [...old.attributes]) if (!next.hasAttribute(a.name)) old.removeAttribute(a.name);
  for (const a of next.attributes) if (old.getAttribute(a.name) !== a.value) old.setAttribute(a.name, a.value);
  const rows = new Map();
  for (const e of old.children) if (key(e)) rows.set(key(e), e);
  const stays = new Set([...next.children].map(key));
  let at = old.firstChild;
  for (const n of [...next.childNodes]) {
    while (at && key(at) && !stays.has(key(at))) { // a row that is gone
      const gone = at;
      at = at.nextSibling;
      gone.remove();
    }
    const row = n.nodeType === 1 && rows.get(key(n));
    if (row) {
      while (at && at.nodeType === 3) { // what stood before a row that has gone elsewhere
        const blank = at;
        at = at.nextSibling;
        blank.remove();
      }
      if (row === at) at = at.nextSibling;
      else old.insertBefore(row, at);
      renew(row, n);
    } else if (at && at.nodeType === n.nodeType && at.nodeName === n.nodeName && !key(at)) {
      const was = at;
      at = at.nextSibling;
      if (n.nodeType === 1) renew(was, n);
      else if (was.nodeValue !== n.nodeValue) was.nodeValue = n.nodeValue;
    } else {
      old.insertBefore(n, at);
    }
  }
  while (at) {
    const gone = at;
    at = at.nextSibling;
    gone.remove();
  }
}

// onScreen are the rows that can be seen, and where.
function onScreen() {
  return [...main.querySelectorAll('tr, li')].map((e) => [e, e.getBoundingClientRect().top]).filter(([e, top]) => key(e) && top >= 0 && top < innerHeight);
}

// held scrolls so that most rows stand where they stood.
function held(rows) {
  const by = rows.filter(([e]) => e.isConnected).map(([e, top]) => e.getBoundingClientRect().top - top).sort((a, b) => a - b);
  if (by.length) scrollBy({ top: by[by.length >> 1], behavior: 'instant' });
}

async function look(version) {
  if (version === main.dataset.version) return;
  const answer = await fetch(location.href);
  if (!answer.ok) return;
  const next = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('main');
  if (!next?.dataset.version) return; // another page: the site was left
  const focus = document.activeElement;
  const within = main.contains(focus) && focus !== main;
  const links = [...main.querySelectorAll('a, button, input')];
  const place = links.indexOf(focus), to = within && focus.getAttribute('href');
  const seen = scrollY > 0 ? onScreen() : [];
  renew(main, next);
  if (within && document.activeElement !== focus) { // it has moved, or is gone: then what stands there now
    const now = [...main.querySelectorAll('a, button, input')];
    const heir = focus.isConnected ? focus : now.find((e) => to && e.getAttribute('href') === to) ?? now[Math.min(place, now.length - 1)] ?? main;
    heir.focus({ preventScroll: true });
  }
  held(seen);
}

// One look at a time, and not at every letter that somebody types elsewhere.
let busy = false, last = '';
async function changed(version) {
  last = version;
  if (busy) return;
  busy = true;
  try {
    while (last !== main.dataset.version) {
      const asked = last;
      await look(asked);
      await new Promise((done) => setTimeout(done, 250));
      if (last === asked) break;
    }
  } catch { /* the desk has ended, or is busy: the next change tells */ }
  busy = false;
}

if (main?.dataset.version) {
  document.documentElement.style.overflowAnchor = 'none'; // see held
  hear('/_studio/watch/', changed);
}
