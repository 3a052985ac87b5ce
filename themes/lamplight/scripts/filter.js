// The index of heroes narrows at once: by place, year, deed and honour together,
// without a reload. The filters are plain links and stay so: without this script, with
// a modifier key, or where the data cannot be had, they lead to the lists themselves.
//
// What is chosen stands in the address (#place=…&year=…), so the back button, a
// bookmark and a shared link all work. A list that stands whole on the page is narrowed
// from the page; one that is split is narrowed from the open data, loaded on the first
// choice. On the lists of one place, year or deed a choice leads to the index with both.
//
// A choice that would leave nobody is not offered. Where an address asks for one all the
// same (an old bookmark), the page says so and offers each choice less.
(function () {
  'use strict';
  var box = document.getElementById('filters');
  if (!box || !box.dataset.src || !history.pushState || !box.closest) return; // without data: too many people
  var names = document.getElementById('names');
  var total = document.getElementById('total');
  var clear = document.getElementById('clear');
  var letters = document.querySelector('.letters ul');
  var pager = document.querySelector('.pager');
  var index = box.dataset.index;
  var split = +box.dataset.pages > 1;
  var here = location.pathname === index;
  var rows = Array.prototype.slice.call(box.children).map(function (el) {
    var current = el.querySelector('[aria-current]');
    return { by: el.dataset.by, list: el.querySelector('ul'), fixed: current ? current.dataset.is : '' };
  });

  var people = null;

  function each(list, f) { Array.prototype.forEach.call(list, f); }
  function plain(e) { return !(e.defaultPrevented || e.button || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey); }

  function write(state) {
    var parts = rows.filter(function (r) { return state[r.by]; }).map(function (r) {
      return r.by + '=' + encodeURIComponent(state[r.by]);
    });
    return parts.length ? '#' + parts.join('&') : '';
  }

  function read(hash) {
    var state = {};
    hash.slice(1).split('&').forEach(function (part) {
      var at = part.indexOf('=');
      var by = part.slice(0, at);
      if (at > 0 && rows.some(function (r) { return r.by === by; })) {
        try { state[by] = decodeURIComponent(part.slice(at + 1)); } catch (e) { /* not ours */ }
      }
    });
    return state;
  }

  function empty(state) { return !write(state); }

  function fromPage() {
    var list = [];
    each(names.querySelectorAll('section'), function (s) {
      each(s.querySelectorAll('li'), function (li) {
        var d = li.dataset;
        list.push({ el: li, initial: s.querySelector('h2').textContent, place: d.place, year: d.year, deed: d.deed, honor: d.honor, member: d.member || '' });
      });
    });
    return list;
  }

  function fits(p, by, want) {
    if (!want) return true;
    if (by === 'place') return (p.place + '/').indexOf(want + '/') === 0;
    if (by === 'honor') return ('|' + p.honor + '|').indexOf('|' + want + '|') >= 0;
    return p[by] === want;
  }

  function match(p, state, but) {
    return rows.every(function (r) { return r.by === but || fits(p, r.by, state[r.by]); });
  }

  // Each choice tells how many it would leave; one that would leave nobody cannot be made.
  function count(r, state) {
    each(r.list.querySelectorAll('a'), function (a) {
      var want = a.dataset.is, small = a.parentNode.querySelector('small');
      var n = people.filter(function (p) { return match(p, state, r.by) && fits(p, r.by, want); }).length;
      if (small) small.textContent = n || '';
      var now = want === (state[r.by] || '');
      if (now) a.setAttribute('aria-current', 'true');
      else a.removeAttribute('aria-current');
      a.parentNode.className = now ? 'now' : '';
      if (!a.dataset.href) a.dataset.href = a.getAttribute('href');
      if (n || now) {
        a.href = a.dataset.href;
        a.removeAttribute('aria-disabled');
        a.removeAttribute('role');
      } else {
        a.removeAttribute('href');
        a.setAttribute('role', 'link');
        a.setAttribute('aria-disabled', 'true');
      }
    });
  }

  // On the lists of one place, year or deed, and on the later pages of the index: a choice
  // leads to the index, together with the one that made the list.
  if (!here) {
    var own = {};
    rows.forEach(function (r) { if (r.fixed) own[r.by] = r.fixed; });
    if (!empty(own)) {
      if (!split) people = fromPage(); // all whom the first choice leaves stand here
      rows.forEach(function (r) {
        if (r.fixed) return;
        if (people) count(r, own);
        else each(r.list.querySelectorAll('small'), function (n) { n.hidden = true; }); // they count without the first choice
      });
    }
    box.addEventListener('click', function (e) {
      var a = e.target.closest('a[data-is]');
      if (!a || !plain(e) || !a.href) return;
      var by = a.closest('[data-by]').dataset.by;
      if (!a.dataset.is || own[by]) return;
      e.preventDefault();
      var both = {};
      for (var k in own) both[k] = own[k];
      both[by] = a.dataset.is;
      location.href = index + write(both);
    });
    return;
  }

  var whole = { names: Array.prototype.slice.call(names.childNodes), letters: letters && Array.prototype.slice.call(letters.childNodes) };
  var shown = '';

  function fromData(data) {
    return data.heroes.map(function (h) {
      return {
        data: h, initial: h.initial, place: h.region.join('/'), year: (h.date || '').slice(0, 4),
        deed: h.deed || '', honor: (h.honors || []).join('|'), member: h.member || ''
      };
    });
  }

  function element(tag, cls, text) {
    var n = document.createElement(tag);
    if (cls) n.className = cls;
    if (text) n.textContent = text;
    return n;
  }

  function row(p) {
    if (p.el) return p.el;
    var li = p.el = element('li'), a = element('a', 'who' + (p.data.fallen ? ' fallen' : ''), p.data.name);
    a.href = new URL(p.data.url).pathname;
    [a, p.data.fallen ? element('span', 'unseen', total.dataset.fallen) : '', ' ', element('span', 'meta', p.place.split('/').pop()), ' ', element('span', 'meta year', p.year && total.dataset.year.replace('{0}', p.year))].forEach(function (x) {
      li.appendChild(typeof x === 'string' ? document.createTextNode(x) : x);
    });
    return li;
  }

  // What to do where nobody is left: each choice less, if that leaves somebody.
  function nobody(state) {
    var out = element('div', 'nobody'), ways = element('ul', 'plain');
    out.appendChild(element('p', '', total.dataset.none));
    rows.forEach(function (r) {
      if (!state[r.by]) return;
      var less = {};
      rows.forEach(function (x) { if (x !== r && state[x.by]) less[x.by] = state[x.by]; });
      var n = people.filter(function (p) { return match(p, less); }).length;
      if (!n) return;
      var known = r.items.filter(function (li) { return li.querySelector('a').dataset.is === state[r.by]; })[0];
      var word = known ? known.querySelector('a').textContent : state[r.by].split('/').pop();
      var li = element('li'), a = element('a', '', total.dataset.without.replace('{0}', word));
      a.href = write(less) || index;
      a.addEventListener('click', function (e) {
        if (!plain(e)) return;
        e.preventDefault();
        go(less, a.href);
      });
      li.appendChild(a);
      li.appendChild(element('small', '', ' ' + n));
      ways.appendChild(li);
    });
    out.appendChild(ways);
    return out;
  }

  function put(parent, nodes) {
    parent.textContent = '';
    nodes.forEach(function (n) { parent.appendChild(n); });
  }

  function show(found) {
    var sections = [], marks = [], list = null, last = null;
    found.forEach(function (p) {
      if (p.initial !== last) {
        var s = element('section'), h = element('h2', '', p.initial), li = element('li'), a = element('a', '', p.initial);
        last = p.initial;
        h.id = last === '#' ? 'other' : last.toLowerCase();
        s.setAttribute('aria-labelledby', h.id);
        list = element('ul');
        s.appendChild(h);
        s.appendChild(list);
        sections.push(s);
        a.href = '#' + h.id;
        li.appendChild(a);
        marks.push(li);
      }
      list.appendChild(row(p));
      list.appendChild(document.createTextNode('\n'));
    });
    put(names, sections);
    if (letters) put(letters, marks);
  }

  // Places open downwards: those above the chosen one, itself, those below it.
  function places(r, state) {
    var chosen = state.place ? state.place.split('/') : [], below = [], seen = {};
    if (chosen.length) {
      people.forEach(function (p) {
        var parts = p.place.split('/');
        if (!fits(p, 'place', state.place) || parts.length <= chosen.length) return;
        var path = parts.slice(0, chosen.length + 1).join('/');
        if (!seen[path]) below.push(path);
        seen[path] = (seen[path] || 0) + 1;
      });
      below.sort(function (a, b) { return seen[b] - seen[a]; });
    }
    var paths = chosen.map(function (_, i) { return chosen.slice(0, i + 1).join('/'); }).concat(below);
    put(r.list, chosen.length ? [r.items[0]].concat(paths.map(function (path) {
      var known = r.items.filter(function (li) { return li.querySelector('a').dataset.is === path; })[0];
      if (known) return known;
      var li = element('li'), a = element('a', '', path.split('/').pop());
      a.dataset.is = path;
      a.href = write({ place: path });
      li.appendChild(a);
      li.appendChild(document.createTextNode(' '));
      li.appendChild(element('small'));
      return li;
    })) : r.items);
  }

  function apply(state) {
    shown = write(state);
    var found = people.filter(function (p) { return match(p, state); }), none = empty(state);
    var focus = document.activeElement, value = focus && focus.dataset ? focus.dataset.is : null, by = focus && focus.closest && focus.closest('[data-by]');
    if (none && split) {
      put(names, whole.names);
      if (letters) put(letters, whole.letters);
    } else {
      show(found);
      if (!found.length) put(names, [nobody(state)]);
    }
    names.classList.toggle('none', !found.length);
    if (pager) pager.hidden = !none;
    clear.hidden = none;
    rows.forEach(function (r) {
      if (r.by === 'place') places(r, state);
      count(r, state);
    });
    if (by && value !== null && document.activeElement !== focus) {
      each(by.querySelectorAll('a'), function (a) { if (a.dataset.is === value) a.focus(); });
    }
    total.textContent = total.dataset.say.replace('{0}', found.length);
  }

  function ready(then, fail) {
    if (people) return then();
    rows.forEach(function (r) { r.items = Array.prototype.slice.call(r.list.children); });
    if (!split) {
      people = fromPage();
      return then();
    }
    names.setAttribute('aria-busy', 'true');
    fetch(box.dataset.src).then(function (r) {
      if (!r.ok) throw new Error(r.status);
      return r.json();
    }).then(function (data) {
      people = fromData(data);
      names.removeAttribute('aria-busy');
      then();
    }).catch(function () {
      names.removeAttribute('aria-busy');
      if (fail) fail();
    });
  }

  function go(state, href) {
    ready(function () {
      history.pushState(null, '', index + location.search + write(state));
      apply(state);
    }, function () { location.href = href; });
  }

  box.addEventListener('click', function (e) {
    var a = e.target.closest('a[data-is]');
    if (!a || !plain(e) || !a.href) return;
    e.preventDefault();
    var state = read(location.hash), by = a.closest('[data-by]').dataset.by;
    state[by] = a.dataset.is;
    go(state, a.href);
  });
  clear.addEventListener('click', function (e) {
    if (!plain(e)) return;
    e.preventDefault();
    go({}, index);
    var first = box.querySelector('a');
    if (first) first.focus();
  });
  // A letter is a way down the page and must not wipe out what is chosen.
  if (letters) letters.addEventListener('click', function (e) {
    var a = e.target.closest('a'), to = a && people && !empty(read(location.hash)) && document.getElementById(a.hash.slice(1));
    if (!to || !plain(e)) return;
    e.preventDefault();
    to.tabIndex = -1;
    to.scrollIntoView();
    to.focus();
  });
  function follow() {
    var state = read(location.hash);
    if (write(state) !== shown) ready(function () { apply(state); });
  }
  window.addEventListener('popstate', follow);
  follow();
})();
