// The walk through a venue: which exhibits were opened, the latest last, kept on this phone
// alone. Their lamps on the plan and their lines in the list are marked; one tap forgets
// them. What else follows from the walk listens for "walk" (route.js).
(function () {
  'use strict';
  var box = document.querySelector('[data-walk]');
  if (!box) return;
  var key = 'walk ' + box.getAttribute('data-walk'), here = box.getAttribute('data-here');

  function read() {
    try {
      var list = JSON.parse(localStorage.getItem(key));
      return Array.isArray(list) ? list : [];
    } catch (e) { return []; }
  }

  function write(list) {
    try { localStorage.setItem(key, JSON.stringify(list)); } catch (e) { /* lasts for the page */ }
  }

  function show(walked) {
    [].forEach.call(box.querySelectorAll('.lamp, .stops li'), function (el) {
      var a = el.matches('a') ? el : el.querySelector('a');
      var name = a ? a.getAttribute('href').split('/').slice(-2)[0] : el.getAttribute('data-at'); // …/venues/VENUE/EXHIBIT/
      el.classList.toggle('walked', walked.indexOf(name) >= 0);
    });
    box.classList.toggle('walking', walked.length > 0);
    box.dispatchEvent(new CustomEvent('walk', { detail: walked }));
    var say = box.querySelector('[data-walked]'), again = box.querySelector('[data-restart]');
    if (!say) return;
    say.textContent = walked.length ? say.getAttribute('data-walked').replace('#', walked.length) : '';
    again.classList.toggle('some', walked.length > (here ? 1 : 0));
    again.onclick = function () {
      var rest = here ? [here] : [];
      write(rest);
      show(rest);
    };
  }

  function look() {
    var walked = read();
    if (here && walked[walked.length - 1] !== here) {
      walked = walked.filter(function (w) { return w !== here; }).concat(here);
      write(walked);
    }
    show(walked);
  }

  look();
  window.addEventListener('pageshow', function (e) { if (e.persisted) look(); }); // come back to
})();
