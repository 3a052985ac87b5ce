// Lists grow and shrink in the page; without script the server does it.
const form = document.querySelector('form.record');

// renamed gives an item's fields another place in their list: honors.2.year → honors.5.year.
function renamed(item, list, place) {
  const prefix = list + '.';
  for (const e of [item, ...item.querySelectorAll('*')]) {
    for (const a of [...e.attributes]) {
      for (const [from, to] of [[prefix, prefix + place], ['f-' + prefix.replaceAll('.', '-'), 'f-' + prefix.replaceAll('.', '-') + place]]) {
        const at = a.value.indexOf(from);
        if (at < 0) continue;
        const rest = a.value.slice(at + from.length);
        const digits = rest.match(/^\d+/);
        if (digits) e.setAttribute(a.name, a.value.slice(0, at) + to + rest.slice(digits[0].length));
      }
    }
  }
}

function empty(item) {
  for (const e of item.querySelectorAll('input, textarea, select')) {
    if (e.type === 'hidden') continue;
    if (e.type === 'checkbox') e.checked = false;
    else if (e.tagName === 'SELECT') e.selectedIndex = 0;
    else e.value = '';
    e.removeAttribute('aria-invalid');
  }
  for (const e of item.querySelectorAll('.findings')) e.replaceChildren();
  for (const e of item.querySelectorAll('.thumb')) e.remove();
  for (const e of item.querySelectorAll('.item')) if (e.matches(':not(:first-child)')) e.remove();
}

form?.addEventListener('click', (event) => {
  const button = event.target.closest('button.add, button.drop');
  if (!button) return;
  event.preventDefault();
  const list = button.closest('fieldset.list');
  const items = list.querySelector(':scope > .items');
  if (button.classList.contains('add')) {
    const item = items.lastElementChild.cloneNode(true);
    const place = 1 + Math.max(-1, ...[...items.children].map((i) => Number(i.querySelector('.drop').value.split('.').pop())));
    renamed(item, list.dataset.name, place);
    empty(item);
    items.append(item);
    item.querySelector('input:not([type=hidden]), select, textarea')?.focus();
  } else {
    const item = button.closest('.item');
    const next = item.nextElementSibling ?? item.previousElementSibling;
    if (items.children.length > 1) item.remove();
    else empty(item);
    (next ?? list).querySelector('input:not([type=hidden]), select, textarea')?.focus();
  }
  form.dispatchEvent(new Event('input', { bubbles: true }));
});
