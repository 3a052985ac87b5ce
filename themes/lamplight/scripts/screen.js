// A public display: one slide after the other, for weeks. Nothing is made while it runs:
// slides are switched by a class, there is one timer for them and one for the pointer, so
// memory stays where it is. Without this script the slides stand below one another.
//
//   → Page Down   next        ← Page Up   previous
//   space         stop, go on     F, a double click   full screen
(function () {
  'use strict';
  var box = document.getElementById('slides');
  var slides = box ? box.querySelectorAll('.slide') : [];
  if (!slides.length) return;
  var root = document.documentElement;
  var pause = Math.max(20, (parseFloat(box.dataset.seconds) || 12) * 1000);
  var at = 0, timer = 0, still = 0, lock = null, began = Date.now();

  // One element plays all films, so that what a film took is given back before the next: its
  // slide stays until the film has ended, or cannot go on.
  var film = document.getElementById('film'), reel = null, track = null, watch = 0;
  function roll() {
    var now = slides[at].querySelector('[data-film]');
    if (!film || !now && !reel) return;
    clearInterval(watch);
    if (track) { film.removeChild(track); track = null; }
    if (!now) {
      film.pause(); film.hidden = true; reel = null;
      film.removeAttribute('src'); film.load();
      return;
    }
    reel = now;
    film.hidden = false;
    film.muted = true;
    film.src = now.dataset.film;
    if (now.dataset.captions) {
      track = document.createElement('track');
      track.kind = 'captions'; track.default = true; track.srclang = now.dataset.lang; track.src = now.dataset.captions;
      film.appendChild(track);
    }
    var last = -1;
    watch = setInterval(function () { // it stands still: the network, or a file that is cut off
      if (film.currentTime === last) over();
      last = film.currentTime;
    }, 20000);
    var going = film.play();
    if (going) going.catch(function () {});
  }
  function over() {
    if (!reel || !timer) return;
    stop(); tick(); play();
  }
  if (film) { film.addEventListener('ended', over); film.addEventListener('error', function () { if (film.getAttribute('src')) setTimeout(over, 1000); }); }

  function show(next) {
    root.classList.toggle('turning', next !== at); // the first is there at once: no other fades away behind it
    slides[at].classList.remove('on');
    slides[at].setAttribute('aria-hidden', 'true');
    at = (next + slides.length) % slides.length;
    slides[at].classList.add('on');
    slides[at].removeAttribute('aria-hidden');
    roll();
  }
  function tick() {
    if (at === slides.length - 1) refresh();
    show(at + 1);
  }
  function play() { if (!timer) timer = setInterval(function () { if (!reel) tick(); }, pause); }
  function stop() { clearInterval(timer); timer = 0; }
  function step(n) {
    show(at + n);
    if (timer) { stop(); play(); } // a slide turned to by hand stays its time
  }

  // A display that hangs on the network shows what the site says now: after an hour the
  // page is loaded anew at the end of a round, if the server answers.
  function refresh() {
    if (location.protocol.indexOf('http') !== 0 || Date.now() - began < 3600000) return;
    began = Date.now();
    fetch(location.href, { cache: 'no-cache' }).then(function (r) { if (r.ok) location.reload(); }, function () {});
  }

  // The display stays awake where the browser can say so; a lock is lost when the page is
  // hidden, and asked for again.
  function wake() {
    if (lock || document.hidden || !navigator.wakeLock) return;
    lock = navigator.wakeLock.request('screen').then(function (held) {
      held.addEventListener('release', function () { lock = null; }, { once: true });
    }, function () { lock = null; });
  }

  function moved() {
    root.classList.remove('still');
    clearTimeout(still);
    still = setTimeout(function () { root.classList.add('still'); }, 3000);
  }
  function full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (root.requestFullscreen) root.requestFullscreen().catch(function () {});
  }

  for (var i = 1; i < slides.length; i++) slides[i].setAttribute('aria-hidden', 'true');
  root.classList.add('playing', 'still');
  show(0);
  play();
  wake();
  document.addEventListener('visibilitychange', wake);
  document.addEventListener('mousemove', moved);
  document.addEventListener('touchstart', moved, { passive: true });
  document.addEventListener('dblclick', full);
  document.addEventListener('keydown', function (e) {
    if (e.altKey || e.ctrlKey || e.metaKey) return;
    if (e.key === 'ArrowRight' || e.key === 'PageDown') step(1);
    else if (e.key === 'ArrowLeft' || e.key === 'PageUp') step(-1);
    else if (e.key === ' ') { if (timer) stop(); else play(); }
    else if (e.key === 'f' || e.key === 'F') full();
    else return;
    e.preventDefault();
  });
})();
