// Package history keeps every save of a site as a version, in a git repository at the site's
// root that any git program reads. [Open] looks at a folder, [History.Mode] says what is
// there, [History.Save] makes a version of exactly the files given.
//
//	h, err := history.Open(dir)
//	v, err := h.Save(ctx, history.Change{Sentence: "改了 张三", Paths: []string{"content/heroes/张三.md"}})
//	list, err := h.Versions(ctx, "content/heroes/张三.md", 20, "")
//	old, err := h.File(list[1].ID, list[1].Paths[0])
//	lines := history.Compare(old, now)
//
// To restore is to write what [History.File] (of a record with pictures: [History.Files])
// gives, as any other change of the site is written, and to save: there is one way by which
// files are written, and it is not here. The bin is [History.Deleted]. What was changed in
// other programs is told by [History.Outside] and becomes a version of its own when the
// caller saves it.
//
// # Where versions are kept
//
// Without a repository the first Save makes one, and a .gitignore if there is none. A
// repository that stands at the root already is used as it is, on the branch that is checked
// out. A site within a larger repository is shown and never committed to ([Larger]). What is
// not a plain repository is refused in words ([Broken], [Refusal]): .git as a file or link,
// core.worktree, alternates, other object formats, split or sparse indexes. A merge that was
// begun elsewhere makes Save wait for whoever began it. All the same the editor can go on:
// no Refusal is a reason not to write a file.
//
// # A save
//
// The objects of the files and of the folders above them are written; all else is the tree
// of the version before, by its hash. Nothing is scanned. The index is brought to what was
// saved, so that "git status" is clean for it; what somebody staged or changed of other files
// stays as it is. The order is: objects, synced; index; branch. A kill between leaves objects
// that nobody names, or files that are staged and not yet committed, which Outside tells.
//
// Processes of this program exclude each other by .git/mingdeng/lock, which ends with its
// process, also over a network folder whose server knows locks. Git programs are excluded by
// index.lock and the lock of the branch. One left by a killed process of ours is known by its
// content and removed; one of another program is waited for two seconds, then told.
//
// # Bytes
//
// A version holds the bytes as they lie on disk. Nothing is converted: no autocrlf, no
// filters, no hooks are run, no configuration is followed but core.fileMode and
// core.logAllRefUpdates. In a repository that Save makes, .git/info/attributes keeps other
// git programs from converting either. In one that stood there, git on Windows with autocrlf
// may show a file as changed that is not, and one with Git LFS will show files that it meant
// to keep elsewhere.
//
// A symbolic link is kept as a link, as git does, and never followed. Submodules and folders
// with a repository of their own are left alone. On Windows and macOS a name counts as there
// only in its very letters, so that a rename by case alone is a rename.
//
// # Speed
//
// .git/mingdeng/changes remembers which files each version changed, so that the versions of
// one file are found without reading trees. It is made anew where it is missing. Loose
// objects grow by some five a save; [History.Tidy] packs them.
//
// # Names
//
// Versions keep what people wrote, also the names of those who withdrew their consent later.
// [History.Mentions] says where, and [History.Purge] takes them out of every version.
//
// Not here: branches, remotes, merging, and any writing of the site's own files.
package history
