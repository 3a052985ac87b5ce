// Package typography sets the words of a finished Chinese page: what stands between Han
// characters and figures, round a middle dot, and at the end of a title.
//
// A page is set once, as the last step of making it, so that names, texts and the words of
// the interface are treated alike, and none of it is in what others copy: <title>, all
// attributes (og:title, aria-label), scripts (JSON-LD), code, feeds, open data, the index of
// the search, e-books and pages in English stay as they were typed.
//
//   - Blanks between Han and Latin letters or digits go away. The style sheet asks browsers
//     for that gap (text-autospace: normal; CSS Text 4 §8.4), and a blank that somebody
//     typed gave one twice as wide beside those that nobody did. Browsers that do not know
//     text-autospace (Safari before 18.4, Chromium before 140) show no gap then, as printed
//     Chinese mostly has none; one gap in all of a line was held to be worth more than some
//     wide ones and some missing.
//   - Blanks round "·" go away: the dot is as wide as a character in Chinese fonts.
//   - The last two characters of a title stay on one line, in <span class="keep">. Browsers
//     that know text-wrap balance lines besides; older ones would leave a character alone.
//     An element and not U+2060 between them: whoever copies a title gets what was typed.
//
// Which pages are set is for the caller to say.
package typography
