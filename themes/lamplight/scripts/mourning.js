// The site turns grey on days of mourning: those of <html data-mourning="2026-12-13 …">,
// by the visitor's own calendar, so that no build is needed at midnight.
(function () {
  'use strict';
  var root = document.documentElement, days = root.getAttribute('data-mourning');
  if (!days) return;

  function two(n) { return (n < 10 ? '0' : '') + n; }

  function look() {
    var now = new Date(), today = now.getFullYear() + '-' + two(now.getMonth() + 1) + '-' + two(now.getDate());
    root.classList.toggle('mourning', days.split(' ').indexOf(today) >= 0);
  }

  look();
  document.addEventListener('visibilitychange', look); // a page left open overnight
})();
