// Asks the service worker to keep this venue for when there is no network. Nothing rests
// on it: iOS WeChat has no workers, and who saves data is not made to load.
(function () {
  'use strict';
  var box = document.querySelector('[data-keep]'), workers = navigator.serviceWorker;
  if (!box || !workers || navigator.connection && navigator.connection.saveData) return;
  window.addEventListener('load', function () { // the page itself comes first
    workers.register(box.getAttribute('data-worker')).then(function () { return workers.ready; }).then(function (r) {
      r.active.postMessage({ keep: box.getAttribute('data-keep') });
    }).catch(function () { /* forbidden here: then not */ });
  });
})();
