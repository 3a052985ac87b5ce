// Package search makes an index that finds Chinese exactly: for every string of one to
// eight characters the pages whose title, names or text hold it, all of them and no
// other, as a look through every text would. It is plain files; a script reads two or
// three of them for a query, whatever the size of the site.
//
//	plan, err := search.New(groups, size) // documents get their numbers
//	outs := plan.Outputs("search/")       // the files
//
// # Idea
//
// Chinese has no spaces, and words found by guessing are found wrongly; so every string
// counts. Listing the documents of every string of up to eight characters would take a
// hundred times the text. But a string that stands in no more documents than a page of
// results shows ([Small]) need not be listed: it is enough to know a few candidates,
// since their texts are fetched anyway, to show the words around the match. So
//
//   - a string in more than Small documents is listed exactly, while all its beginnings
//     are (which they must be, standing in no fewer documents), up to [Depth] units;
//   - where a listed string goes on with something rarer, the documents are pooled: by
//     a hash of the unit that follows, so coarse that few share it and so fine that the
//     candidates remain few. It costs some bits a place in the text.
//
// A query is answered by one file: the one its first two units hash to. It either ends
// on a listed string, and the answer is exact, or leads to a pool. A longer query stands
// only where all its parts of eight do, and its candidates are looked at.
//
// # Files
//
// All lie below one folder. Numbers in names are hexadecimal. The page tells the script
// the [Shape]; its version is part of every request, so that files may be kept.
//
//	g/N.bin   a shard of the lists
//	d/N.txt   a document by its slot: title, other names (tabs between), address, note,
//	          lead, its Traditional characters with their Simplified ones (and other such
//	          pairs); then the text
//	p/L.txt   readings of names that begin with the letter L
//	f/N.txt   characters and what they are folded to besides NFKC, by code point modulo 16
//
// Texts are plain UTF-8: whoever looks for names that must not be published sees them.
//
// # Shards
//
// A shard is bits, the highest first. γ is Elias's gamma code of a number plus one. A set
// of numbers below u is γ of how many, then their gaps in Rice's code after five bits of
// its parameter; where they are more than half of u, the gaps between the missing ones.
//
//	shard    γ of how many roots; roots, by their keys; the pool of all rarer keys
//	root     γ of the key's length, its UTF-16 units; documents below the number of slots;
//	         of two units: a bit, split; of two and three units: what follows
//	documents  a set of the documents of the node above; a bit, and if it is set those
//	         of them where the string stands in the title or a name, as a set
//	follow   unless split: γ of how many units, and for each its distance from the one
//	         before (Rice, 10), documents, and what follows, down to Depth; the pool
//	pool     γ of how many; if any, five bits of width w, and a set below m·2ʷ of
//	         hash·m + document, where m is how many documents the node has
//
// Keys are single units, pairs of units, and filters: U+0001 and a word such as y2021.
// Pairs that stand in very many places are split: what follows them is found under three
// units, in another shard, so that no shard is large.
//
// # Steadiness
//
// The same documents make the same files, in any order. A document's slot depends on its
// address and those it collides with, so a new page moves few. The fingerprint of a shard
// is a sum over the places it is made from, taken in one pass over all texts; so a changed
// sentence makes some dozen shards anew and the rest are known to be the same. What is kept
// between builds is the folded texts and these fingerprints ([Index.Left]): the texts of all
// other pages need not be read and parsed again to find out, and of the places in them
// only those of the changed shards are sorted.
package search
