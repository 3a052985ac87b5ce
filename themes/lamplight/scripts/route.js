// The route of a venue as it is walked (walk.js): the next stop glows and stands on top;
// when all were opened the whole route is lit.
(function () {
  'use strict';
  var box = document.querySelector('[data-walk]'), go = box && box.querySelector('[data-go]');
  if (!go) return;
  var rows = [].slice.call(box.querySelectorAll('ol.stops li')), text = go.textContent, href = go.getAttribute('href');
  var whole = box.querySelector('.whole .ground'), over = box.querySelector('.whole .lamps');

  function to(el) { return (el.matches('a') ? el : el.querySelector('a')).getAttribute('href'); }
  function name(href) { return href.split('/').slice(-2)[0]; }
  function view(svg) { return svg.getAttribute('viewBox').split(' ').map(Number); }

  // The lamps of the stretches, put on the whole plan, where they are too small to be links.
  [].forEach.call(box.querySelectorAll('.stretch .lamp'), function (a) {
    var part = view(a.parentNode.parentNode.querySelector('.ground')), size = view(whole), lamp = a.firstChild.cloneNode(true);
    ['x', 'y'].forEach(function (k, i) {
      lamp.setAttribute(k, (part[i] + part[i + 2] * parseFloat(lamp.getAttribute(k)) / 100) / size[i + 2] * 100 + '%');
    });
    lamp.setAttribute('class', 'lamp');
    lamp.setAttribute('data-at', name(to(a)));
    over.appendChild(lamp);
  });

  box.addEventListener('walk', function (e) {
    var walked = e.detail, names = rows.map(to).map(name), at = -1, next = null, some = false, i;
    walked.forEach(function (w) { // the latest of the route
      i = names.indexOf(w);
      if (i >= 0) { at = i; some = true; }
    });
    for (i = 1; i <= rows.length && !next; i++) if (walked.indexOf(names[(at + i) % rows.length]) < 0) next = rows[(at + i) % rows.length];
    [].forEach.call(box.querySelectorAll('.lamp'), function (l) {
      l.classList.toggle('next', !!next && (l.getAttribute('data-at') || name(to(l))) === name(to(next)));
    });
    go.textContent = !next ? go.getAttribute('data-all') : some ? go.getAttribute('data-go').replace('#', next.querySelector('.no').textContent) : text;
    if (next) go.setAttribute('href', some ? to(next) : href);
    else go.removeAttribute('href');
    box.classList.toggle('done', !next);
    ring(!next);
  });

  // The route in light, closed where it ends at its beginning.
  function ring(lit) {
    var route = whole && whole.querySelector('.route'), old = box.querySelector('.ring');
    if (old) old.parentNode.removeChild(old);
    if (!lit || !route) return;
    var glow = route.cloneNode(false);
    glow.setAttribute('class', 'ring');
    if (box.querySelector('[data-ring]')) glow.setAttribute('d', glow.getAttribute('d') + 'Z');
    route.parentNode.insertBefore(glow, route);
  }
})();
