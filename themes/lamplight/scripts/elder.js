// 关怀版: large type, the strongest contrast, one column. One tap, remembered on this
// phone alone. It stands in first.js, which runs before anything is painted: a page
// must not be shown small and then jump. Also says to the style sheet that scripts run.
(function () {
  'use strict';
  var root = document.documentElement;

  // Storage may be forbidden: then the choice lasts for the page.
  function remembered() {
    try { return localStorage.getItem('elder') === '1'; } catch (e) { return root.classList.contains('elder'); }
  }

  function show(on) {
    root.classList.toggle('elder', on);
    [].forEach.call(document.querySelectorAll('[data-elder]'), function (b) { b.setAttribute('aria-pressed', String(on)); });
  }

  function again() { show(remembered()); }

  root.classList.add('js');
  again();
  document.addEventListener('DOMContentLoaded', again);
  window.addEventListener('pageshow', again); // a page kept while another changed its mind
  document.addEventListener('click', function (e) {
    var button = e.target.closest('[data-elder]');
    if (!button) return;
    var on = !root.classList.contains('elder');
    try { localStorage.setItem('elder', on ? '1' : '0'); } catch (e) { /* lasts for the page */ }
    show(on);
    button.scrollIntoView({ block: 'nearest' });
  });
})();
