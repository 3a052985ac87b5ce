// Lists grow and shrink in the page; without script the server does it.
const form = document.querySelector('form.record');

// numbered gives the fields of a new item its number: honors.BLANK.year → honors.5.year.
function numbered(item, number) {
  for (const e of [item, ...item.querySelectorAll('*')]) {
    for (const a of [...e.attributes]) {
      if (/[.-]BLANK/.test(a.value)) e.setAttribute(a.name, a.value.replace(/([.-])BLANK/, '$1' + number));
    }
    if (e.tagName === 'TEMPLATE') for (const inner of e.content.children) numbered(inner, number);
  }
}

form?.addEventListener('click', (event) => {
  const button = event.target.closest('button.add, button.drop');
  if (!button) return;
  event.preventDefault();
  const list = button.closest('fieldset.list');
  const items = list.querySelector(':scope > .items');
  let next;
  if (button.classList.contains('add')) {
    const item = list.querySelector(':scope > template').content.firstElementChild.cloneNode(true);
    const numbers = [...items.children].map((i) => Number(i.querySelector(':scope > .drop').value.split('.').pop()));
    numbered(item, Math.max(-1, ...numbers) + 1);
    items.append(item);
    next = item;
  } else {
    const item = button.closest('.item');
    next = item.nextElementSibling ?? item.previousElementSibling ?? list.querySelector('button.add').parentElement;
    item.remove();
  }
  next.querySelector('input:not([type=hidden]), select, textarea, button')?.focus();
  form.dispatchEvent(new Event('input', { bubbles: true }));
});
