// Whose deed was on this day: the reader's own date picks from the file of its month. On a
// day without one it is the last before it. The place is kept in the page, so nothing moves.
(function () {
  'use strict';
  var box = document.getElementById('day'), now = new Date();
  if (!box || !window.fetch) return;
  fetch(box.dataset.src + (now.getMonth() + 1) + '.json').then(function (r) { return r.json(); }).then(function (m) {
    var found = m.before;
    m.days.forEach(function (d) { if (d.day <= now.getDate()) found = d; });
    if (!found) return;
    var today = m.days.indexOf(found) >= 0 && found.day === now.getDate();
    var when = box.querySelector('.meta'), who = box.querySelector('.on');
    var day = document.createElement('a');
    day.href = found.url;
    day.textContent = today ? found.on : box.dataset.last.replace('{0}', found.on);
    when.textContent = '';
    when.appendChild(day);
    who.textContent = '';
    found.people.forEach(function (p) {
      var a = document.createElement('a'), y = document.createElement('span');
      a.href = p.url;
      a.textContent = p.name;
      y.className = 'meta';
      y.textContent = p.year;
      [a, document.createTextNode(' '), y, document.createTextNode(' ')].forEach(function (n) { who.appendChild(n); });
    });
    if (found.more) {
      var all = document.createElement('a');
      all.href = found.url;
      all.textContent = '+' + found.more;
      who.appendChild(all);
    }
  }).catch(function () { /* the link to all days stays */ });
})();
