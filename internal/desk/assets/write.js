// The buttons above the text. What they put in is plain Markdown; undo works as for typing.
import { find, offer } from './names.js';

const text = document.getElementById('text');
const tools = document.querySelector('.tools');

// field puts words into a text where the cursor stands, and the cursor at from their start.
export function field(area, words, at) {
  area.focus();
  const start = area.selectionStart;
  if (!document.execCommand('insertText', false, words)) area.setRangeText(words, start, area.selectionEnd, 'end');
  if (at !== undefined) area.setSelectionRange(start + at, start + at);
  area.dispatchEvent(new Event('input', { bubbles: true }));
}

function selected() { return text.value.slice(text.selectionStart, text.selectionEnd); }

// atLines puts a mark before each selected line.
function atLines(mark) {
  const from = text.value.lastIndexOf('\n', text.selectionStart - 1) + 1;
  let to = text.value.indexOf('\n', text.selectionEnd);
  if (to < 0) to = text.value.length;
  const lines = text.value.slice(from, to).split('\n').map((l) => mark + l).join('\n');
  text.setSelectionRange(from, to);
  field(text, lines);
}

const deeds = {
  bold() { const s = selected(); field(text, '**' + s + '**', s ? undefined : 2); },
  heading() { atLines('## '); },
  bullets() { atLines('- '); },
  ruby() { const s = selected(); field(text, '{' + s + '|}', s ? s.length + 2 : 1); },
  image() { document.getElementById('file').click(); },
  link() { field(text, '[['); suggest(); }
};

// [[ offers the names of records.
async function suggest() {
  const before = text.value.slice(0, text.selectionStart);
  const open = before.lastIndexOf('[[');
  const q = before.slice(open + 2);
  if (open < 0 || /[\]\n|]/.test(q) || q.length > 30) return;
  offer(text, await find('any', q), (f) => {
    text.setSelectionRange(open, text.selectionStart);
    field(text, '[[' + f.slug + ']]');
  });
}

if (text && tools) {
  tools.hidden = false;
  tools.addEventListener('click', (event) => { const b = event.target.closest('[data-tool]'); if (b) deeds[b.dataset.tool](); });
  text.addEventListener('input', (event) => {
    if (!event.isComposing && text.value.slice(0, text.selectionStart).match(/\[\[[^\]\n|]{0,30}$/)) suggest();
  });
}
document.addEventListener('click', (event) => {
  const to = event.target.closest('a[data-line]');
  if (!to || !text) return;
  event.preventDefault();
  const lines = text.value.split('\n'), n = Number(to.dataset.line) - 1;
  const at = lines.slice(0, n).join('\n').length + (n > 0 ? 1 : 0);
  text.focus();
  text.setSelectionRange(at, at + (lines[n] ?? '').length);
});
