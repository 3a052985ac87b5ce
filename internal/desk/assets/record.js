// The record's form: saved without leaving the page, shown on the page beside it while it is
// written, and kept in the browser until it is saved.
import { hear } from './hear.js';

const form = document.getElementById('record');
const token = document.body.dataset.token;
const path = document.querySelector('.editor')?.dataset.path;
const unsaved = document.getElementById('unsaved');
const kept = 'mingdeng:' + document.body.dataset.preview.replace(/:\d+$/, '') + ':' + path;

export function address(part) {
  return '/_studio/' + part + '/' + document.querySelector('.editor').dataset.path.split('/').map(encodeURIComponent).join('/');
}

export async function post(url, body) {
  return fetch(url, { method: 'POST', headers: { 'X-Mingdeng-Token': token }, body });
}

function values(action) {
  const data = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === 'string' && name !== 'do') data.append(name, value);
  if (action) data.set('do', action);
  return data;
}

// What somebody else saves meanwhile is told at once; saving brings both together.
function watch() {
  hear(address('watch'), (digest) => {
    if (leaving || saving || digest === form.elements.base.value || mine.has(digest)) return;
    if (!dirty()) { location.reload(); return; }
    say(document.documentElement.lang === 'en' ? 'Somebody else has just saved this record. Save, and both are brought together.' : '别人刚刚保存过这条记录。您点“保存”时，两边会合到一起。', false);
  });
}

const mine = new Set(); // digests of what this page saved
let saving = false;
let leaving = false; // the form is being sent the browser's own way
let clean = form && String(values());
let timer = 0, busy = false, again = false;

function dirty() { return form && String(values()) !== clean; }

// What is written is shown on the page beside it, one request at a time.
async function show() {
  if (busy) { again = true; return; }
  busy = true;
  try {
    await post(address('try'), values());
  } catch { /* the desk has ended; saving will say so */ }
  busy = false;
  if (again) { again = false; show(); }
}

function changed() {
  const is = dirty();
  unsaved.hidden = !is;
  try {
    if (is) localStorage.setItem(kept, JSON.stringify([...values()].filter(([n]) => n !== 'token')));
    else localStorage.removeItem(kept);
  } catch { /* no room, or a private window: the text is still in the form */ }
  clearTimeout(timer);
  timer = setTimeout(show, 60);
}

function say(text, bad) {
  document.querySelector('main > .notice')?.remove(); // of what was done before
  const p = document.createElement('p');
  p.className = bad ? 'problem' : 'notice';
  p.textContent = text;
  document.getElementById('said').replaceChildren(p);
}

function finding(f) {
  const p = document.createElement('p');
  p.className = 'finding ' + f.Severity;
  const b = document.createElement('b');
  b.textContent = f.Message;
  p.append(b);
  if (f.Hint) {
    const hint = document.createElement('span');
    hint.textContent = f.Hint;
    p.append(' ', hint);
  }
  if (f.Mend) {
    const button = document.createElement('button');
    button.className = 'plain mend';
    button.name = 'do';
    button.value = f.Mend;
    button.textContent = (document.documentElement.lang === 'en' ? 'Change to ' : '改成 ');
    const line = document.createElement('code');
    line.textContent = f.Fix;
    button.append(line);
    p.append(button);
  }
  return p;
}

// placed is a finding about a line of the text, which leads there.
function placed(f) {
  const div = document.createElement('div'), a = document.createElement('a');
  div.className = 'placed';
  a.href = '#text';
  a.dataset.line = f.Place;
  a.textContent = document.documentElement.lang === 'en' ? 'line ' + f.Place : '第' + f.Place + '行';
  div.append(a, finding(f));
  return div;
}

// What is wrong stands at its field, or above the form.
function tell(found) {
  document.getElementById('found').replaceChildren();
  for (const e of form.querySelectorAll('.findings:not(.top)')) e.replaceChildren();
  for (const e of form.querySelectorAll('[aria-invalid]')) e.removeAttribute('aria-invalid');
  for (const [name, list] of Object.entries(found ?? {})) {
    let at = null;
    for (let n = name; n && !at; n = n.slice(0, Math.max(0, n.lastIndexOf('.')))) at = form.querySelector(`.field[data-name="${CSS.escape(n)}"]`);
    const place = at?.querySelector('.findings') ?? document.getElementById('found');
    at?.querySelector('input:not([type=hidden]), textarea, select')?.setAttribute('aria-invalid', 'true');
    const folded = at?.closest('details');
    if (folded) folded.open = true;
    place.append(...list.map((f) => (at || f.Place === '0' ? finding(f) : placed(f))));
  }
}

