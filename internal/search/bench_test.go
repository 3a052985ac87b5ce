package search

import (
	"testing"

	"mingdeng/internal/bench/synth"
	"mingdeng/internal/fingerprint"
	"mingdeng/internal/markdown"
)

func texts(b *testing.B, records int) (docs []*Doc, size int) {
	for r := range (synth.Site{Records: records, Seed: 1, Rich: true}).All() {
		text := markdown.Text([]byte(r.Text))
		docs = append(docs, &Doc{Key: r.Address, Title: r.Title, Lead: r.Line, Text: textOf(text), Print: fingerprint.Sum([]byte(text))})
		size += len(text) / 3
	}
	return docs, size
}

// BenchmarkIndex makes all shards of a thousand records.
func BenchmarkIndex(b *testing.B) {
	docs, size := texts(b, 1000)
	b.ReportAllocs()
	for b.Loop() {
		p, err := New([][]*Doc{docs, nil}, size)
		if err != nil {
			b.Fatal(err)
		}
		x := p.Index(fingerprint.Fingerprint{}, nil)
		if err := x.load(); err != nil {
			b.Fatal(err)
		}
		for s := range x.Shards {
			x.shard(s)
		}
	}
}

// BenchmarkIndexOneEdit makes the shards that one edited text changes.
func BenchmarkIndexOneEdit(b *testing.B) {
	docs, size := texts(b, 1000)
	program := fingerprint.Sum([]byte("program"))
	index := func(docs []*Doc, left []byte) *Index {
		p, err := New([][]*Doc{docs, nil}, size)
		if err != nil {
			b.Fatal(err)
		}
		return p.Index(program, func() []byte { return left })
	}
	left, _ := index(docs, nil).Left()
	edited := *docs[300]
	text, _ := edited.Text()
	edited.Text, edited.Print = textOf(text+"\n第二次补记。"), fingerprint.Sum([]byte("edited"))
	docs[300] = &edited
	made := 0
	for b.Loop() {
		x := index(docs, left)
		if err := x.load(); err != nil {
			b.Fatal(err)
		}
		made = 0
		for s, changed := range x.changed {
			if changed {
				x.shard(s)
				made++
			}
		}
		x.Left()
	}
	b.ReportMetric(float64(made), "shards")
}
