// A recording, played: a large button in the place of the browser's small ones, the place
// that was reached kept on this phone, and the paragraph that is heard lit; parts and a
// venue's recordings are tour.js's. Without this the browser's own player does.
//
//   - What is fetched is fetched on a tap: nothing before. A place that is set before a phone
//     knows the file is set again when it does (iOS forgets it).
//   - One voice at a time: on a page, beside speak.js, and in another tab of the site.
//   - data-marks tells when which paragraph of the page begins to be heard, by its first
//     letters: letters and figures alone are compared, as pages/recordings.go wrote them.
(function () {
  'use strict';
  var KEY = 'mingdeng.heard', TURN = 'mingdeng.sounds', KEPT = 40;
  var blocks = 'p,li,h1,h2,h3,h4,h5,h6,blockquote,figcaption,td,th,dt,dd,pre';

  function load() {
    try { return JSON.parse(localStorage.getItem(KEY)) || {}; } catch (e) { return {}; }
  }

  // A place is kept by the file's address, which is named by its content.
  function keep(src, at) {
    var all = load(), keys;
    delete all[src];
    if (at > 2) all[src] = Math.floor(at);
    keys = Object.keys(all);
    keys.slice(0, Math.max(0, keys.length - KEPT)).forEach(function (k) { delete all[k]; });
    try { localStorage.setItem(KEY, JSON.stringify(all)); } catch (e) { /* lasts for the page */ }
  }

  function clock(s) {
    s = Math.max(0, Math.floor(s));
    var h = Math.floor(s / 3600), m = Math.floor(s / 60) % 60, two = ('0' + s % 60).slice(-2);
    return h ? h + ':' + ('0' + m).slice(-2) + ':' + two : m + ':' + two;
  }

  function each(list, f) { [].forEach.call(list, f); }

  // The words of a block without those of blocks inside it, as speak.js reads them.
  function words(node) {
    var text = '';
    each(node.childNodes, function (n) {
      if (n.nodeType === 3) text += n.data;
      else if (n.nodeType === 1 && !n.matches('rt,rp,sup,.unseen,[aria-hidden],' + blocks)) text += words(n);
    });
    return text;
  }

  function heard(text) { return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ''); }

  function player(box) {
    var audio = box.querySelector('audio'), deck = box.querySelector('.deck'), button = box.querySelector('.sound');
    var reel = box.querySelector('input'), now = box.querySelector('.now'), fault = box.querySelector('.fault');
    var own = audio.getAttribute('src'), src = own, lasts = +box.getAttribute('data-seconds') || 0;
    var pending = load()[src] || 0, list = null, lit = null, float = null, saved = 0, moving = false;
    var id = String(Math.random()), tour = null;

    audio.removeAttribute('controls');
    audio.hidden = true;
    deck.hidden = false;

    // choose takes another recording, or its own again.
    function choose(other, seconds) {
      leave();
      src = other || own;
      lasts = other ? seconds : +box.getAttribute('data-seconds');
      audio.src = src;
      pending = load()[src] || 0;
      light(null);
    }

    function at() { return pending || audio.currentTime || 0; }
    function length() { return audio.duration && isFinite(audio.duration) ? audio.duration : lasts; }

    function draw() {
      var s = at(), all = length();
      reel.max = Math.max(1, Math.round(all));
      if (!moving) reel.value = Math.floor(s);
      reel.style.setProperty('--run', 100 * Math.min(1, s / Math.max(1, all)) + '%');
      reel.setAttribute('aria-valuetext', clock(s));
      now.textContent = clock(s) + (all ? ' / ' + clock(all) : '');
      if (float) { // within reach where the first one is out of sight
        var r = button.getBoundingClientRect();
        float.hidden = r.bottom > 0 && r.top < window.innerHeight;
      }
      if (tour) tour.draw(src, s, !audio.paused);
    }

    // state is what a tap would do, as in speak.js.
    function show() {
      var state = !audio.paused ? 'pause' : at() > 0 ? 'resume' : 'play';
      if (state === 'pause' && !float) {
        float = document.createElement('button');
        float.type = 'button';
        float.className = 'float';
        float.onclick = tap;
        document.body.appendChild(float);
      } else if (state === 'play' && float) {
        float.remove();
        float = null;
      }
      [button, float].forEach(function (b) {
        if (!b) return;
        b.setAttribute('data-state', state);
        b.textContent = button.getAttribute('data-' + state);
      });
      draw();
    }

    // What is lit: paragraphs of the page, or of the transcript, with when they begin.
    function gather() {
      var out = [], from = 0, all = [], marks = box.getAttribute('data-marks');
      if (src !== own) return out;
      each(box.querySelectorAll('.said [data-at]'), function (el) { out.push({ at: +el.getAttribute('data-at'), el: el }); });
      if (!marks) return out;
      each(document.querySelectorAll('main .prose'), function (x) {
        each(x.querySelectorAll(blocks), function (el) {
          if (!el.closest('.footnotes') && !el.closest('.voice')) all.push({ el: el, text: heard(words(el)) });
        });
      });
      marks.split('|').forEach(function (m) {
        var cut = m.indexOf(' '), text = m.slice(cut + 1);
        for (var i = from; i < all.length; i++) {
          if (all[i].text.indexOf(text) < 0) continue;
          if (!out.length || out[out.length - 1].el !== all[i].el) out.push({ at: +m.slice(0, cut), el: all[i].el });
          from = i;
          return;
        }
      });
      return out;
    }

    function light(el) {
      if (lit === el) return;
      if (lit) lit.classList.remove('spoken');
      lit = el;
      if (!el) return;
      el.classList.add('spoken');
      var r = el.getBoundingClientRect();
      if (r.top >= 8 && r.bottom <= window.innerHeight - 88) return;
      el.scrollIntoView({
        block: r.height < window.innerHeight - 176 ? 'center' : 'start',
        behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth'
      });
    }

    function follow() {
      if (!list) {
        list = gather();
        var said = box.querySelector('.said');
        if (said && list.length) said.open = true;
      }
      var found = null, s = audio.currentTime;
      if (src === own) list.forEach(function (x) { if (x.at <= s + .2) found = x.el; });
      light(found);
    }

    function go() {
      if (!audio.getAttribute('src')) audio.src = src;
      fault.hidden = true;
      var p = audio.play();
      if (p && p.catch) p.catch(function () { show(); });
    }

    function tap() { if (audio.paused) go(); else audio.pause(); }

    function to(s) {
      if (audio.readyState > 0) { pending = 0; audio.currentTime = s; } else pending = s;
      draw();
    }

    button.addEventListener('click', tap);
    box.querySelector('.rewind').addEventListener('click', function () { to(Math.max(0, at() - 15)); });
    reel.addEventListener('input', function () { moving = true; reel.style.setProperty('--run', 100 * reel.value / reel.max + '%'); now.textContent = clock(+reel.value); });
    reel.addEventListener('change', function () { moving = false; to(+reel.value); });

    function leave() { if (src && at() > 0) keep(src, at() < length() - 1 ? at() : 0); }

    audio.addEventListener('loadedmetadata', function () {
      if (pending && pending < length() - 1) audio.currentTime = pending;
      pending = 0;
    });
    audio.addEventListener('play', function () {
      each(document.querySelectorAll('audio, video'), function (x) { if (x !== audio) x.pause(); });
      try { localStorage.setItem(TURN, id); } catch (e) { /* other tabs go on */ }
      show();
    });
    audio.addEventListener('pause', function () { leave(); show(); });
    audio.addEventListener('timeupdate', function () {
      if (audio.paused) return;
      follow();
      draw();
      if (Math.abs(audio.currentTime - saved) >= 5) keep(src, saved = audio.currentTime);
    });
    audio.addEventListener('seeked', function () { follow(); draw(); });
    audio.addEventListener('ended', function () {
      keep(src, 0);
      light(null);
      pending = 0;
      if (!tour || !tour.next(src)) audio.currentTime = 0;
      show();
    });
    audio.addEventListener('error', function () {
      if (!audio.getAttribute('src')) return;
      var take = fault.querySelector('a');
      take.href = src;
      take.download = '';
      fault.hidden = false;
      show();
    });
    window.addEventListener('pagehide', leave);
    window.addEventListener('storage', function (e) { if (e.key === TURN && e.newValue !== id) audio.pause(); });
    if (window.mingdengTour) tour = window.mingdengTour(box, own, { choose: choose, to: to, go: go, tap: tap });
    show();
  }

  each(document.querySelectorAll('[data-voice]'), player);
})();
