package content

import (
	"bytes"
	"reflect"
	"slices"
	"strings"

	"mingdeng/internal/diag"
	"mingdeng/internal/frontmatter"
)

// Blanks are what a new record says where only its editor knows what belongs there. They
// are declared here alone: `mingdeng new` writes them ([Key.Blank], [BlankText]), and Load
// reports those that are left in a record that is no draft.

// BlankText is the text of a new record.
var BlankText = diag.Text{Zh: "正文从这里开始写。", En: "The text starts here."}

var (
	blankRegion = diag.Text{Zh: "某省/某市/某县", En: "province/city/county"}
	blankWords  = diag.Text{Zh: unfilled, En: unfilled}
	blankList   = diag.Text{Zh: "[甲, 乙]", En: "[a, b]"}
	blankURL    = diag.Text{Zh: "https://example.cn/", En: "https://example.cn/"}
	// A place that is somebody's: a venue that keeps it would stand there on the map.
	blankLat = diag.Text{Zh: "34.7500", En: "34.7500"}
	blankLng = diag.Text{Zh: "113.6200", En: "113.6200"}
)

// blankOf is what a new record says for a key; it is empty where a value that can stand is
// written, or one that is reported in any case where it is left: a reference, a file.
func blankOf(t reflect.Type, key string) diag.Text {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case key == "lat":
		return blankLat
	case key == "lng":
		return blankLng
	case key == "slug", key == "design":
		return diag.Text{}
	case t == typeRegion:
		return blankRegion
	case t == typeURL:
		return blankURL
	case t.Kind() == reflect.Slice && (t.Elem().Kind() == reflect.String && valuesOf(t.Elem()) == nil || t.Elem() == typeText):
		return blankList
	case t == typeText, t.Kind() == reflect.String && valuesOf(t) == nil && t != typeBase:
		return blankWords
	}
	return diag.Text{}
}

// blank reports a value that is still what a new record says, or what a mended line
// suggested.
func (d *decoding) blank(n frontmatter.Node, t reflect.Type, f *field) {
	left := ""
	switch blank := blankOf(t, f.en); {
	case blank == diag.Text{}:
		return
	case n.Kind == frontmatter.List && (blank == blankList || blank == blankRegion):
		var items []string
		for _, i := range n.Items {
			items = append(items, i.Text)
		}
		if text := "[" + strings.Join(items, ", ") + "]"; blank == blankList && (text == blank.Zh || text == blank.En) {
			left = text
		} else if blank == blankRegion {
			left = blankPart(items)
		}
	case n.Kind != frontmatter.Scalar:
		return
	case blank == blankRegion:
		left = blankPart(strings.Split(n.Text, "/"))
	default:
		if text := strings.TrimSpace(n.Text); text == blank.Zh || text == blank.En || text == unfilled {
			left = text
		}
	}
	if left != "" {
		d.report(diag.Blank, n.Pos, left)
	}
}

// blankPart is the first part of a region that no place is called. 某省 alone is not what a
// new record says, but how people write who do not want to say where.
func blankPart(parts []string) string {
	if len(parts) == 1 && strings.TrimSpace(parts[0]) != unfilled {
		return ""
	}
	blank := slices.Concat(strings.Split(blankRegion.Zh, "/"), strings.Split(blankRegion.En, "/"), []string{unfilled, "…省", "…市", "…县"})
	for _, p := range parts {
		if p = strings.TrimSpace(p); slices.Contains(blank, p) {
			return p
		}
	}
	return ""
}

// blankText reports the line of a text that says where to begin.
func (d *decoding) blankText(body []byte, first int) {
	for _, words := range []string{BlankText.Zh, BlankText.En} {
		if !bytes.Contains(body, []byte(words)) {
			continue
		}
		for i, line := range bytes.Split(body, []byte("\n")) {
			if string(bytes.TrimSpace(line)) == words {
				d.report(diag.Blank, diag.Pos{Line: first + i, Col: 1}, words)
			}
		}
	}
}

// settleBlanks forgets the blanks of a draft: it is not finished, and nobody says it is.
func (d *decoding) settleBlanks(draft bool) {
	if draft {
		d.findings = slices.DeleteFunc(d.findings, func(f diag.Finding) bool { return f.Code == diag.Blank })
	}
}
