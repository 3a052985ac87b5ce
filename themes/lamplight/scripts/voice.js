// Before the first paint: a phone that cannot read aloud, or that had no voice for this
// language the last time (speak.js found out), shows no button and keeps no place for one.
(function () {
  'use strict';
  var root = document.documentElement, none = !window.speechSynthesis;
  try { none = none || localStorage.getItem('voice ' + root.lang) === '0'; } catch (e) { /* not remembered */ }
  if (none) root.classList.add('mute');
})();
