// The button that opens the print window; without script the browser's own menu does.
(function () {
  "use strict";
  var button = document.querySelector(".bookprint-do");
  if (!button || !window.print) return;
  button.hidden = false;
  button.addEventListener("click", function () { window.print(); });
})();
