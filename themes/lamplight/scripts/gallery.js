// Pictures open large, over the page. Each is a link to its widest form and stays one:
// without this script, or with a modifier key, the browser shows the file.
//
// Keys: arrows, Home and End, Escape; Tab stays within. A finger's swipe turns on and
// back, one downwards closes, as does the browser's way back. A page that was enlarged
// with two fingers is not turned by moving about in it.
(function () {
  'use strict';
  var me = document.currentScript, words = me ? me.dataset : {};
  var links = [].slice.call(document.querySelectorAll('a.enlarge'));
  if (!links.length || !history.pushState || !me) return;
  var root = document.documentElement, at = 0, from = null;

  // What is below the fold is fetched once the page stands, so that it is there when the
  // page is printed: browsers do not fetch it for that.
  if (!(navigator.connection && navigator.connection.saveData)) {
    [].forEach.call(document.querySelectorAll('img[loading=lazy]:not([hidden])'), function (i) {
      i.fetchPriority = 'low';
      i.loading = 'eager';
    });
  }

  function element(tag, cls, parent) {
    var n = document.createElement(tag);
    n.className = cls;
    if (parent) parent.appendChild(n);
    return n;
  }
  function button(cls, word, sign, act) {
    var b = element('button', cls, view);
    b.type = 'button';
    b.setAttribute('aria-label', word);
    b.textContent = sign;
    b.addEventListener('click', act);
    return b;
  }

  var view = element('div', 'viewer'), figure = element('figure', '', view);
  var holder = element('div', 'viewer-picture', figure), caption = element('figcaption', '', figure);
  view.tabIndex = -1;
  view.setAttribute('role', 'dialog');
  view.setAttribute('aria-modal', 'true');
  view.setAttribute('aria-label', words.label);
  caption.setAttribute('aria-live', 'polite');
  var back = button('viewer-prev', words.prev, '‹', function () { turn(-1); });
  var on = button('viewer-next', words.next, '›', function () { turn(1); });
  button('viewer-close', words.close, '×', leave);
  back.hidden = on.hidden = links.length < 2;

  function show(i) {
    at = (i + links.length) % links.length;
    var small = links[at].querySelector('img'), img = new Image();
    img.alt = small.alt;
    if (small.srcset) {
      img.sizes = '100vw';
      img.srcset = small.srcset;
    }
    img.src = links[at].href;
    holder.textContent = '';
    holder.appendChild(img);
    var said = links[at].parentNode.querySelector('figcaption');
    caption.textContent = '';
    if (said) [].forEach.call(said.childNodes, function (n) { caption.appendChild(n.cloneNode(true)); });
    if (links.length > 1) element('small', 'viewer-count', caption).textContent = (at + 1) + ' / ' + links.length;
  }
  function turn(step) { show(at + step); }

  function open(i) {
    from = links[i];
    show(i);
    document.body.appendChild(view);
    root.classList.add('viewing');
    history.pushState({ picture: true }, '');
    view.focus(); // not a button: the return key that opened it would press that
  }
  function leave() {
    if (history.state && history.state.picture) history.back(); // shut follows
    else shut();
  }
  function shut() {
    if (!view.parentNode) return;
    document.body.removeChild(view);
    root.classList.remove('viewing');
    var to = links[at] || from;
    to.focus(); // scrolls there too
  }
  window.addEventListener('popstate', shut);

  links.forEach(function (a, i) {
    a.addEventListener('click', function (e) {
      if (e.defaultPrevented || e.button || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return;
      e.preventDefault();
      open(i);
    });
  });

  view.addEventListener('keydown', function (e) {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    if (e.key === 'Escape') leave();
    else if (e.key === 'ArrowRight') turn(1);
    else if (e.key === 'ArrowLeft') turn(-1);
    else if (e.key === 'Home') show(0);
    else if (e.key === 'End') show(links.length - 1);
    else if (e.key === 'Tab') {
      var stops = [].filter.call(view.querySelectorAll('button, a[href]'), function (n) { return !n.hidden; });
      var i = stops.indexOf(document.activeElement) + (e.shiftKey ? -1 : 1);
      stops[(i + stops.length) % stops.length].focus();
    } else return;
    e.preventDefault();
  });
  view.addEventListener('click', function (e) {
    if (e.target === view || e.target === holder) leave(); // beside the picture
  });

  var start = null;
  view.addEventListener('touchstart', function (e) {
    start = e.touches.length === 1 ? e.touches[0] : null;
  }, { passive: true });
  view.addEventListener('touchend', function (e) {
    var end = e.changedTouches[0];
    if (!start || e.touches.length || window.visualViewport && visualViewport.scale > 1.05) return;
    var x = end.clientX - start.clientX, y = end.clientY - start.clientY;
    start = null;
    if (Math.abs(x) > 45 && Math.abs(x) > 1.5 * Math.abs(y)) {
      if (links.length > 1) turn(x < 0 ? 1 : -1);
    } else if (y > 90 && y > 1.5 * Math.abs(x)) leave();
  }, { passive: true });
})();
