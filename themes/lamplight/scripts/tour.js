// What a venue's player has besides (player.js): parts of its recording that are gone to, and
// the recordings of its exhibits, one after another.
(function () {
  'use strict';
  function each(list, f) { [].forEach.call(list, f); }

  window.mingdengTour = function (box, own, player) {
    var tracks = box.querySelectorAll('[data-track]'), parts = box.querySelectorAll('.parts a'), now = null;

    function choose(i) { player.choose(tracks[i].getAttribute('href'), +tracks[i].getAttribute('data-track')); }
    function place(src) {
      for (var i = 0; i < tracks.length; i++) if (tracks[i].getAttribute('href') === src) return i;
      return -1;
    }

    each(parts, function (a) {
      a.addEventListener('click', function (e) {
        e.preventDefault();
        if (now !== own) player.choose();
        player.to(+a.getAttribute('data-at'));
        player.go();
      });
    });
    each(tracks, function (a, i) {
      a.addEventListener('click', function (e) {
        e.preventDefault();
        if (now === a.getAttribute('href')) return player.tap();
        choose(i);
        player.go();
      });
    });
    if (!own && tracks.length) choose(0);

    return {
      // draw marks what sounds: a part of its own recording, or an exhibit's.
      draw: function (src, at, on) {
        now = src;
        var part = null, track = place(src);
        each(tracks, function (a, i) { a.parentNode.classList.toggle('sounding', on && i === track); });
        if (src === own && (on || at > 0)) each(parts, function (a) { if (+a.getAttribute('data-at') <= at + .2) part = a; });
        each(parts, function (a) {
          a.classList.toggle('sounding', a === part);
          if (a === part) a.setAttribute('aria-current', 'true'); else a.removeAttribute('aria-current');
        });
      },
      // next goes on to the exhibit behind the one that has ended; from the last to the first, silent.
      next: function (src) {
        var i = place(src);
        if (i < 0) return false;
        choose((i + 1) % tracks.length);
        if (i + 1 < tracks.length) player.go();
        return true;
      }
    };
  };
})();