export async function save(action) {
  const sent = values(action);
  let answer;
  saving = true;
  try {
    answer = await post(address('edit'), sent);
  } catch {
    saving = false;
    return say(document.documentElement.lang === 'en' ? 'Not saved: the program has ended. What you wrote is kept in this browser.' : '没有保存：明灯已经退出。您写的还留在这个浏览器里。', true);
  }
  const type = answer.headers.get('Content-Type') ?? '';
  if (!type.startsWith('application/json')) { form.requestSubmit(); return; }
  const a = await answer.json();
  if (a.base) mine.add(a.base);
  saving = false;
  if (a.clash) { native(action); return; } // the page that lets one choose
  if (a.problem) return say(a.problem, true);
  form.elements.base.value = a.base;
  sent.set('base', a.base);
  sent.delete('do');
  clean = String(sent);
  if (action === 'publish' || action === 'withdraw') {
    try { localStorage.removeItem(kept); } catch { /* see above */ }
    clean = String(values());
    location.assign(location.pathname + '?done=' + (action === 'publish' ? 'published' : 'withdrawn'));
    return;
  }
  say(a.done, false);
  const state = document.getElementById('state');
  state.textContent = a.word ?? '';
  state.className = 'state ' + (a.state ?? '');
  const preview = document.getElementById('preview');
  if (preview) {
    const none = a.state === 'faulty';
    if (preview.hidden && !none) preview.setAttribute('src', preview.getAttribute('src')); // anew
    preview.hidden = none;
    document.getElementById('unshown').hidden = !none;
    document.getElementById('own').hidden = none;
  }
  tell(a.found);
  left();
  changed();
}

// left says how much is to be mended in what was saved, and leads there: it may be far down.
function left() {
  const all = form.querySelectorAll('.finding');
  if (!all.length) return;
  const english = document.documentElement.lang === 'en';
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'plain';
  button.textContent = english ? 'Go there' : '去看';
  button.onclick = () => {
    all[0].scrollIntoView({ block: 'center' });
    (all[0].closest('.field')?.querySelector('input:not([type=hidden]), textarea, select') ?? all[0].closest('.placed')?.querySelector('a') ?? all[0].querySelector('button'))?.focus({ preventScroll: true });
  };
  document.querySelector('#said p').append(english ? ` ${all.length} to mend. ` : `还有 ${all.length} 处要改。`, button);
}

function native(action) {
  const button = form.querySelector(`button[name=do][value="${action || 'save'}"]`);
  leaving = true;
  form.removeEventListener('submit', submitted);
  form.requestSubmit(button);
}

function submitted(event) {
  const action = event.submitter?.value ?? 'save';
  if (event.submitter?.formAction.includes('/upload/')) { leaving = true; return; }
  if (!['save', 'publish', 'withdraw'].includes(action)) { leaving = true; return; }
  if (form.querySelector('.clash')) { leaving = true; return; }
  if ([...form.querySelectorAll('input[type=file]')].some((f) => f.files.length)) { leaving = true; return; }
  event.preventDefault();
  save(action);
}

if (form) {
  form.addEventListener('input', changed);
  form.addEventListener('submit', submitted);
  addEventListener('beforeunload', (event) => { if (!leaving && dirty()) event.preventDefault(); });
  addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === 's') {
      event.preventDefault();
      form.requestSubmit(form.querySelector('button[value=save]'));
    }
  });
  restore();
  watch();
}

// Words that a closed window took with it are offered again.
function restore() {
  let had;
  try { had = JSON.parse(localStorage.getItem(kept) ?? 'null'); } catch { had = null; }
  const now = new URLSearchParams(values());
  if (!had || String(new URLSearchParams(had.filter(([n]) => n !== 'base'))) === String(strip(now))) return;
  const box = document.getElementById('restore');
  box.hidden = false;
  box.addEventListener('click', (event) => {
    const what = event.target.dataset.do;
    if (!what) return;
    box.hidden = true;
    if (what === 'leave') { try { localStorage.removeItem(kept); } catch { /* see above */ } return; }
    const map = new Map();
    for (const [n, v] of had) map.set(n, v);
    for (const e of form.elements) {
      if (!e.name || e.name === 'token' || e.name === 'base' || e.type === 'file' || e.type === 'submit') continue;
      if (e.type === 'checkbox') e.checked = map.has(e.name);
      else if (map.has(e.name)) e.value = map.get(e.name);
    }
    changed();
  });
}

function strip(data) {
  data.delete('token');
  data.delete('base');
  return data;
}
