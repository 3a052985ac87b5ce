// Answers what a reader asks: documents that hold the words as they stand, names and
// titles first; names by how they are read; the page of a plaque's code.
(function () {
  'use strict';
  var lamp = window.mingdeng = window.mingdeng || {};
  var CHECKED = 64; // so many candidates are looked at; of more only those that are shown

  // A plaque's code as typed, or '': the weighted sum over GF(32) of its characters is
  // zero (package code).
  lamp.code = function (typed) {
    if (!/^[\s0-9a-z-]+$/i.test(typed)) return '';
    var s = typed.toUpperCase().replace(/[^0-9A-Z]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1'), sum = 0;
    if (s.length < 4 || s.length > 6) return '';
    for (var i = 0; i < s.length; i++) {
      var v = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(s[i]);
      if (v < 0) return '';
      sum <<= 1;
      sum = (sum & 32 ? sum ^ 37 : sum) ^ v;
    }
    return sum ? '' : s;
  };

  // holds tells where a folded word stands in a document: 2 title or names, 1 text, 0
  // nowhere.
  lamp.holds = function (doc, word) {
    var head = [doc.title].concat(doc.names);
    for (var i = 0; i < head.length; i++) if (lamp.fold(head[i], doc.simple).indexOf(word) >= 0) return 2;
    return lamp.fold(doc.text, doc.simple).indexOf(word) >= 0 ? 1 : 0;
  };

  // Finder asks an index. page is how many results are shown at once.
  lamp.Finder = function (shape, page) {
    var index = new lamp.Index(shape);
    this.doc = index.doc;

    // order puts titles first, and what is given from the oldest on the other way round.
    function order(slots, titles) {
      var is = {};
      titles.forEach(function (n) { is[n] = true; });
      return slots.slice().sort(function (a, b) {
        if (!is[a] !== !is[b]) return is[a] ? -1 : 1;
        if (a >= shape.newest && b >= shape.newest) return b - a;
        return a - b;
      });
    }

    function within(filters) {
      var words = Object.keys(filters).filter(function (k) { return filters[k]; });
      return Promise.all(words.map(function (k) { return index.filter(k[0] + filters[k]); }));
    }

    // literal finds a folded word as it stands.
    function literal(word, filters) {
      return Promise.all([word ? index.lookup(word) : null, within(filters)]).then(function (r) {
        var found = r[0] || { slots: null, titles: [], exact: true }, slots = found.slots;
        r[1].forEach(function (list) { slots = slots ? lamp.both(slots, list) : list; });
        slots = slots || [];
        if (found.exact) {
          var titles = lamp.both(found.titles, slots);
          if (titles.length <= page) return { slots: order(slots, titles), titles: titles.length, most: false };
          // Of many titles, those that say nothing else come first.
          return index.filter('=' + word).then(function (same) {
            var first = lamp.both(same, titles), list = order(slots, titles);
            return {
              slots: first.concat(list.filter(function (n) { return first.indexOf(n) < 0; })), titles: titles.length, most: false
            };
          });
        }
        if (slots.length > CHECKED) return { slots: order(slots, []), titles: 0, most: true };
        return Promise.all(slots.map(index.doc)).then(function (docs) {
          var heads = [], sure = slots.filter(function (n, i) {
            var where = lamp.holds(docs[i], word);
            if (where === 2) heads.push(n);
            return where > 0;
          });
          return { slots: order(sure, heads), titles: heads.length, most: false };
        });
      });
    }

    // find promises {word, slots, titles, most, plaque, sounds}: the results in order,
    // how many of them by title or name, whether some may be too many, the plaque's code
    // if it is one, and names that are read like it.
    this.find = function (typed, filters) {
      var plain = typed.replace(/\s+/g, ' ').trim();
      var word = lamp.fold(plain).trim();
      var code = lamp.code(plain), spelling = /^[a-zü' ]+$/.test(word);
      var jobs = [
        literal(word, filters).then(function (r) {
          r.word = word;
          if (r.slots.length || !/[^\0-\u2000]/.test(word)) return r;
          return index.simple(word).then(function (simple) {
            var other = lamp.fold(plain, simple).trim();
            if (other === word) return r;
            return literal(other, filters).then(function (r) {
              r.word = other;
              return r;
            });
          });
        }),
        code ? index.filter('c' + code) : [],
        spelling ? Promise.all([index.sounds(word), within(filters)]) : [[], []]
      ];
      return Promise.all(jobs).then(function (r) {
        var out = r[0];
        out.plaque = r[1].length ? code : '';
        out.sounds = r[2][0].filter(function (n) {
          return r[2][1].every(function (list) { return list.indexOf(n) >= 0; });
        });
        // Where the letters stand nowhere, they are meant as pinyin.
        out.read = !out.slots.length && out.sounds.length > 0;
        if (out.read) {
          out.slots = out.sounds;
          out.titles = out.sounds.length;
        }
        return out;
      });
    };
  };
})();
