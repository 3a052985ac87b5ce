// Package frontmatter reads the head of a record: YAML between lines `---`, TOML
// between `+++`, or one JSON object. Whatever the language, the result is one
// tree of [Node]s that know their place in the file as the editor sees it, so
// that every later fault can say line and column.
//
// The split into head and body is done by github.com/adrg/frontmatter; the three
// languages by go.yaml.in/yaml/v4, pelletier/go-toml's parser and encoding/json.
//
// Bounds: a head of more than 256 KB, nested more than 32 levels, or whose YAML
// aliases expand to more than 10,000 nodes is refused, whatever it costs its
// author to write.
//
// Not here: what the keys mean. That is package content.
package frontmatter

import (
	"mingdeng/internal/diag"
)

// Bounds on a head.
const (
	MaxBytes = 256 << 10
	MaxDepth = 32
	maxNodes = 10_000
)

// Kind is what a Node is.
type Kind uint8

// The kinds of nodes. A Null is a key without a value.
const (
	Null Kind = iota
	Scalar
	List
	Map
)

// Node is a value in a head: a scalar with its text, a list, or a map.
type Node struct {
	Kind   Kind
	Quoted bool   // a scalar in quotes or a block: never a number or a switch
	Text   string // of a scalar, as written between its quotes
	Items  []Node // of a list
	Pairs  []Pair // of a map, in the order written
	Pos    diag.Pos
	// Cut is what follows a scalar without quotes in its line and was read as a remark, though
	// nothing parts it from its #: a "title: June #2" says June. "" otherwise.
	Cut string
}

// Pair is one key of a map.
type Pair struct {
	Key   string
	Pos   diag.Pos // of the key
	Value Node
}

// Format is the language a head is written in.
type Format string

// The three languages.
const (
	YAML Format = "yaml"
	TOML Format = "toml"
	JSON Format = "json"
)

// Doc is a file split into its head and its body.
type Doc struct {
	Format   Format
	Head     Node   // a Map
	Body     []byte // what follows the head
	BodyAt   int    // offset of Body in the file, bytes
	BodyLine int    // line of the file on which Body starts, from 1
}
