// Files are dropped, sent some at a time, and waited for; without script the form sends them
// all at once, and the pages renew themselves.
const form = document.getElementById('import');
const token = document.body.dataset.token;

// A folder is chosen by an attribute that is no part of HTML, so that only scripts ask for it.
if (form && document.getElementById('folders')) {
  document.getElementById('folder').webkitdirectory = true;
  document.getElementById('folders').hidden = false;
}

// What is to be sent: [file, its name with the folders it lies in].
let dropped = [];

async function entries(reader) {
  const all = [];
  for (;;) { // a folder tells its files a hundred at a time
    const some = await new Promise((done, fail) => reader.readEntries(done, fail));
    if (!some.length) return all;
    all.push(...some);
  }
}

async function walk(entry, out) {
  if (entry.isFile) {
    const file = await new Promise((done, fail) => entry.file(done, fail)).catch(() => null);
    if (file) out.push([file, entry.fullPath.replace(/^\//, '')]);
    return;
  }
  for (const e of await entries(entry.createReader()).catch(() => [])) await walk(e, out);
}

function chosen() {
  const list = [...dropped];
  for (const input of form.querySelectorAll('input[type=file]')) for (const f of input.files) list.push([f, f.webkitRelativePath || f.name]);
  return list;
}

function shown() {
  const list = chosen();
  const names = list.slice(0, 20).map(([, name]) => name);
  if (list.length > names.length) names.push('… ' + list.length);
  document.getElementById('chosen').replaceChildren(...names.map((name) => {
    const li = document.createElement('li');
    li.textContent = name;
    return li;
  }));
}

// Only what has to do with the kind that was chosen is asked.
function asked() {
  const kind = form.elements.kind.value;
  for (const e of form.querySelectorAll('[data-of]')) e.hidden = kind ? e.dataset.of !== kind : e.dataset.of === 'chapter';
}

function choices() {
  const data = new FormData();
  for (const e of form.elements) {
    if (e.name && e.name !== 'token' && e.type !== 'file' && e.tagName !== 'BUTTON' && (e.type !== 'checkbox' || e.checked) && !e.closest('[hidden]')) data.append(e.name, e.value);
  }
  return data;
}

async function send(data) {
  const r = await fetch(form.action, { method: 'POST', headers: { 'X-Mingdeng-Token': token }, body: data });
  if (!(r.headers.get('Content-Type') ?? '').startsWith('application/json')) return { problem: await r.text() };
  return r.json();
}

// How much goes in one form: enough to be quick, little enough to show how far it is.
const most = 50, heavy = 32 << 20;

async function sendAll(list, tell) {
  let job = '';
  for (let i = 0; i < list.length;) {
    const data = choices();
    if (job) data.append('job', job);
    data.append('more', '1');
    for (let n = 0, size = 0; i < list.length && n < most && (n === 0 || size + list[i][0].size <= heavy); n++, i++) {
      size += list[i][0].size;
      data.append('file', list[i][0], list[i][1].replace(/[\u0000-\u001f\u007f]/g, '\ufffd')); // no header holds those
    }
    const a = await send(data);
    if (a.problem) return a;
    job = a.job;
    tell(i, list.length);
  }
  const last = choices();
  last.append('job', job);
  return send(last);
}

if (form?.querySelector('input[type=file]')) {
  const drop = document.getElementById('drop');
  const said = document.getElementById('said');
  drop.querySelector('.dropword').hidden = false;
  asked();
  form.elements.kind.addEventListener('change', asked);
  form.addEventListener('change', shown);
  addEventListener('dragover', (event) => {
    if (![...event.dataTransfer.types].includes('Files')) return;
    event.preventDefault();
    drop.classList.add('over');
  });
  addEventListener('dragleave', (event) => { if (!event.relatedTarget) drop.classList.remove('over'); });
  addEventListener('drop', async (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    drop.classList.remove('over');
    const plain = [...event.dataTransfer.files];
    const roots = [...event.dataTransfer.items].map((i) => i.webkitGetAsEntry?.()).filter(Boolean);
    const found = [];
    for (const e of roots) await walk(e, found);
    dropped.push(...(roots.length ? found : plain.map((f) => [f, f.name])));
    shown();
  });
  form.addEventListener('submit', async (event) => {
    const list = chosen();
    if (!list.length) return; // the server says so
    event.preventDefault();
    const button = form.querySelector('button.lit');
    button.disabled = true;
    let a;
    try {
      a = await sendAll(list, (n, of) => { said.textContent = said.dataset.sending + ' ' + n + ' / ' + of; });
    } catch (e) {
      a = { problem: document.documentElement.lang === 'en' ? 'The files did not arrive: one was moved, or the program has ended.' : '文件没有传到：有的文件刚被移走，或者明灯已经退出。' };
    }
    if (a.href) { location.assign(a.href); return; }
    button.disabled = false;
    said.className = 'problem';
    said.textContent = a.problem;
  });
}

const wait = document.getElementById('wait');
if (wait) {
  const look = async () => {
    try {
      const a = await (await fetch(wait.dataset.state)).json();
      if (!a.busy) { location.reload(); return; }
      document.getElementById('progress-text').textContent = a.text;
      const bar = document.getElementById('progress');
      if (a.of) {
        bar.max = a.of;
        bar.value = a.done;
      }
    } catch { return; } // the desk has ended
    setTimeout(look, 300);
  };
  setTimeout(look, 300);
}

// How many are ticked, on all pages of the plan.
const plan = document.getElementById('plan');
plan?.addEventListener('change', (event) => {
  if (event.target.name !== 'tick') return;
  const n = document.getElementById('ticked');
  n.textContent = Number(n.textContent) + (event.target.checked ? 1 : -1);
});
