// Narrows the list of records while one types.
(function () {
  'use strict';
  var q = document.getElementById('q'), count = document.getElementById('count');
  if (!q || q.defaultValue) return; // the server has narrowed it already
  var rows = Array.from(document.querySelectorAll('#records tbody tr'));
  q.addEventListener('input', function () {
    var want = q.value.trim().toLowerCase(), n = 0;
    rows.forEach(function (r) {
      r.hidden = want !== '' && r.textContent.toLowerCase().indexOf(want) < 0;
      if (!r.hidden) n++;
    });
    count.textContent = n;
  });
})();
