// Pictures from a phone: the page with its code counts them, and the record's page shows
// them when it is looked at again.
const scan = document.getElementById('scan');

async function page() {
  try {
    const r = await fetch(location.href);
    return r.ok ? new DOMParser().parseFromString(await r.text(), 'text/html') : null;
  } catch { return null; }
}

async function count() {
  const doc = await page();
  const got = doc?.getElementById('got');
  if (!got) { if (doc) location.reload(); return; } // the code has expired
  if (got.textContent !== document.getElementById('got').textContent) document.getElementById('got').replaceWith(document.adoptNode(got));
  setTimeout(count, 2000);
}
if (scan?.dataset.code) setTimeout(count, 2000);

const list = document.querySelector('.pictures ul');
if (list && document.getElementById('phone')) {
  document.addEventListener('visibilitychange', async () => {
    if (document.visibilityState !== 'visible') return;
    const doc = await page();
    for (const li of doc?.querySelectorAll('.pictures li') ?? []) {
      const src = li.querySelector('img').getAttribute('src');
      if (![...list.querySelectorAll('img')].some((i) => i.getAttribute('src') === src)) list.append(document.adoptNode(li));
    }
  });
}
