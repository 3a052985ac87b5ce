// Package internal holds the program; ARCHITECTURE.md beside this file is its map,
// and a test holds imports to one direction.
package internal
