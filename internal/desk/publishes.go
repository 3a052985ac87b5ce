package desk

import (
	"encoding/json"
	"os"
	"time"
)

// publishesFile keeps how the last publishes ended. It lies in the site's folder, so that
// all who share that see it, and outside of what is published; it names targets and counts,
// no person, no address and nothing of the content.
const publishesFile = ".mingdeng-desk/publishes.json"

// maxPublishes is how many are kept.
const maxPublishes = 10

// outcome is how a publish ended.
type outcome string

const (
	publishDone    outcome = "published"
	publishFailed  outcome = "failed"
	publishStopped outcome = "stopped"
)

// publish is one of them.
type publish struct {
	Time    time.Time `json:"time"`
	Target  string    `json:"target"`
	Outcome outcome   `json:"outcome"`
	Added   int       `json:"added"` // pages
	Renewed int       `json:"renewed"`
	Removed int       `json:"removed"`
	Files   int       `json:"files"` // that are no pages
}

// publishes are the last ones, the newest first. What cannot be read is none.
func publishes(root *os.Root) []publish {
	var list []publish
	b, err := root.ReadFile(publishesFile)
	if err != nil || json.Unmarshal(b, &list) != nil {
		return nil
	}
	return list[:min(len(list), maxPublishes)]
}

// keepPublish adds one.
func keepPublish(root *os.Root, p publish) error {
	list := append([]publish{p}, publishes(root)...)
	b, err := json.MarshalIndent(list[:min(len(list), maxPublishes)], "", "\t")
	if err != nil {
		return err
	}
	return write(root, publishesFile, append(b, '\n'))
}
