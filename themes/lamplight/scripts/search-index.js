// Reads the index: which documents hold a string. The format is told by package search,
// whose Lookup goes the same way.
(function () {
  'use strict';
  var lamp = window.mingdeng = window.mingdeng || {};
  var DEPTH = 8, FILTER = '\x01';

  // Bits reads numbers, the highest bit first.
  function Bits(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }
  Bits.prototype.bits = function (n) {
    var v = 0;
    while (n > 0) {
      var left = 8 - (this.at & 7), take = n < left ? n : left;
      var byte = this.bytes[this.at >> 3];
      if (byte === undefined) throw new Error('search: a file is too short');
      v = v * (1 << take) + (byte >> (left - take) & (1 << take) - 1);
      this.at += take;
      n -= take;
    }
    return v;
  };
  Bits.prototype.gamma = function () {
    var width = 0;
    while (!this.bits(1)) width++;
    return Math.pow(2, width) + this.bits(width) - 1;
  };
  Bits.prototype.rice = function (k) {
    var q = 0;
    while (this.bits(1)) q++;
    return q * Math.pow(2, k) + this.bits(k);
  };
  Bits.prototype.members = function (universe, count) {
    var inverse = count * 2 > universe, written = inverse ? universe - count : count, out = [], next = 0;
    var k = written ? this.bits(5) : 0;
    for (var i = 0; i < written; i++) {
      var m = next + this.rice(k);
      if (inverse) while (next < m) out.push(next++);
      else out.push(m);
      next = m + 1;
    }
    if (inverse) while (next < universe) out.push(next++);
    return out;
  };
  Bits.prototype.set = function (universe) { return this.members(universe, this.gamma()); };
  // documents reads which of the documents above (null: all slots) are meant, and which
  // of them in the title.
  Bits.prototype.documents = function (above, universe) {
    var slots = this.set(above ? above.length : universe);
    if (above) slots = slots.map(function (n) { return above[n]; });
    var titles = this.bits(1) ? this.set(slots.length).map(function (n) { return slots[n]; }) : [];
    return { slots: slots, titles: titles, exact: true };
  };
  // pooled returns the ranks below m that lie in one bucket of hashes.
  Bits.prototype.pooled = function (m, bucket) {
    var n = this.gamma();
    if (!n) return [];
    var width = this.bits(5), want = bucket(width), out = [];
    this.members(m * Math.pow(2, width), n).forEach(function (v) {
      if (Math.floor(v / m) === want) out.push(v % m);
    });
    return out;
  };
  // follow reads what follows the first depth units of a string whose documents node
  // has; if on, it returns what is known of word.
  Bits.prototype.follow = function (depth, node, word, on, split) {
    var found = on && depth === word.length ? node : null;
    var count = split ? 0 : this.gamma(), unit = 0;
    for (var i = 0; i < count; i++) {
      unit += this.rice(10);
      var next = this.documents(node.slots), here = on && word.charCodeAt(depth) === unit;
      if (depth + 1 < DEPTH) next = this.follow(depth + 1, next, word, here, false);
      if (here) found = next;
    }
    var pool = this.pooled(node.slots.length, function (width) {
      return (Math.imul(word.charCodeAt(depth) || 0, 40503) & 0xffff) >> (16 - width);
    });
    if (!found && on) found = { slots: pool.map(function (n) { return node.slots[n]; }), titles: [], exact: false };
    return found;
  };

  function mix(h) {
    h ^= h >>> 16;
    h = Math.imul(h, 0x7feb352d);
    h ^= h >>> 15;
    h = Math.imul(h, 0x846ca68b);
    return (h ^ h >>> 16) >>> 0;
  }
  function hash(key) {
    var h = 0;
    for (var i = 0; i < key.length; i++) h = mix(Math.imul(h, 31) + key.charCodeAt(i));
    return h;
  }

  // Index finds strings by the files of a folder; shape is what the page says of it.
  lamp.Index = function (shape) {
    var files = {}; // by name, as promised

    function get(name, read) {
      if (!files[name]) {
        files[name] = fetch(shape.dir + name + '?v=' + shape.v).then(function (r) {
          if (!r.ok) throw new Error(name + ': ' + r.status);
          return read(r);
        });
        files[name].catch(function () { delete files[name]; }); // to be tried again
      }
      return files[name];
    }
    function text(r) { return r.text(); }
    function bytes(r) { return r.arrayBuffer().then(function (b) { return new Uint8Array(b); }); }

    // from looks a word up in the file of its beginning, key.
    function from(key, word) {
      var h = hash(key);
      return get('g/' + (h & shape.shards - 1).toString(16) + '.bin', bytes).then(function (file) {
        var r = new Bits(file), roots = r.gamma();
        for (var i = 0; i < roots; i++) {
          var k = '', split = false;
          for (var n = r.gamma(); n > 0; n--) k += String.fromCharCode(r.bits(16));
          var node = r.documents(null, shape.slots), hit = k === key;
          if (k.length > 1 && k[0] !== FILTER) {
            split = k.length === 2 && r.bits(1) === 1;
            node = r.follow(k.length, node, word, hit, split);
          }
          if (hit) return { found: node, split: split && word.length > 2 };
        }
        var slots = key.length < 3 && key[0] !== FILTER ? r.pooled(shape.slots, function (width) { return (h >>> 16) & (1 << width) - 1; }) : [];
        return { found: { slots: slots, titles: [], exact: false }, split: false, missing: true };
      });
    }

    function one(word) {
      return from(word[0] === FILTER ? word : word.slice(0, 2), word).then(function (r) {
        if (!r.split) return r.found;
        return from(word.slice(0, 3), word).then(function (more) { return more.missing ? r.found : more.found; });
      });
    }

    // lookup promises {slots, titles, exact}: the documents that hold a folded word, and
    // those that do in their title or names. If not exact, it may be that some do not.
    this.lookup = function (word) {
      if (word.length <= DEPTH || word[0] === FILTER) return one(word);
      var parts = [];
      for (var at = 0; at + DEPTH < word.length; at += DEPTH) parts.push(one(word.substr(at, DEPTH)));
      parts.push(one(word.slice(-DEPTH)));
      return Promise.all(parts).then(function (list) {
        var slots = list.reduce(function (a, b) { return lamp.both(a, b.slots); }, list[0].slots);
        return { slots: slots, titles: [], exact: false };
      });
    };
    this.filter = function (word) {
      return one(FILTER + word).then(function (r) { return r.slots; });
    };

    // pairs enters what characters are folded to.
    function pairs(s, to) {
      for (var i = 0, list = s.split(','); i + 1 < list.length; i += 2) to[list[i]] = list[i + 1];
    }

    // doc promises a document.
    this.doc = function (slot) {
      return get('d/' + slot.toString(16) + '.txt', text).then(function (s) {
        var lines = s.split('\n', 6), simple = {};
        pairs(lines[5], simple);
        return {
          title: lines[0], names: lines[1] ? lines[1].split('\t') : [], address: lines[2], note: lines[3], lead: lines[4],
          simple: simple, text: s.slice(lines.join('\n').length + 1)
        };
      });
    };

    // simple promises the Simplified forms of the Traditional characters of a word, and
    // what else its characters are folded to.
    this.simple = function (word) {
      var wanted = {};
      for (var c of word) if (c > '\u2000') wanted[(c.codePointAt(0) % 16).toString(16)] = true;
      return Promise.all(Object.keys(wanted).map(function (n) { return get('f/' + n + '.txt', text); })).then(function (list) {
        var out = {};
        list.forEach(function (s) { pairs(s, out); });
        return out;
      });
    };

    // sounds promises the slots of names that are read so, the best first: "zhang san",
    // "zhangsan", "zhangs", "zs".
    this.sounds = function (typed) {
      var p = typed.replace(/ü/g, 'v').replace(/[^a-z]/g, '');
      if (!p || shape.letters.indexOf(p[0]) < 0) return Promise.resolve([]);
      return get('p/' + p[0] + '.txt', text).then(function (s) {
        var found = [];
        s.split('\n').forEach(function (line) {
          var parts = line.split('\t');
          for (var i = 1; i < parts.length; i++) {
            var cut = parts[i].lastIndexOf(' ');
            var syllables = [parts[0]].concat(parts[i].slice(0, cut).split(' ').filter(Boolean));
            var rest = spelt(p, syllables, 0);
            if (rest >= 0) found.push({ slot: parseInt(parts[i].slice(cut + 1), 16), whole: p === syllables.join('') ? 0 : 1, rest: rest });
          }
        });
        found.sort(function (a, b) { return a.whole - b.whole || a.rest - b.rest || a.slot - b.slot; });
        return found.map(function (f) { return f.slot; }).filter(function (n, i, all) { return all.indexOf(n) === i; });
      });
    };
  };

  // spelt tells whether p is made of beginnings of the syllables from one on, one after
  // the other: it returns how many syllables are left, or -1.
  function spelt(p, syllables, at) {
    if (!p) return syllables.length - at;
    if (at === syllables.length) return -1;
    for (var n = Math.min(p.length, syllables[at].length); n > 0; n--) {
      if (p.slice(0, n) !== syllables[at].slice(0, n)) continue;
      var left = spelt(p.slice(n), syllables, at + 1);
      if (left >= 0) return left;
    }
    return -1;
  }

  // both is what two ascending lists have in common.
  lamp.both = function (a, b) {
    var out = [];
    for (var i = 0, j = 0; i < a.length && j < b.length;) {
      if (a[i] === b[j]) {
        out.push(a[i]);
        i++;
        j++;
      } else if (a[i] < b[j]) {
        i++;
      } else {
        j++;
      }
    }
    return out;
  };
})();
