// Package writer makes the files of a site, whole or not at all, and only those
// that changed.
//
// A build is a list of [output.Output]s: a path, a fingerprint of all that the file is
// made from, and a function that makes its bytes. [Open] takes a folder into
// possession, [Folder.Build] brings it to exactly that list, [Folder.Close] gives
// it back:
//
//	f, err := output.Open(ctx, "public", 10*time.Second)
//	...
//	defer f.Close()
//	if _, same := f.Unchanged(inputs); !same {
//		stats, err = f.Build(ctx, outs, output.Options{Inputs: inputs, Workers: n})
//	}
//
// # What is promised
//
//   - A file whose fingerprint is the last build's, and which still lies there as
//     it was written, is not made. A file whose bytes come out the same is not
//     touched. Both ways the folder ends with the bytes a clean build would give.
//   - A fault (an error or panic in a function of an Output, in Inspect, a full
//     disk, a cancelled context) or a kill before the commit leaves every file of
//     the folder as it was.
//   - A kill within the commit leaves each file whole, old or new. The next Open
//     rolls the commit forward.
//   - A file that the machine does not let be replaced or removed (held open, locked,
//     without permission) is a [MachineError] that names it, in this build and in each
//     that follows, until it is let go and made. So is a folder that cannot be removed.
//   - A file that this package did not write is never removed and never written
//     over: an Output in its place is a [ForeignError] before anything is changed,
//     unless the bytes are the same anyway. A file that it wrote and somebody has
//     changed since is made anew while it is an Output, and left in peace (and
//     named in [Stats.Left]) once it is not.
//   - One build at a time: a second Open waits, then returns a [BusyError].
//   - All access goes through [os.Root]. No symbolic link is written through.
//     (A store, in store.go, is what of it is used: tests put one in its place.)
//
// # How
//
// The folder .mingdeng inside the output folder holds all of the machinery:
//
//	lock     held while a Folder is open          holder   the process that has it
//	state    what the last build wrote            stage/   files not yet in place
//	commit   the next state and the list of units: its presence means "go on"
//	left/    whole files that one build leaves to the next, which trusts their content alone
//
// Workers make files into stage/. A unit is what one rename puts in place: a file,
// where its folder exists already, or else the whole tree from the first folder
// that does not: a clean build of ten thousand pages commits in a dozen renames.
// The commit itself, in order: write, sync and rename the file commit; rename
// new units into place; rename changed files over the old; remove outputs that
// are no more; rename commit to state. So a page is never there before what it
// links to, nor after. Going forward from a kill is the same procedure again:
// a unit no longer in stage/ is in place, and what must go is what the old state
// lists and the new one does not. That list is derived, not stored, so that a
// person withdrawn from the site is not remembered in the folder either.
//
// What the commit cannot do it leaves, does the rest, and fails; the file commit stays.
// The next Open tries again, and what is still refused is not believed: the state then
// lists the old file without the fingerprint of what it was made from, so that the build
// makes it anew and meets the refusal itself. An entry without a hash stands for no file:
// it keeps in mind a folder, made for a file that did not get in or emptied and not yet
// removed, which goes with the next commit that has no use for it. On Windows, where a
// browser or a virus scanner that holds a file is enough, a commit first waits for a
// while, once for all that is held.
//
// # Durability
//
// Only the file commit and its folder are synced, once a build. The files
// themselves are not: ten thousand syncs cost minutes on a plain disk, and every
// file can be made again. So after a loss of power (not a mere kill) files of the
// last half minute may be missing or short. Rolling forward therefore checks each
// staged file against its hash and drops those that do not agree, and a file whose
// size or time is not the recorded one is read, and made anew if it differs. The
// next build mends everything.
//
// A file is taken to be as it was written when its size and modification time
// are: an edit that keeps both is not seen.
//
// # Not goals
//
// The package knows nothing of pages, formats or languages. It does not copy its
// folder elsewhere, keeps no older versions, and does not sync. Whoever serves or
// uploads the folder leaves out .mingdeng.
package writer
