//go:build !unix

package history

// Windows says of a path below a file that it is not there.
func isNotDir(error) bool { return false }
