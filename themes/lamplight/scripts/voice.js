// Before the first paint: a phone that cannot read aloud, or that had no voice for this
// language the last time (speak.js found out), shows no button and keeps no place for one.
(function () {
  'use strict';
  // Only asked whether it is there: touching it makes Chrome look for engines, which takes
  // 30 ms before anything is painted.
  var root = document.documentElement, none = !('speechSynthesis' in window);
  try { none = none || localStorage.getItem('voice ' + root.lang) === '0'; } catch (e) { /* not remembered */ }
  if (none) root.classList.add('mute');
})();
