// The search page: results while one types, a list of suggestions below the field
// (the combobox of the ARIA Authoring Practices), and all of it in the address.
(function () {
  'use strict';
  var lamp = window.mingdeng, data = document.getElementById('search-data');
  if (!data || !window.fetch || !window.Promise) return;
  var PAGE = 8, SUGGESTED = 6, PAUSE = 250;
  var shape = JSON.parse(data.textContent), words = shape.words;
  var finder = new lamp.Finder(shape, PAGE);
  lamp.finder = finder;

  var form = document.getElementById('search'), input = form.elements.q;
  var list = document.getElementById('suggestions'), count = document.getElementById('count');
  var results = document.getElementById('results'), wait = 0, asked = 0;
  var names = ['place', 'year', 'deed'].filter(function (n) { return form.elements[n]; });
  document.getElementById('narrow').hidden = !names.length;

  function filters() {
    var out = {};
    names.forEach(function (n) { out[n] = form.elements[n].value; });
    return out;
  }

  // The address holds the question, so that it can be kept, sent and gone back to.
  function address() {
    var parts = [['q', input.value.trim()]].concat(names.map(function (n) { return [n, form.elements[n].value]; }));
    var query = parts.filter(function (p) { return p[1]; }).map(function (p) { return p[0] + '=' + encodeURIComponent(p[1]); }).join('&');
    return location.pathname + (query ? '?' + query : '');
  }
  function restore() {
    var sent = {};
    location.search.slice(1).split('&').forEach(function (part) {
      var at = part.indexOf('=');
      try {
        if (at > 0) sent[part.slice(0, at)] = decodeURIComponent(part.slice(at + 1).replace(/\+/g, ' '));
      } catch (e) { /* an address that somebody cut off */ }
    });
    input.value = sent.q || '';
    names.forEach(function (n) {
      form.elements[n].value = sent[n] || '';
      if (form.elements[n].selectedIndex < 0) form.elements[n].value = '';
    });
  }

  function element(name, className, text) {
    var e = document.createElement(name);
    if (className) e.className = className;
    if (text) e.textContent = text;
    return e;
  }
  function put(template, value) { return template.replace(/\{[nq]\}/, function () { return value; }); }

  // lit writes s from one place to another into e, with the word lit wherever it stands.
  function lit(e, s, simple, word, from, to) {
    var places = [], folded = lamp.fold(s, simple, places), at = from;
    for (var i = word ? folded.indexOf(word) : -1; i >= 0; i = folded.indexOf(word, i + word.length)) {
      var start = places[i], end = places[i + word.length];
      if (end <= at || start >= to) continue;
      e.appendChild(document.createTextNode(s.slice(at, Math.max(start, at))));
      e.appendChild(element('mark', '', s.slice(Math.max(start, at), Math.min(end, to))));
      at = Math.min(end, to);
    }
    e.appendChild(document.createTextNode(s.slice(at, to)));
    return e;
  }

  // snippet is the words around the first match in a text.
  function snippet(doc, word) {
    var p = element('p', 'snippet'), places = [], s = doc.text;
    var i = word ? lamp.fold(s, doc.simple, places).indexOf(word) : -1;
    if (i < 0) return lit(p, doc.lead, doc.simple, word, 0, doc.lead.length);
    var hit = places[i], start = s.lastIndexOf('\n', hit) + 1, end = s.indexOf('\n', places[i + word.length]);
    if (end < 0) end = s.length;
    if (hit - start > 30) { // begin with a sentence if one begins nearby
      var near = s.slice(hit - 30, hit).search(/[。！？；][^。！？；]*$/);
      start = near < 0 ? hit - 20 : hit - 30 + near + 1;
      if (/[\udc00-\udfff]/.test(s[start])) start++;
    }
    var stop = Math.min(end, start + 100);
    if (/[\udc00-\udfff]/.test(s[stop] || '')) stop++;
    lit(p, s, doc.simple, word, start, stop);
    if (stop < end) p.appendChild(document.createTextNode('…'));
    return p;
  }

  function hit(doc, word) {
    var li = element('li'), a = element('a');
    a.href = shape.root + doc.address;
    li.appendChild(lit(a, doc.title, doc.simple, word, 0, doc.title.length));
    var other = doc.names.filter(function (n) { return word && lamp.fold(n, doc.simple).indexOf(word) >= 0; });
    var note = element('p', 'meta', doc.note);
    if (other.length) {
      note.appendChild(document.createTextNode(doc.note ? ' · ' : ''));
      lit(note, other[0], doc.simple, word, 0, other[0].length);
    }
    li.appendChild(note);
    li.appendChild(snippet(doc, word));
    return li;
  }

  // more shows the next results, and a button for those after them.
  function more(ol, found, at, turn) {
    var next = found.slots.slice(at, at + PAGE);
    return Promise.all(next.map(finder.doc)).then(function (docs) {
      if (turn !== asked) return;
      docs.forEach(function (d) {
        if (!found.most || lamp.holds(d, found.word)) ol.appendChild(hit(d, found.read ? '' : found.word));
      });
      if (at + PAGE >= found.slots.length) return;
      var button = element('button', 'more', words.more);
      button.type = 'button';
      results.appendChild(button);
      function on() {
        if (!button.parentNode) return;
        var focused = document.activeElement === button, from = ol.children.length;
        results.removeChild(button);
        more(ol, found, at + PAGE, turn).then(function () {
          var first = ol.children[from];
          if (focused && first) first.querySelector('a').focus();
        }).catch(failed);
      }
      button.addEventListener('click', on);
      if (window.IntersectionObserver) { // who scrolls so far wants them
        var watch = new IntersectionObserver(function (seen) {
          if (seen.some(function (s) { return s.isIntersecting; })) {
            watch.disconnect();
            on();
          }
        });
        watch.observe(button);
      }
    });
  }

  function failed() {
    count.textContent = words.failed;
  }

  function run(suggest) {
    var turn = ++asked, typed = input.value, chosen = filters();
    var any = typed.trim() || names.some(function (n) { return chosen[n]; });
    if (!any) {
      count.textContent = results.textContent = '';
      close();
      return Promise.resolve();
    }
    results.setAttribute('aria-busy', 'true');
    return finder.find(typed, chosen).then(function (found) {
      if (turn !== asked) return;
      var ol = element('ol', 'hits'), total = found.slots.length + (found.plaque ? 1 : 0);
      if (found.plaque) {
        var li = element('li', 'plaque'), a = element('a', '', put(words.plaque, found.plaque));
        a.href = shape.root + 'Q/' + found.plaque + '/';
        li.appendChild(a);
        ol.appendChild(li);
      }
      var extra = found.read ? [] : found.sounds.slice(0, SUGGESTED);
      return Promise.all([
        Promise.all(extra.map(finder.doc)), suggest ? Promise.all(found.slots.slice(0, Math.min(found.titles, SUGGESTED)).map(finder.doc)) : []
      ]).then(function (docs) {
        if (turn !== asked) return;
        results.textContent = '';
        results.appendChild(ol);
        return more(ol, found, 0, turn).then(function () {
          if (turn !== asked) return;
          count.textContent = total ? put(found.most ? words.most : words.count, total) : put(words.none, typed.trim());
          if (found.read) count.textContent += ' · ' + words.sound;
          results.removeAttribute('aria-busy');
          if (suggest) open(docs[1].concat(docs[0]), typed);
        });
      });
    }).catch(function () {
      if (turn === asked) {
        results.removeAttribute('aria-busy');
        failed();
      }
    });
  }

  // The list of suggestions.
  var active = -1;
  input.setAttribute('role', 'combobox');
  input.setAttribute('aria-autocomplete', 'list');
  input.setAttribute('aria-expanded', 'false');
  input.setAttribute('aria-controls', list.id);

  function close() {
    list.hidden = true;
    list.textContent = '';
    active = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  }

  function open(docs, typed) {
    close();
    if (document.activeElement !== input || input.value !== typed) return;
    var offered = {}, word = lamp.fold(typed).trim();
    function offer(text, note, choose) {
      if (offered[text + note] || list.children.length >= SUGGESTED + 2) return;
      offered[text + note] = true;
      var li = element('li');
      li.id = 'suggestion-' + list.children.length;
      li.setAttribute('role', 'option');
      li.setAttribute('aria-selected', 'false');
      li.appendChild(lit(element('span'), text, null, word, 0, text.length));
      if (note) li.appendChild(element('small', '', note));
      li.addEventListener('mousedown', function (e) { e.preventDefault(); }); // the field keeps the focus
      li.addEventListener('click', choose);
      list.appendChild(li);
    }
    docs.forEach(function (d) {
      if (list.children.length < SUGGESTED && d.title !== typed.trim()) {
        offer(d.title, d.note, function () {
          input.value = d.title;
          submit();
        });
      }
    });
    names.forEach(function (n) { // a place, year or deed by its name
      var options = form.elements[n].options, label = form.elements[n].getAttribute('aria-label');
      for (var i = 1; i < options.length; i++) {
        var text = options[i].text.trim();
        if (word.length > 1 && lamp.fold(text).indexOf(word) >= 0) offer(text, label, choice(n, i));
      }
    });
    if (!list.children.length) return;
    list.hidden = false;
    input.setAttribute('aria-expanded', 'true');
  }

  function choice(name, i) {
    return function () {
      form.elements[name].selectedIndex = i;
      input.value = '';
      submit();
    };
  }

  function move(to) {
    var options = list.children;
    if (options[active]) options[active].setAttribute('aria-selected', 'false');
    active = to < -1 ? options.length - 1 : to >= options.length ? -1 : to;
    if (active < 0) {
      input.removeAttribute('aria-activedescendant');
      return;
    }
    options[active].setAttribute('aria-selected', 'true');
    input.setAttribute('aria-activedescendant', options[active].id);
    options[active].scrollIntoView({ block: 'nearest' });
  }

  function submit() {
    clearTimeout(wait);
    close();
    var to = address();
    if (to !== location.pathname + location.search) history.pushState(null, '', to);
    return run(false);
  }

  var composing = false;
  input.addEventListener('compositionstart', function () { composing = true; });
  input.addEventListener('compositionend', function () {
    composing = false;
    later();
  });
  function later() {
    clearTimeout(wait);
    if (composing) return;
    wait = setTimeout(function () {
      history.replaceState(null, '', address());
      run(true);
    }, PAUSE);
  }
  input.addEventListener('input', later);
  input.addEventListener('keydown', function (e) {
    if (composing || e.isComposing || e.keyCode === 229) return; // keys that the input method takes
    var shown = !list.hidden;
    if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
      if (shown) move(active + (e.key === 'ArrowDown' ? 1 : -1));
      else if (input.value.trim()) run(true);
    } else if (e.key === 'Enter' && shown && active >= 0) {
      list.children[active].click();
    } else if (e.key === 'Escape' && shown) {
      close();
    } else {
      return;
    }
    e.preventDefault();
  });
  input.addEventListener('blur', close);
  form.addEventListener('submit', function (e) {
    e.preventDefault();
    submit();
  });
  names.forEach(function (n) { form.elements[n].addEventListener('change', submit); });
  window.addEventListener('popstate', function () {
    restore();
    close();
    run(false);
  });

  restore();
  run(false);
})();
