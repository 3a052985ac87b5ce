// Fields that refer to a record offer the names of those there are. (ARIA combobox pattern.)

const home = document.querySelector('.editor');
let list = null, current = null, chosen = -1, items = [];

function close() {
  list?.remove();
  list = null;
  current?.setAttribute('aria-expanded', 'false');
  current?.removeAttribute('aria-activedescendant');
  current = null;
  chosen = -1;
}

function mark(i) {
  chosen = i;
  [...list.children].forEach((li, n) => li.setAttribute('aria-selected', String(n === i)));
  current.setAttribute('aria-activedescendant', 'offer-' + i);
  list.children[i]?.scrollIntoView({ block: 'nearest' });
}

export function offer(input, found, pick) {
  close();
  if (!found.length) return;
  current = input;
  items = found;
  list = document.createElement('ul');
  list.className = 'offers';
  list.id = 'offers';
  list.setAttribute('role', 'listbox');
  found.forEach((f, i) => {
    const li = document.createElement('li');
    li.id = 'offer-' + i;
    li.setAttribute('role', 'option');
    li.textContent = f.name;
    const small = document.createElement('small');
    small.textContent = ' ' + f.kind + ' ' + f.slug;
    li.append(small);
    li.addEventListener('mousedown', (event) => { event.preventDefault(); close(); pick(f); });
    list.append(li);
  });
  const box = input.getBoundingClientRect();
  list.style.left = box.left + scrollX + 'px';
  list.style.top = box.bottom + scrollY + 'px';
  document.body.append(list);
  input.setAttribute('aria-expanded', 'true');
  input.picked = pick;
}

export async function find(kind, q) {
  const r = await fetch('/_studio/names/' + kind + '/?q=' + encodeURIComponent(q) + '&in=' + encodeURIComponent(home.dataset.in));
  return r.ok ? r.json() : [];
}

function take(input) {
  return (f) => {
    input.value = f.name;
    input.dispatchEvent(new Event('input', { bubbles: true }));
    close();
  };
}

if (home) {
  let wait = 0;
  home.addEventListener('focusin', (event) => {
    const input = event.target;
    if (!input.dataset?.refers) return;
    input.setAttribute('role', 'combobox');
    input.setAttribute('aria-autocomplete', 'list');
    input.setAttribute('aria-controls', 'offers');
    input.setAttribute('aria-expanded', 'false');
  });
  home.addEventListener('input', (event) => {
    const input = event.target;
    if (!input.dataset?.refers || event.isComposing) return;
    clearTimeout(wait);
    wait = setTimeout(async () => {
      const found = await find(input.dataset.refers, input.value);
      if (document.activeElement === input && !(found.length === 1 && found[0].name === input.value)) offer(input, found, take(input));
    }, 80);
  });
  home.addEventListener('focusout', (event) => { if (event.target === current) close(); });
}

addEventListener('keydown', (event) => {
  if (!list) return;
  if (event.key === 'ArrowDown') mark(Math.min(chosen + 1, items.length - 1));
  else if (event.key === 'ArrowUp') mark(Math.max(chosen - 1, 0));
  else if (event.key === 'Enter' && chosen >= 0) { const f = items[chosen], pick = current.picked; close(); pick(f); }
  else if (event.key === 'Escape') close();
  else return;
  event.preventDefault();
}, true);
