// Read aloud: the name, the sentence under it and the texts of a page, by the browser's
// own voice. The paragraph being read is lit and kept in view.
//
// What browsers get wrong decides the shape of this:
//   - Chrome's network voices fall silent after some 14 seconds (chromium 40747712), so
//     what is spoken at once is a sentence, and a long one is cut at its commas.
//   - pause() cancels on Android and never comes back after a while on Windows, so a pause
//     is a cancel, and reading goes on with the sentence it was in.
//   - Voices arrive late (voiceschanged), or never; utterances nobody holds lose their
//     events; some end without saying so: a timer moves on.
//   - WeChat goes on speaking when its page is put away: hiding a page pauses it.
(function () {
  'use strict';
  var root = document.documentElement, button = document.querySelector('[data-speak]');
  var synth = null;
  if (!button || !('speechSynthesis' in window) || !window.SpeechSynthesisUtterance) return;
  var zh = /^zh/.test(root.lang), longest = zh ? 60 : 160;
  var blocks = 'p,li,h1,h2,h3,h4,h5,h6,blockquote,figcaption,td,th,dt,dd,pre';
  var voice = null, list = null, at = 0, piece = 0, said = null, timer = 0, lit = null, float = null, eye = null;

  // How well a voice suits the page: 0 not at all. Mandarin of the page's own kind comes
  // first, then other Mandarin, then Cantonese; a voice that needs no network before one that does.
  function fit(v) {
    var l = v.lang.toLowerCase().replace('_', '-'), own;
    if (!zh) return l.slice(0, 2) === root.lang.slice(0, 2) ? 2 + v.localService : 0;
    if (!/^(zh|cmn|yue)/.test(l)) return 0;
    own = /hant|tw/.test(l) === (root.lang === 'zh-Hant');
    return (/^yue|hk|mo/.test(l) ? 1 : own ? 5 : 3) + v.localService;
  }

  function remember(found) {
    try { localStorage.setItem('voice ' + root.lang, found ? '1' : '0'); } catch (e) { /* not remembered */ }
  }

  function choose() {
    voice = null;
    synth.getVoices().forEach(function (v) { if (fit(v) > (voice ? fit(voice) : 0)) voice = v; });
    if (voice) remember(true);
    root.classList.toggle('voiced', !!voice);
  }

  // The words of an element without those of blocks inside it: each is read once, and
  // what is printed small beside a word (its sound, a note's number) is not.
  function words(node) {
    var text = '';
    [].forEach.call(node.childNodes, function (n) {
      if (n.nodeType === 3) text += n.data;
      else if (n.nodeName === 'BR') text += '\n';
      else if (n.nodeType === 1 && !n.matches('rt,rp,sup,.unseen,[aria-hidden],' + blocks)) text += words(n);
    });
    return text;
  }

  function cut(text) {
    var out = [];
    (text.match(/(?:[^。！？；…!?;.\n]|\.(?!\s|$))+[。！？；…!?;.\n]*[”’」』）)]*/g) || []).forEach(function (s) {
      while (s.length > longest) {
        var i = Math.max(s.lastIndexOf('，', longest), s.lastIndexOf('、', longest), s.lastIndexOf(', ', longest), s.lastIndexOf('：', longest));
        if (i < 8) i = longest;
        if (/[\uD800-\uDBFF]/.test(s[i])) i++;
        out.push(s.slice(0, i + 1));
        s = s.slice(i + 1);
      }
      if (/[^\s”’」』）)]/.test(s)) out.push(s);
    });
    return out;
  }

  function gather() {
    var parts = [];
    [].forEach.call(document.querySelectorAll('main h1, main .lede, main .prose'), function (x) {
      var inner = x.matches('.prose') ? x.querySelectorAll(blocks) : [x];
      [].forEach.call(inner, function (el) {
        if (el.closest('.footnotes')) return;
        var pieces = cut(words(el));
        if (pieces.length) parts.push({ el: el, pieces: pieces });
      });
    });
    return parts;
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

  // state is play (nothing is being read), pause (it is) or resume: what a tap would do.
  function show(state) {
    if (state === 'play') {
      if (float) float.remove();
      float = null;
    } else if (!float) { // within reach where the first one is out of sight
      float = document.createElement('button');
      float.type = 'button';
      float.className = 'float';
      float.onclick = tap;
      document.body.appendChild(float);
      if (window.IntersectionObserver && !eye) {
        eye = new IntersectionObserver(function (seen) { root.classList.toggle('at-hand', seen[0].isIntersecting); });
        eye.observe(button);
      }
    }
    [button, float].forEach(function (b) {
      if (!b) return;
      b.setAttribute('data-state', state);
      b.textContent = button.getAttribute('data-' + state);
    });
  }

  function hush() {
    clearTimeout(timer);
    said = null; // so that the events of what is cancelled are not heard
    synth.cancel();
  }

  function pause() {
    if (!said) return;
    hush();
    show('resume');
  }

  function on() {
    clearTimeout(timer);
    if (++piece >= list[at].pieces.length) {
      at++;
      piece = 0;
    }
    say();
  }

  function say() {
    if (at >= list.length) {
      hush();
      light(null);
      list = null;
      return show('play');
    }
    var u = new SpeechSynthesisUtterance(list[at].pieces[piece]);
    u.voice = voice;
    u.lang = voice.lang;
    u.rate = 0.95;
    u.onend = function () { if (said === u) on(); };
    u.onerror = function () { if (said === u) pause(); };
    said = u;
    timer = setTimeout(function () {
      if (said !== u) return;
      hush();
      on();
    }, 5000 + u.text.length * (zh ? 600 : 200));
    light(list[at].el);
    synth.speak(u);
  }

  function tap() {
    if (said) return pause();
    if (synth.speaking || synth.paused) synth.cancel(); // of a page before this one
    [].forEach.call(document.querySelectorAll('audio'), function (a) { a.pause(); }); // one voice at a time
    if (!list) {
      list = gather();
      at = piece = 0;
    }
    show('pause');
    say();
  }

  // Asking for voices starts the speech engine: that can wait until the page stands.
  function wake() {
    synth = window.speechSynthesis;
    choose();
    if (synth.addEventListener) synth.addEventListener('voiceschanged', choose);
    else synth.onvoiceschanged = choose; // Safari before 16
    setTimeout(function () { if (!voice) remember(false); }, 4000);
  }

  button.addEventListener('click', tap);
  document.addEventListener('play', pause, true); // of a recording
  document.addEventListener('visibilitychange', function () { if (document.hidden) pause(); });
  window.addEventListener('pagehide', pause);
  window.addEventListener('load', function () { setTimeout(wake, 200); });
})();
