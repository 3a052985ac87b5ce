package main

import (
	"bytes"
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	cdx "github.com/CycloneDX/cyclonedx-go"
)

// bom is the list of all parts of a program, in CycloneDX. It has no serial number: that
// would have to be another in every list, and this one is the same for the same program.
func bom(version string, at time.Time, exe []byte, info *buildinfo.BuildInfo, modules, data []part) ([]byte, error) {
	var settings []cdx.Property
	for _, s := range info.Settings {
		switch s.Key {
		case "GOOS", "GOARCH", "vcs.revision", "vcs.time":
			settings = append(settings, cdx.Property{Name: "go:" + s.Key, Value: s.Value})
		}
	}
	main := cdx.Component{
		BOMRef: "mingdeng", Type: cdx.ComponentTypeApplication, Name: "mingdeng", Version: version,
		Hashes:   &[]cdx.Hash{{Algorithm: cdx.HashAlgoSHA256, Value: fmt.Sprintf("%x", sha256.Sum256(exe))}},
		Licenses: licences([]string{"MIT"}), Properties: &settings,
	}
	var components []cdx.Component
	var refs []string
	add := func(c cdx.Component) {
		components, refs = append(components, c), append(refs, c.BOMRef)
	}
	for _, p := range modules {
		v := p.Version
		if p.Name == "std" {
			v, _, _ = strings.Cut(strings.TrimPrefix(v, "go"), " ")
		}
		url := "pkg:golang/" + p.Name + "@" + v
		c := cdx.Component{BOMRef: url, Type: cdx.ComponentTypeLibrary, Name: p.Name, Version: v, PackageURL: url, Licenses: licences(p.Licences)}
		if h1, ok := strings.CutPrefix(p.Sum, "h1:"); ok {
			sum, err := base64.StdEncoding.DecodeString(h1)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", p.Name, err)
			}
			// A SHA-256 of the module's files, which is what go.sum holds (golang.org/x/mod/sumdb/dirhash).
			c.Hashes = &[]cdx.Hash{{Algorithm: cdx.HashAlgoSHA256, Value: hex.EncodeToString(sum)}}
		}
		add(c)
	}
	for _, p := range data {
		add(cdx.Component{BOMRef: "data:" + p.Name, Type: cdx.ComponentTypeData, Name: p.Name, Licenses: licences(p.Licences)})
	}
	list := cdx.NewBOM()
	list.SerialNumber = ""
	list.Metadata = &cdx.Metadata{Timestamp: at.Format(time.RFC3339), Component: &main}
	list.Components = &components
	list.Dependencies = &[]cdx.Dependency{{Ref: main.BOMRef, Dependencies: &refs}}
	var b bytes.Buffer
	err := cdx.NewBOMEncoder(&b, cdx.BOMFileFormatJSON).SetPretty(true).EncodeVersion(list, cdx.SpecVersion1_6)
	return b.Bytes(), err
}

func licences(ids []string) *cdx.Licenses {
	var out cdx.Licenses
	for _, id := range ids {
		out = append(out, cdx.LicenseChoice{License: &cdx.License{ID: id}})
	}
	return &out
}
