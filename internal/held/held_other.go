//go:build !linux && !windows && !darwin

package held

var ways []func(string) (func(), error)
