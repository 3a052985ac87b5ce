// A chapter: how far one has read, vertical setting as a reader's choice, and the place
// where one stopped. Both are kept in this browser alone and sent nowhere; where nothing
// can be kept (private windows), all works for this visit.
(function () {
  'use strict';
  var leaf = document.getElementById('leaf'), text = document.getElementById('text');
  if (!leaf || !text) return;
  var root = document.documentElement, bar = document.getElementById('progress');
  var toggle = document.getElementById('vertical'), resume = document.getElementById('resume');
  var PLACES = 'mingdeng.places', VERTICAL = 'mingdeng.vertical', KEPT = 40;
  var own = toggle && toggle.textContent; // its word where the lines run across
  var drawn = window.CSS && CSS.supports && CSS.supports('animation-timeline: scroll()');

  function load(key) { try { return localStorage.getItem(key); } catch (e) { return null; } }
  function save(key, value) { try { localStorage.setItem(key, value); } catch (e) { /* full or barred */ } }
  function upright() { return root.classList.contains('vertical'); }

  // The place is a paragraph, counted: it outlasts another width, size or setting.
  var parts = Array.prototype.slice.call(text.children);
  function place() {
    var edge = upright() ? leaf.getBoundingClientRect().right : 0;
    for (var i = 0; i < parts.length; i++) {
      var r = parts[i].getBoundingClientRect();
      // A line that is all but gone has been read.
      if (upright() ? r.left < edge - 32 : r.bottom > edge + 32) return i;
    }
    return parts.length;
  }
  function to(i) {
    var at = parts[i].getBoundingClientRect();
    if (upright()) leaf.scrollLeft += at.right - leaf.getBoundingClientRect().right + 16;
    else window.scrollTo(0, window.pageYOffset + at.top - 24);
  }
  function share() {
    if (upright()) {
      var wide = leaf.scrollWidth - leaf.clientWidth;
      return wide > 0 ? Math.min(1, Math.abs(leaf.scrollLeft) / wide) : 1;
    }
    var high = root.scrollHeight - root.clientHeight;
    return high > 0 ? Math.min(1, window.pageYOffset / high) : 1;
  }

  function places() {
    try { return JSON.parse(load(PLACES)) || {}; } catch (e) { return {}; }
  }
  function keep() {
    var all = places(), here = location.pathname, at = place();
    // Nothing to come back to at the beginning, or once the last lines were seen.
    var last = parts.length && parts[parts.length - 1].getBoundingClientRect();
    var done = upright() ? share() > .98 : last && last.bottom < root.clientHeight;
    delete all[here];
    if (at > 0 && !done) all[here] = at; // set anew: the latest is the last key
    var keys = Object.keys(all);
    keys.slice(0, Math.max(0, keys.length - KEPT)).forEach(function (k) { delete all[k]; });
    save(PLACES, JSON.stringify(all));
  }

  var waiting = false, since = 0;
  function scrolled() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(function () {
      waiting = false;
      if (bar && (upright() || !drawn)) bar.style.transform = 'scaleX(' + share() + ')';
      if (!resume.hidden && place() >= +resume.dataset.at) resume.hidden = true;
      clearTimeout(since);
      since = setTimeout(function () { if (resume.hidden) keep(); }, 400);
    });
  }
  window.addEventListener('scroll', scrolled, { passive: true });
  leaf.addEventListener('scroll', scrolled, { passive: true });
  window.addEventListener('pagehide', function () { if (resume.hidden) keep(); });

  // Figures of one or two digits stand upright in a column, as one character: 3, 12. Longer
  // ones lie on their side. They are marked the first time they are needed.
  function figures() {
    figures = function () { /* once */ };
    var walk = document.createTreeWalker(leaf, NodeFilter.SHOW_TEXT), found = [], n;
    while ((n = walk.nextNode())) if (/\d/.test(n.data) && !n.parentNode.closest('button, code, pre, table')) found.push(n);
    found.forEach(function (text) {
      var m, last = 0, out = document.createDocumentFragment(), parts = /(^|[^\dA-Za-z.,%])(\d{1,2})(?![\dA-Za-z.,%])/g;
      while ((m = parts.exec(text.data))) {
        var at = m.index + m[1].length, span = document.createElement('span');
        span.className = 'tcy';
        span.textContent = m[2];
        out.appendChild(document.createTextNode(text.data.slice(last, at)));
        out.appendChild(span);
        last = at + m[2].length;
      }
      if (!last) return;
      out.appendChild(document.createTextNode(text.data.slice(last)));
      text.parentNode.replaceChild(out, text);
    });
  }

  function set(on, stay) {
    var at = stay ? place() : 0;
    root.classList.toggle('vertical', on);
    if (toggle) toggle.textContent = on ? toggle.dataset.other : own;
    if (on) {
      figures();
      leaf.tabIndex = 0; // so that the arrow keys turn it
      leaf.setAttribute('role', 'region');
      leaf.setAttribute('aria-label', document.querySelector('h1').textContent);
    } else {
      leaf.removeAttribute('tabindex');
      leaf.removeAttribute('role');
      leaf.removeAttribute('aria-label');
    }
    if (bar) bar.style.transform = '';
    if (stay && at > 0 && at < parts.length) to(at);
    scrolled();
  }
  if (toggle) {
    toggle.hidden = false;
    toggle.addEventListener('click', function () {
      var on = !upright();
      set(on, true);
      if (on) leaf.scrollIntoView({ block: 'nearest' });
      save(VERTICAL, on ? '1' : '');
    });
    if (load(VERTICAL) === '1') set(true, false);
  }
  // A wheel turns the leaf sideways until its end, then the page goes on.
  leaf.addEventListener('wheel', function (e) {
    if (!upright() || e.ctrlKey || Math.abs(e.deltaX) > Math.abs(e.deltaY)) return;
    var before = leaf.scrollLeft;
    leaf.scrollLeft -= e.deltaY;
    if (leaf.scrollLeft !== before) e.preventDefault();
  }, { passive: false });

  var was = places()[location.pathname];
  if (was > 0 && was < parts.length && !location.hash) {
    resume.dataset.at = was;
    resume.hidden = false;
    resume.firstChild.addEventListener('click', function () {
      resume.hidden = true;
      to(was);
    });
    resume.lastChild.addEventListener('click', function () {
      resume.hidden = true;
      keep();
    });
  }
})();
