package picture

import (
	"errors"
	"fmt"
	"strings"
)

// refGraph knows which parts of a drawing draw which others. A few lines of
// <use> within <use> can ask for a thousand million elements; browsers try.
//
// References in <style> rules are not followed: which elements they apply to is
// the browser's to say. Paint servers are not drawn twice by being named twice.
type refGraph struct {
	total int // elements read
	nodes []refNode
	open  []int // indices of those that are open, the root first
	byID  map[string]int
}

type refNode struct {
	parent int
	refs   []string
	own    int64 // what it costs without what is within and what it refers to
	cost   int64 // what drawing it costs, in elements; 0 where not reckoned yet
	active bool
}

func (g *refGraph) push(id string, own int64) {
	parent := -1
	if n := len(g.open); n > 0 {
		parent = g.open[n-1]
	}
	at := len(g.nodes)
	g.nodes = append(g.nodes, refNode{parent: parent, own: own})
	g.open = append(g.open, at)
	if id != "" {
		if g.byID == nil {
			g.byID = make(map[string]int)
		}
		if _, taken := g.byID[id]; !taken { // the first one counts
			g.byID[id] = at
		}
	}
}

func (g *refGraph) pop() { g.open = g.open[:len(g.open)-1] }

// add records what an attribute, already found safe, of the innermost open
// element refers to.
func (g *refGraph) add(a attribute) {
	n := &g.nodes[g.open[len(g.open)-1]]
	if a.name == "xlink:href" {
		n.refs = append(n.refs, a.value[1:])
		return
	}
	for v := a.value; ; {
		_, rest, found := strings.Cut(v, "url(")
		if !found {
			return
		}
		arg, after, _ := strings.Cut(rest, ")")
		n.refs = append(n.refs, strings.TrimPrefix(unquote(strings.TrimSpace(arg)), "#"))
		v = after
	}
}

// errCost says that drawing costs too much.
var errCost = fmt.Errorf("repeated by <use>, and with its filters and dashes, it costs as much to draw as %d elements", maxCost)

// check reckons what drawing the whole costs.
func (g *refGraph) check() error {
	kids := make([][]int, len(g.nodes))
	for i, n := range g.nodes {
		if n.parent >= 0 {
			kids[n.parent] = append(kids[n.parent], i)
		}
	}
	if len(g.nodes) == 0 {
		return nil
	}
	cost, err := g.cost(0, kids, 0)
	if err == nil && cost > maxCost {
		err = errCost
	}
	return err
}

func (g *refGraph) cost(i int, kids [][]int, depth int) (int64, error) {
	n := &g.nodes[i]
	switch {
	case n.cost > 0:
		return n.cost, nil
	case n.active:
		return 0, errors.New("a part of the drawing contains itself by reference")
	case depth > 20*maxDepth:
		return 0, errors.New("references lead on from part to part without end")
	}
	n.active = true
	cost := n.own
	next := kids[i]
	for _, id := range n.refs {
		if at, ok := g.byID[id]; ok {
			next = append(next[:len(next):len(next)], at)
		}
	}
	for _, at := range next {
		c, err := g.cost(at, kids, depth+1)
		if err != nil {
			return 0, err
		}
		cost = min(cost+c, maxCost+1)
	}
	n.active, n.cost = false, cost
	return cost, nil
}
