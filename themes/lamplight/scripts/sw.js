// The service worker: keeps a venue after the first scan in it, so that the next exhibit
// opens without a network.
//
//   - What to keep stands in venues/VENUE/offline.json: files with sizes and hashes, in
//     order of importance, and a version of all. Each version has a cache of its own; what
//     has not changed is taken from the one before, which is deleted when all is there.
//   - A page comes from the network wherever that answers within two seconds, so nobody
//     reads an old page while there is a new one to be had; otherwise from the cache.
//   - Where there is no network and the page is not kept, the page offline/ of its language
//     stands in for it, at its own address: it tells what is kept.
//   - Styles, scripts and pictures are named by their content and cannot be stale.
'use strict';

const scope = self.registration.scope; // https://host/ or https://host/lamp/
const own = 'mingdeng ' + scope + ' '; // begins the names of this site's caches
const patience = 2000; // ms
const venues = 6; // kept at most, the latest

self.addEventListener('install', e => e.waitUntil(self.skipWaiting()));
self.addEventListener('activate', e => e.waitUntil(self.clients.claim()));

self.addEventListener('message', e => {
  const list = e.data && e.data.keep && new URL(e.data.keep, scope).href;
  if (list && list.startsWith(scope)) e.waitUntil(keep(list).catch(() => { /* the next page tries again */ }));
});

self.addEventListener('fetch', e => {
  const r = e.request;
  if (r.method !== 'GET' || !r.url.startsWith(scope) || r.headers.has('range')) return;
  if (r.mode === 'navigate') e.respondWith(page(r));
  else if (/^(css|js|img)\//.test(r.url.slice(scope.length))) e.respondWith(fixed(r));
});

async function page(r) {
  const answer = fetch(r).then(a => a.status < 500 ? a : Promise.reject(a));
  const first = await Promise.race([answer, new Promise(done => setTimeout(done, patience))]).catch(() => null);
  if (first) return first;
  const kept = await find(r.url);
  if (!kept) return answer.catch(async a => a instanceof Response ? a : await instead(r.url) || Promise.reject(a));
  answer.catch(() => { /* nobody waits for it any more */ });
  return kept;
}

// instead is what is kept to be shown for a page that is not: in its language, else in any.
async function instead(url) {
  const edition = url.slice(scope.length).split('/')[0];
  const kept = await find(scope + edition + '/offline/') || await find(scope + 'offline/');
  if (kept) return kept;
  for (const name of await caches.keys()) {
    if (!name.startsWith(own)) continue;
    const cache = await caches.open(name), at = (await cache.keys()).find(k => k.url.endsWith('/offline/'));
    if (at) return cache.match(at);
  }
  return null;
}

async function fixed(r) {
  const kept = await find(r.url);
  if (kept) return kept;
  try {
    return await fetch(r);
  } catch (e) {
    const other = await otherWidth(r.url);
    if (other) return other;
    throw e;
  }
}

// What follows a question mark is WeChat's: ?from=singlemessage.
function find(url) { return caches.match(url, { ignoreSearch: true, ignoreVary: true }); }

// Of a picture in several widths the narrowest is kept: it stands in for the others.
async function otherWidth(url) {
  const stem = url.match(/^.*-[0-9a-f]{10}-(?=\d+\.\w+$)/);
  if (!stem) return null;
  for (const name of await caches.keys()) {
    if (!name.startsWith(own)) continue;
    const cache = await caches.open(name);
    for (const r of await cache.keys()) if (r.url.startsWith(stem[0])) return cache.match(r);
  }
  return null;
}

async function keep(url) {
  const answer = await fetch(url, { cache: 'no-cache' });
  if (!answer.ok) return;
  const list = await answer.clone().json();
  const mine = own + url + ' ', name = mine + list.version;
  const old = (await caches.keys()).filter(n => n.startsWith(mine) && n !== name);
  const cache = await caches.open(name), before = await known(old, url), rest = list.files.slice();

  async function work() {
    for (let f; (f = rest.shift());) {
      const at = new URL(f.url, scope).href;
      if (await cache.match(at)) continue; // the last page got so far
      const had = before[f.url];
      const a = had && had.hash === f.hash && await had.cache.match(at) || await fetch(at, /\/$/.test(at) ? { cache: 'no-cache' } : {});
      if (!a.ok || a.redirected) continue;
      for (const also of f.also || []) await cache.put(new URL(also, scope).href, a.clone());
      await cache.put(at, a);
    }
  }

  await Promise.all([work(), work(), work()]);
  await cache.put(url, answer); // says that all is there
  const others = (await caches.keys()).filter(n => n.startsWith(own) && n !== name && !n.startsWith(mine));
  await Promise.all(old.concat(others.slice(0, Math.max(0, others.length - venues + 1))).map(n => caches.delete(n)));
}

// known is what caches of earlier versions hold, by address.
async function known(names, url) {
  const out = {};
  for (const name of names) {
    const cache = await caches.open(name), list = await cache.match(url);
    if (list) (await list.json()).files.forEach(f => { out[f.url] = { hash: f.hash, cache }; });
  }
  return out;
}
