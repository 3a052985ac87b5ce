// What this phone has kept, on the page that stands in for one that it has not. sw.js keeps
// a venue in a cache of its own, with the list of it (offline.json) stored last.
(function () {
  'use strict';
  var box = document.getElementById('kept'), words = document.currentScript && document.currentScript.dataset;
  if (!box || !words || !window.caches) return;
  var root = box.dataset.root, own = 'mingdeng ' + location.origin + root + ' ';

  // The page that was asked for comes by itself once the network is back.
  if (!/\/offline\/$/.test(location.pathname)) window.addEventListener('online', function () { location.reload(); });

  function element(tag, cls, text, parent) {
    var n = document.createElement(tag);
    if (cls) n.className = cls;
    if (text) n.textContent = text;
    parent.appendChild(n);
    return n;
  }
  function link(text, url, parent) { element('a', '', text, parent).href = root + url; }

  function band(list) {
    var pages = list.files.filter(function (f) { return f.name; });
    var section = element('section', 'band', '', box), head = element('div', 'band-head', '', section);
    link(list.name, list.url, element('h2', '', '', head));
    element('p', 'meta', words.kept.replace('{0}', pages.length), head);
    var rows = element('ul', 'rows', '', element('div', 'band-body', '', section));
    pages.forEach(function (f) { link(f.name, f.url, element('li', '', '', rows)); });
  }

  function listOf(name) {
    return caches.open(name).then(function (cache) {
      return cache.keys().then(function (all) {
        var at = all.filter(function (r) { return /\/offline\.json$/.test(r.url); })[0];
        return at && cache.match(at).then(function (a) { return a.json(); });
      });
    });
  }

  caches.keys().then(function (names) {
    return Promise.all(names.filter(function (n) { return n.indexOf(own) === 0; }).map(listOf));
  }).then(function (lists) {
    lists = lists.filter(function (l) { return l && l.name; }).reverse(); // the latest first
    if (!lists.length) return;
    box.textContent = '';
    lists.forEach(band);
  }).catch(function () { /* barred: what could be kept stands there */ });
})();
