package picture

// Note is something an editor should know of a picture that is published all the same.
type Note struct {
	Kind  NoteKind
	Line  int    // in the file of a drawing; 0 elsewhere
	What  string // of NoteDropped: "image", "foreignObject", "animation" or "rule"; of NoteColours the profile's name
	Words string // the beginning of the rule
}

// NoteKind is what a note is about.
type NoteKind string

// The kinds of notes.
const (
	NoteDropped NoteKind = "dropped" // a part of a drawing is left out
	NoteStill   NoteKind = "still"   // of an animation the first frame is shown
	NoteColours NoteKind = "colours" // its colour profile is of a kind that is not converted
)
