// Package browsertest looks at what is built as its visitors do. Tests alone are in it: of the
// demo, built once for all of them (demo), in a browser or in its files, and of small sites where
// the demo has not what a test needs (lay, build). Nobody may change the demo's folder.
//
// It is a package of its own so that these tests, which are slow where a browser is, run beside
// those of package generate and not after them.
//
// A test in a browser waits for what it wants to see (wait, until), for as long as testrun.Patience:
// whatever is asserted at once must have been there before the last thing that was waited for.
package browsertest
