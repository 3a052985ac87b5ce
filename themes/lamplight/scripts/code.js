// The box a plaque's code is typed into, and the page for addresses that do not
// exist: both fold what people type (lower case, O for 0, I and L for 1, spaces) and
// lead to the code's page. ES2018 at most: old phones stand in parks too.
(function () {
  'use strict';
  var data = document.getElementById('codes');
  if (!data) return;
  var site = JSON.parse(data.textContent);
  var codes = site.codes;

  function fold(s) {
    return s.normalize('NFKC').toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1').replace(/[^0-9A-Z]/g, '');
  }

  // One slip away: another character, two neighbours or next-but-one swapped.
  function near(typed, code) {
    if (typed.length !== code.length) {
      return Math.abs(typed.length - code.length) === 1 && within(typed.length < code.length ? typed : code, typed.length < code.length ? code : typed);
    }
    var diff = [];
    for (var i = 0; i < code.length; i++) if (typed[i] !== code[i]) diff.push(i);
    if (diff.length === 1) return true;
    return diff.length === 2 && diff[1] - diff[0] <= 2 && typed[diff[0]] === code[diff[1]] && typed[diff[1]] === code[diff[0]];
  }

  // short is long with one character left out.
  function within(short, long) {
    for (var i = 0; i < long.length; i++) if (long.slice(0, i) + long.slice(i + 1) === short) return true;
    return false;
  }

  function page(code) { return site.root + 'Q/' + code + '/'; }

  // On the page for what does not exist: /q/7k3f, /Q/7K3F without its slash.
  var typed = location.pathname.slice(site.root.length).match(/^q\/+([^/]+)\/*$/i);
  if (typed && data.hasAttribute('data-missing')) {
    var wanted = fold(decodeURIComponent(typed[1]));
    if (codes.indexOf(wanted) >= 0) {
      location.replace(page(wanted));
      return;
    }
  }

  var form = document.getElementById('code-form');
  if (!form) return;
  var input = form.elements.code, say = document.getElementById('code-say');
  form.hidden = false;
  if (typed) input.value = fold(decodeURIComponent(typed[1]));

  function suggest(code) {
    say.textContent = '';
    var like = codes.filter(function (c) { return near(code, c); });
    var p = document.createElement('p');
    p.textContent = like.length ? form.dataset.near : form.dataset.none;
    say.appendChild(p);
    like.slice(0, 6).forEach(function (c) {
      var a = document.createElement('a');
      a.href = page(c);
      a.textContent = c;
      a.className = 'code';
      say.appendChild(a);
    });
  }

  function go() {
    var code = fold(input.value);
    if (codes.indexOf(code) >= 0) location.href = page(code);
    else suggest(code);
  }

  form.addEventListener('submit', function (e) {
    e.preventDefault();
    go();
  });

  // The home page sends what was typed there along.
  var sent = location.search.match(/[?&]code=([^&]*)/);
  if (sent && !typed) {
    input.value = decodeURIComponent(sent[1].replace(/\+/g, ' '));
    go();
  }
})();
