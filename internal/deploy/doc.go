// Package deploy makes what visitors' phones reach equal to a built site.
//
//	plan, err := deploy.Make(ctx, store, source, options) // changes nothing
//	result, err := plan.Run(ctx, tell)
//
// A [Plan], the [Event]s of its run and its [Result] are values: a command prints them, a
// page in a browser shows them.
//
// # What the target is at every moment
//
// A site whose every page finds its styles, scripts and pictures: files go in steps
// ([stepOf]), each whole before the next begins. First what carries a digest in its name,
// then pictures, data and the index of the search, then pages that are new, then pages
// that change, then what points at pages (sitemap, feeds), then what phones keep by, and
// removals last of all, pages before what pages name. Every [Store] replaces a file whole.
// So a run may end after any call, and what stands is either the old page or the new one,
// with all that either names.
//
// # What is the same
//
// The target keeps a record of what was sent there, [recordFile]: for each file its size,
// the digest of its content, and the stamp that the store gave it (an ETag, a time). A line
// counts only where the target's own listing shows that size and that stamp; for every other
// file of the right size the store is asked whether it holds the content ([Store.Holds]).
// While a run is under way it adds to a journal beside the record: first which files it is
// about to change, whose lines no longer count; then, now and again, what it has sent. A
// run that was cut off therefore goes on where it stopped. The record names files that were
// published, and nothing else.
//
// Files of the record are lines of JSON, packed with gzip; the first line stands in a block
// of its own, because it alone is read again to see that nobody was faster.
//
// # How much is held
//
// No file, and of each file of site and target some 500 bytes: its path, size, digest and
// stamp in three lists. A site of 100,000 files takes a heap of 75 MB, with what is to be
// collected, while it is compared, and no more while it is sent. The target is listed once,
// page by page; [AtOnce] requests are under way.
//
// # What is not removed
//
// Files with a digest in their names stay for [KeepFor] after the last site that used them,
// because a page kept by a phone or a cache may still ask for them; when they fell out of
// use stands in the record. A page below Q/ is never removed, nor what it names: its code
// is screwed to a wall. Files of the server's own (names with a leading dot, proofs of
// ownership) are left alone.
//
// # One at a time
//
// A run holds a lock at the target: a file that is made only where there is none, renewed
// while the run lasts. See lock.go for what happens to one that was left behind.
package deploy
