// Package hostile looks at a finished site as its worst visitor would. It is part of
// the tests alone: nothing of the program imports it.
//
// [Faults] is the oracle. It reads every file of a site with parsers that are not the
// program's own and tells what must never be there, whatever an editor, an imported
// file or a theme's data said:
//
//	pages      no script but the site's own files and blocks of JSON; no event handler,
//	           style attribute, frame, plug-in, base or form that leads away; no address
//	           but http, https, mailto and tel in links; everything a page loads by itself
//	           (src, srcset, style sheets, icons) lies on the site
//	drawings   no script, no handler, no embedded document, references within the file
//	           alone
//	styles     no @import, nothing from another host
//	feeds      well formed; the HTML inside held to the same rules
//	JSON       well formed
//	tables     no cell that a spreadsheet would take for a formula
//	books      the files inside an EPUB or a workbook, each held to the rule of its kind
//
// Where an input shall be built and looked at, the tests of this package do so in a
// small site of all kinds of records (testdata/site.txtar) with a file beside the
// site's folder whose words must never come out (the canary). The fuzz targets take
// arbitrary bytes as one file of that site; the table of advisories replays what was
// published about another generator (Hugo) in terms of this one.
//
// To run a target for long:
//
//	go test ./internal/hostile -run '^$' -fuzz FuzzRecord -fuzztime 10m -fuzzminimizetime 20x -parallel 1
package hostile
