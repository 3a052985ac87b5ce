package markdown

import "mingdeng/internal/han"

// Count is the number of words in a body: each Han character and each word or
// number of other scripts is one. It counts what [Text] gives.
func Count(body []byte) int { return han.Count(Text(body)) }
