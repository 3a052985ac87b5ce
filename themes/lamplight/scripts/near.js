// Where am I near? Only when it is tapped the phone is asked where it is; the list is then
// sorted here. Nothing is sent.
(function () {
  'use strict';
  var button = document.getElementById('near'), list = document.getElementById('rows');
  if (!button || !list) return;
  var status = button.parentNode.querySelector('[role=status]'), say = button.dataset;

  function away(a, b) { // metres along a great circle
    var rad = Math.PI / 180;
    var h = Math.pow(Math.sin((b[0] - a[0]) * rad / 2), 2) + Math.cos(a[0] * rad) * Math.cos(b[0] * rad) * Math.pow(Math.sin((b[1] - a[1]) * rad / 2), 2);
    return 2 * 6371000 * Math.asin(Math.sqrt(Math.min(1, h)));
  }

  function words(m) {
    if (m < 975) return say.metres.replace('{0}', Math.max(50, Math.round(m / 50) * 50));
    return say.kilometres.replace('{0}', m < 1e4 ? Math.round(m / 100) / 10 : Math.round(m / 1000));
  }

  function sort(here) {
    var rows = Array.prototype.slice.call(list.children).map(function (li, i) {
      var at = li.dataset.at && li.dataset.at.split(',').map(Number);
      return { li: li, i: i, far: at ? away(here, at) : Infinity };
    });
    rows.sort(function (a, b) { return a.far === b.far ? a.i - b.i : a.far - b.far; });
    rows.forEach(function (r) {
      if (r.far < Infinity) {
        var s = r.li.querySelector('.away');
        if (!s) {
          s = document.createElement('span');
          s.className = 'meta away';
          r.li.appendChild(s);
        }
        s.textContent = words(r.far);
      }
      list.appendChild(r.li);
    });
  }

  button.addEventListener('click', function () {
    if (!navigator.geolocation) {
      status.textContent = say.refused;
      return;
    }
    status.textContent = say.asking;
    navigator.geolocation.getCurrentPosition(function (p) {
      sort([p.coords.latitude, p.coords.longitude]);
      status.textContent = say.done;
    }, function () { status.textContent = say.refused; }, { maximumAge: 600000, timeout: 20000 });
  });
})();
