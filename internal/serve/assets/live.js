// Keeps a page up to date with what the editor saves, and lays over it what is wrong.
// It is added by `mingdeng serve` and stands in no page that is published.
(function () {
  'use strict';
  var me = document.currentScript;
  var version = me.dataset.version;
  var base = null; // the page's source as it was served, to tell styles from words
  var busy = false, again = false;

  function source() {
    return fetch(location.pathname + location.search, { cache: 'no-store' }).then(function (r) { return r.text(); });
  }

  function without(html) { // the version in the added script is no change
    return html.replace(/ data-version="\d+"/, '');
  }

  // Styles that changed are loaded beside the old ones, which go when the new are there.
  function styles(doc) {
    var old = Array.from(document.querySelectorAll('link[rel=stylesheet]'));
    var have = old.map(function (l) { return l.href; });
    var want = Array.from(doc.querySelectorAll('link[rel=stylesheet]')).map(function (l) { return new URL(l.getAttribute('href'), location.href).href; });
    old.forEach(function (l) {
      if (want.indexOf(l.href) >= 0) return;
      var next = want.find(function (h) { return have.indexOf(h) < 0; });
      if (!next) return l.remove();
      have.push(next);
      var fresh = l.cloneNode();
      fresh.href = next;
      fresh.onload = fresh.onerror = function () { l.remove(); };
      l.after(fresh);
    });
    want.forEach(function (h) {
      if (have.indexOf(h) >= 0) return;
      var fresh = document.createElement('link');
      fresh.rel = 'stylesheet';
      fresh.href = h;
      document.head.appendChild(fresh);
    });
  }

  function body(doc) {
    var x = scrollX, y = scrollY;
    var open = Array.from(document.querySelectorAll('details[open]')).map(path);
    var next = document.adoptNode(doc.body);
    Array.from(next.querySelectorAll('script')).forEach(function (s) {
      if (s.getAttribute('src') === '/_live/live.js') return s.remove(); // this script goes on
      var fresh = document.createElement('script'); // one that was parsed elsewhere does not run
      Array.from(s.attributes).forEach(function (a) { fresh.setAttribute(a.name, a.value); });
      fresh.textContent = s.textContent;
      fresh.async = false;
      s.replaceWith(fresh);
    });
    document.body.replaceWith(next);
    open.forEach(function (p) {
      var d = document.querySelector(p);
      if (d) d.open = true;
    });
    scrollTo({ left: x, top: y, behavior: 'instant' });
  }

  function path(el) {
    var parts = [];
    for (; el && el !== document.documentElement; el = el.parentElement) {
      parts.unshift(el.tagName + ':nth-child(' + (Array.from(el.parentElement.children).indexOf(el) + 1) + ')');
    }
    return parts.join('>');
  }

  function update() {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    source().then(function (html) {
      html = without(html);
      if (html !== base) {
        var doc = new DOMParser().parseFromString(html, 'text/html');
        var was = base && new DOMParser().parseFromString(base, 'text/html');
        styles(doc);
        document.title = doc.title;
        if (!was || was.body.innerHTML !== doc.body.innerHTML) body(doc);
        base = html;
      }
      return findings();
    }).catch(function () { /* the server is gone; it will be heard of again */ }).then(function () {
      busy = false;
      if (again) {
        again = false;
        update();
      }
    });
  }

  // What is wrong lies in a shadow tree, so that neither side's styles reach the other.
  var words = {
    zh: { errors: '处要改', warnings: '处提醒', fine: '都改好了', close: '收起', studio: '工作台' },
    en: { errors: ' to mend', warnings: ' to look at', fine: 'all is well', close: 'Hide', studio: 'Studio' }
  };
  var host = null, shut = false, shown = 0;

  function element(tag, cls, text) {
    var e = document.createElement(tag);
    if (cls) e.className = cls;
    if (text) e.textContent = text;
    return e;
  }

  function findings() {
    return fetch('/_live/findings', { cache: 'no-store' }).then(function (r) { return r.json(); }).then(function (f) {
      var w = words[f.lang] || words.zh;
      var errors = f.list.filter(function (x) { return x.severity === 'error'; }).length;
      if (host) host.remove();
      host = null;
      if (!f.list.length) {
        shut = false;
        shown = 0;
        return;
      }
      if (errors > shown) shut = false;
      shown = errors;
      host = element('div');
      host.id = 'mingdeng-findings';
      var root = host.attachShadow({ mode: 'open' });
      var sheet = element('link');
      sheet.rel = 'stylesheet';
      sheet.href = '/_live/live.css';
      root.appendChild(sheet);
      var box = element('section', errors ? 'errors' : 'warnings');
      box.setAttribute('role', 'alert');
      box.lang = f.lang;
      var head = element('header');
      var toggle = element('button', '', errors ? errors + w.errors : f.list.length + w.warnings);
      toggle.type = 'button';
      head.appendChild(toggle);
      var studio = element('a', '', w.studio);
      studio.href = '/_studio/#findings';
      head.appendChild(studio);
      box.appendChild(head);
      var list = element('ol');
      f.list.forEach(function (x) {
        var li = element('li', x.severity);
        li.appendChild(element('code', 'place', x.place));
        li.appendChild(element('p', 'message', x.message));
        if (x.excerpt) li.appendChild(element('pre', '', x.excerpt));
        if (x.hint) li.appendChild(element('p', 'hint', x.hint));
        if (x.fix) li.appendChild(element('pre', 'fix', x.fix));
        list.appendChild(li);
      });
      box.appendChild(list);
      var open = errors && !shut;
      list.hidden = !open;
      toggle.setAttribute('aria-expanded', String(!!open));
      toggle.onclick = function () {
        list.hidden = !list.hidden;
        shut = list.hidden;
        toggle.setAttribute('aria-expanded', String(!list.hidden));
      };
      root.appendChild(box);
      document.documentElement.appendChild(host);
    });
  }

  source().then(function (html) { if (base === null) base = without(html); });
  findings().catch(function () {});
  var events = new EventSource('/_live/events');
  events.onmessage = function (e) {
    if (e.data === version) return;
    version = e.data;
    update();
  };
  addEventListener('pagehide', function () { events.close(); });
})();
