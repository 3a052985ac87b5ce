// Pictures dropped, pasted or chosen go beside the record at once, and their names into the
// field or the text they were dropped on.
import { address, post } from './record.js';
import { field as insert } from './write.js';

const home = document.querySelector('.editor');
const form = document.getElementById('record');

async function send(files) {
  const data = new FormData();
  for (const f of files) data.append('file', f, f.name || 'picture.png');
  const r = await post(address('upload'), data);
  if (!(r.headers.get('Content-Type') ?? '').startsWith('application/json')) return [{ problem: await r.text() }];
  return r.json();
}

function problem(text) {
  const p = document.createElement('p');
  p.className = 'problem';
  p.textContent = text;
  document.getElementById('said').replaceChildren(p);
}

function shown(u) {
  const li = document.createElement('li');
  const img = document.createElement('img');
  img.src = u.src;
  img.alt = '';
  img.onerror = () => img.remove(); // a recording
  const name = document.createElement('code');
  name.textContent = u.name;
  li.append(img, name);
  home.querySelector('.pictures ul').append(li);
}

// A record that got its first picture has moved into a folder.
function moved(u) {
  if (!u.path || u.path === home.dataset.path) return;
  home.dataset.path = u.path;
  form.action = address('edit');
  history.replaceState(null, '', address('edit'));
  for (const e of form.querySelectorAll('[formaction]')) e.setAttribute('formaction', address('upload'));
  const phone = document.getElementById('phone');
  if (phone) phone.action = address('phone');
  for (const a of form.querySelectorAll('.menu a[href*="/history/"]')) a.href = address('history');
}

// take hands files in, and puts the names of those taken where they belong: a field, or the
// text.
export async function take(files, input) {
  const list = [...files];
  if (!list.length) return;
  for (const u of await send(list)) {
    if (u.problem) { problem(u.problem); continue; }
    moved(u);
    shown(u);
    if (input?.tagName === 'TEXTAREA') insert(input, '\n\n![](' + u.name + ')\n\n', 4);
    else if (input) {
      input.value = u.name;
      thumb(input, u.src);
      input.dispatchEvent(new Event('input', { bubbles: true }));
      const alt = form.elements[input.name.replace(/[^.]+$/, 'alt')];
      if (alt && !alt.value) alt.focus(); // what it shows is asked for at once
    }
  }
}

// paste puts what was copied in Word, WPS or a page into the text, as Markdown.
async function paste(html, plain) {
  const area = document.getElementById('text');
  let a = null;
  try {
    const r = await post(address('paste'), new URLSearchParams({ html }));
    if (r.ok) a = await r.json();
  } catch { /* the words themselves are at hand */ }
  if (a) moved(a);
  insert(area, a ? a.text : plain);
}

function thumb(input, src) {
  const box = input.closest('.filed');
  let img = box?.querySelector('.thumb');
  if (!box) return;
  if (!img) {
    img = document.createElement('img');
    img.className = 'thumb';
    img.alt = '';
    box.prepend(img);
  }
  img.src = src;
  img.onerror = () => img.remove();
}

function target(event) {
  const field = event.target.closest('.field.file');
  if (field) return field.querySelector('input:not([type=file])');
  return document.getElementById('text');
}

if (home && form.elements.text) {
  for (const e of home.querySelectorAll('.dropzone .unscripted')) e.hidden = true; // what is chosen is handed in at once
  for (const input of form.querySelectorAll('.field.file input:not([type=file])')) {
    if (input.value) thumb(input, address('file').replace(/[^/]+$/, '') + encodeURIComponent(input.value));
  }
  home.addEventListener('change', (event) => {
    if (event.target.type !== 'file') return;
    const field = event.target.closest('.field.file');
    take(event.target.files, field?.querySelector('input:not([type=file])'));
    event.target.value = '';
  });
  home.addEventListener('dragover', (event) => {
    if (![...event.dataTransfer.types].includes('Files')) return;
    event.preventDefault();
    event.target.closest('.field, .pictures')?.classList.add('over');
  });
  home.addEventListener('dragleave', (event) => event.target.closest?.('.over')?.classList.remove('over'));
  home.addEventListener('drop', (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    for (const e of home.querySelectorAll('.over')) e.classList.remove('over');
    take(event.dataTransfer.files, event.target.closest('.pictures') ? null : target(event));
  });
  home.addEventListener('paste', (event) => {
    const html = event.clipboardData.getData('text/html');
    const text = event.clipboardData.getData('text/plain');
    if (event.target.id === 'text' && /<(p|div|h\d|li|td|b|strong|em|img|section)[\s>]/i.test(html)) {
      event.preventDefault();
      paste(html, text);
    } else if (event.clipboardData.files.length && !text) { // Word puts a picture of the words beside them
      event.preventDefault();
      take(event.clipboardData.files, target(event));
    }
  });
}
