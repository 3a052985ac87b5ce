//go:build !unix

package main

import "os"

// peak is not known here.
func peak(*os.ProcessState) float64 { return 0 }

// spent is not known here.
func spent() float64 { return 0 }
