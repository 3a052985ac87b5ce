// Package desk is the whole program in a browser, for an editor who never opens a command
// line: what `mingdeng desk` and a double click do (SPEC §7).
//
// # Servers
//
// The desk answers on 127.0.0.1 at a free port, below /_studio/. The true pages of the
// site, drafts and people who have not consented included, come from a second port: another
// origin, so that nothing in a page can reach the desk. Both answer only requests that bear
// the cookie of a session; see admit.go for who gets one and what else a request must be.
//
// With Options.Phones a third port takes pictures from phones (phone.go): whoever has a code
// that the desk shows beside a record can hand in twenty within ten minutes, and nothing else
// is answered there. A fourth shows phones the published pages as visitors will see them,
// made from a site of its own that knows nothing of drafts (workspace.show).
//
// # Starting
//
// Memory, a file in the user's config folder, knows the sites that were open and the desks
// that are at work, so that a second start of the program opens the desk there is. Without a
// site, and to go to another, there is /_studio/start/ (start.go).
//
// # How a request goes
//
//	admit (host, origin, session, token, size) → route → a handler with its *visit → a view → a template
//
// A visit is one request of somebody with a session: the site that is open, the language.
// Views are plain structs; templates (assets/*.html) are pure functions of them. Every page
// works without script; assets/*.js make it quicker.
//
// # Saving
//
// A record is read, shown as fields (package form), read back from what was posted, and
// written with package amend, which leaves every byte alone but those of changed values.
// The form carries the digest of the file it was made from: where the file has changed
// since, both versions are brought together key by key, and what both changed is asked.
// Files are written beside their places and renamed, through an os.Root.
//
// # Several editors
//
// Whatever changes the site's folder gives the site a new number (serve.Server.Changed). An
// open form hears of its own file by watch, lists and the first page hear the number by
// watchAll, and fetch themselves anew (assets/renew.js); a page that nobody looks at hears
// nothing, and asks again when it is looked at.
//
// # Importing
//
// Files handed in are read as they arrive (intake.go) into a private folder outside the
// site, a shelter, which goes with the desk. Planning, writing and undoing go on in the
// background, as phases of an import (import_plan.go), while a page that renews itself tells how
// far it is; what is planned is kept in the shelter too, so that the size of an import is
// bounded by the disk. Cells that were changed are put into the planned text by package
// amend. An import is one step that can be undone for as long as the desk is open.
// Bounds: 10,000 files, 2 GB, 128 MB a file; the last four imports are kept.
//
// # Publishing
//
// What takes long is a job (job.go): one at a time for a site, and it runs on while nobody
// looks; pages and scripts ask how far it is. First the site is built and compared with a
// target, and what would change is told in words; the button that publishes bears the digest
// of that change, and nothing else is sent. Keys and passwords go into the system's keyring,
// where package deploy/store finds them, and are never shown again. How the last ten
// publishes ended stands in .mingdeng-desk/publishes.json of the site's folder.
//
// Not here: what a record may say (content), what its page looks like (live, theme).
package desk
