// The whole book on paper. While it is printed, this sets it page by page: each page becomes
// a box of its own, so that the contents can tell page numbers, parts begin on right-hand
// pages and the opening pages of chapters bear no running head. No style sheet can say these
// (Chromium has neither target-counter nor left and right breaks, and a page's name applies to
// a whole chapter). The browser breaks the text itself: each piece is laid in columns as
// large as the text of a page, and cut where a column ends. Without script the book is
// printed with running heads on every page and contents without numbers.
(function () {
  "use strict";
  var main = document.getElementById("main");
  if (!main || !window.print) return;
  var button = document.querySelector(".bookprint-do");
  if (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  }
  // What is printed has to be here by then, in sight or not.
  Array.prototype.forEach.call(main.querySelectorAll("img[loading]"), function (img) { img.loading = "eager"; });

  var copy = null; // of main as it was, while it is set in pages

  window.addEventListener("beforeprint", function () {
    if (copy) return;
    copy = main.cloneNode(true);
    var restore = asPrinted();
    document.documentElement.classList.add("paged");
    try { number(bind(cut(galleys()))); } finally { restore(); }
  });
  window.addEventListener("afterprint", function () {
    if (!copy) return;
    document.documentElement.classList.remove("paged");
    main.parentNode.replaceChild(copy, main);
    main = copy;
    copy = null;
  });

  // asPrinted makes the rules for paper hold on the screen, to measure by, and returns what
  // takes that back.
  function asPrinted() {
    var changed = [];
    function visit(rules) {
      for (var i = 0; i < rules.length; i++) {
        var r = rules[i];
        if (r.media && r.cssRules) {
          var was = r.media.mediaText;
          if (/\bprint\b/.test(was) || /\bscreen\b/.test(was)) {
            changed.push([r.media, was]);
            r.media.mediaText = /\bprint\b/.test(was) ? "all" : "not all";
          }
        }
        if (r.cssRules && r.cssRules.length) visit(r.cssRules);
      }
    }
    for (var i = 0; i < document.styleSheets.length; i++) visit(document.styleSheets[i].cssRules);
    return function () {
      changed.forEach(function (c) { c[0].mediaText = c[1]; });
    };
  }

  function make(name, cls, inside) {
    var e = document.createElement(name);
    e.className = cls;
    if (inside) e.appendChild(inside);
    return e;
  }

  // galleys lays every section of the book in columns.
  function galleys() {
    Array.prototype.forEach.call(main.querySelectorAll(".toc li"), function (li) {
      if (!li.querySelector("a")) return;
      li.appendChild(make("i", "bp-leader"));
      li.appendChild(make("b", "bp-folio", document.createTextNode("0")));
    });
    return Array.prototype.slice.call(main.children).filter(function (section) {
      return !section.classList.contains("front");
    }).map(function (section) {
      var galley = make("div", "bp-galley");
      main.replaceChild(galley, section);
      galley.appendChild(section);
      return galley;
    });
  }

  // cut finds where the columns of all galleys end, then parts them there. It returns, for
  // each section, its pages: elements like the section.
  function cut(galleys) {
    var places = galleys.map(ends); // all that is measured, before anything changes
    return galleys.map(function (galley, i) {
      var section = galley.firstElementChild, pages = [section];
      for (var n = places[i].length - 1; n >= 0; n--) {
        pages.splice(1, 0, part(section, places[i][n]));
      }
      main.removeChild(galley);
      return pages;
    });
  }

  // ends lists where columns begin but for the first: [node, offset] in a text, [node, -1]
  // before an element.
  function ends(galley) {
    var out = [], at = 0;
    var box = galley.getBoundingClientRect();
    var gap = parseFloat(getComputedStyle(galley).columnGap), step = box.width + gap;
    if (galley.scrollWidth <= box.width + 1) return out;
    function column(rect) { return Math.floor((rect.left - box.left + gap / 2) / step); }
    Array.prototype.forEach.call(galley.querySelectorAll("table"), function (t) {
      if (t.getClientRects().length < 2 && column(t.getBoundingClientRect()) === column(last(t))) return;
      var cells = t.querySelectorAll("td, th"); // a part of a table keeps the whole one's columns
      Array.prototype.map.call(cells, function (c) { return getComputedStyle(c).width; }).forEach(function (w, i) { cells[i].style.width = w; });
    });
    var range = document.createRange();
    var walk = document.createTreeWalker(galley, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT), node;
    while ((node = walk.nextNode())) {
      var text = node.nodeType === 3;
      if (text ? !/\S/.test(node.data) : !/^(IMG|HR)$/.test(node.nodeName)) continue;
      if (text) range.selectNodeContents(node);
      var rects = (text ? range : node).getClientRects();
      if (!rects.length) continue;
      var reached = column(rects[rects.length - 1]);
      while (at < reached) {
        at++;
        out.push([node, text ? first(node, at) : -1]);
      }
    }
    // first is the place of the first character of a text in column k or after.
    function first(node, k) {
      var lo = 0, hi = node.data.length;
      while (lo < hi) {
        var mid = (lo + hi) >> 1, seen = mid, r = [];
        for (; seen < hi && !r.length; seen++) { // blanks that the line swallowed have no place
          range.setStart(node, seen);
          range.setEnd(node, seen + 1);
          r = range.getClientRects();
        }
        if (r.length && column(r[0]) < k) lo = seen; else hi = mid;
      }
      var c = node.data.charCodeAt(lo);
      return c >= 0xdc00 && c < 0xe000 ? lo - 1 : lo;
    }
    return out;
  }

  function last(e) {
    var r = e.getClientRects();
    return r[r.length - 1];
  }

  // part takes what follows a place out of a section, into an element like it.
  function part(section, place) {
    var node = place[0], offset = place[1], ruby = node.parentNode.closest && node.parentNode.closest("ruby");
    if (ruby) { node = ruby; offset = -1; }
    if (offset >= 0 && !/\S/.test(node.data.slice(0, offset))) offset = -1;
    if (offset < 0) while (node.parentNode !== section && opens(node)) node = node.parentNode;
    var range = document.createRange();
    if (offset < 0) range.setStartBefore(node); else range.setStart(node, offset);
    range.setEnd(section, section.childNodes.length);
    var parted = []; // elements that stand on both pages, inner first
    for (var e = node.parentNode; e !== section; e = e.parentNode) parted.unshift(e);
    var tail = section.cloneNode(false);
    tail.appendChild(range.extractContents());
    tail.removeAttribute("id");
    tail.classList.add("bp-cont", "bp-top");
    var at = tail;
    parted.forEach(function (whole) {
      at = at.firstElementChild;
      at.removeAttribute("id");
      at.classList.add("bp-cont", "bp-top");
      whole.classList.add("bp-cut");
      if (whole.nodeName === "OL") {
        var split = parted.some(function (p) { return p.parentNode === whole; });
        at.start = (whole.start || 1) + whole.children.length - (split ? 1 : 0);
      }
    });
    for (at = at.firstElementChild; at && opens(at); at = at.firstElementChild) at.classList.add("bp-top");
    return tail;
  }

  // opens tells whether nothing stands before a node in its parent.
  function opens(node) {
    for (var p = node.previousSibling; p; p = p.previousSibling) {
      if (p.nodeType === 1 || p.nodeType === 3 && /\S/.test(p.data)) return false;
    }
    return true;
  }

  // bind puts the pages of all sections on sheets and returns the page on which each id
  // stands. The first sheet is the cover.
  function bind(sections) {
    var sheets = 1, where = {}, title = main.getAttribute("data-head") || "", afterPart = false;
    function sheet(page, head, folio) {
      sheets++;
      var right = sheets % 2 === 1;
      var box = make("div", "bp-page " + (right ? "bp-right" : "bp-left"));
      if (head) box.appendChild(make("div", "bp-head", document.createTextNode(right ? head : title)));
      if (page) box.appendChild(make("div", "bp-text", page));
      if (folio) box.appendChild(make("div", "bp-foot", document.createTextNode(String(sheets))));
      main.appendChild(box);
    }
    sections.forEach(function (pages) {
      var section = pages[0], is = section.classList;
      var bare = is.contains("titlepage") || is.contains("imprint") || is.contains("part");
      // A piece begins on the next page; all else, and what follows a part's own page, on
      // a right-hand one. The copyright page stands behind the title.
      var next = is.contains("imprint") || is.contains("piece") && !is.contains("intro") && !afterPart;
      if (!next && sheets % 2 === 1) sheet(null, "", false);
      var heading = section.querySelector("h1, h2, h3"), name = heading ? heading.textContent : "";
      if (name.length > 30) name = name.slice(0, 29) + "…";
      where[section.id] = sheets + 1;
      pages.forEach(function (page, i) { sheet(page, i > 0 && name, !bare); });
      afterPart = is.contains("part") || is.contains("intro") || is.contains("toc");
    });
    return where;
  }

  // number writes the pages into the contents.
  function number(where) {
    Array.prototype.forEach.call(main.querySelectorAll(".toc li"), function (li) {
      var a = li.querySelector("a"), folio = li.querySelector(".bp-folio");
      if (!folio) return;
      folio.textContent = where[decodeURIComponent(a.getAttribute("href").slice(1))] || "";
    });
  }
})();
