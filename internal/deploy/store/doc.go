// Package store has the places a site is deployed to: S3-compatible stores, servers reached
// by SFTP, folders. All are held to one suite of tests (store_test.go), which runs against
// real servers.
package store
