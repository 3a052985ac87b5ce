// Folds a text the way the index is folded (package search, Fold): width and
// compatibility forms, capitals, Traditional characters, blanks, what shows nothing.
(function () {
  'use strict';
  var lamp = window.mingdeng = window.mingdeng || {};
  // A character with what normalizing may join to it.
  var cluster = /[^][\p{M}\p{DI}\u1160-\u11ff\uff9e-\uffdc]*/gu;
  var unseen = /[\p{DI}\p{Me}]/gu;
  var blank = /[\0-\t\x0b- \x7f-\xa0\u1680\u2028\u2029]/;

  // simple maps Traditional characters to Simplified ones, and other characters that
  // normalizing leaves alone. places, if given, gets for each unit of the result where in
  // s it comes from, and at last where s ends.
  lamp.fold = function (s, simple, places) {
    var out = '', wasBlank = false;
    cluster.lastIndex = 0;
    for (var m = cluster.exec(s); m; m = cluster.exec(s)) {
      for (var c of m[0].replace(unseen, '').normalize('NFKC').toLowerCase().normalize('NFKC')) {
        if (simple && simple[c]) c = simple[c];
        if (blank.test(c)) {
          if (wasBlank) continue;
          c = ' ';
          wasBlank = true;
        } else {
          wasBlank = false;
        }
        out += c;
        if (places) for (var i = 0; i < c.length; i++) places.push(m.index);
      }
    }
    if (places) places.push(s.length);
    return out;
  };
})();
