// Ticks are kept in this browser, by venue, until somebody takes them away again.
(function () {
  'use strict';
  var name = 'mingdeng-install:' + document.body.getAttribute('data-venue');
  var boxes = document.querySelectorAll('input[type=checkbox]');
  var ticked = {};
  try {
    ticked = JSON.parse(localStorage.getItem(name)) || {};
  } catch (e) {
    // No storage, or not ours: boxes work, and are forgotten.
  }
  Array.prototype.forEach.call(boxes, function (box) {
    box.checked = ticked[box.name] === true;
    box.addEventListener('change', function () {
      if (box.checked) ticked[box.name] = true;
      else delete ticked[box.name];
      try {
        localStorage.setItem(name, JSON.stringify(ticked));
      } catch (e) {
        // as above
      }
    });
  });
})();
