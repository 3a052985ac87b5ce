package theme

import (
	"text/template/parse"
)

// truths lists the paths known to be present where the pipeline holds, and where
// it does not.
func (c *checker) truths(p *parse.PipeNode, dot value, sc *scope) (yes, no []string) {
	if len(p.Cmds) != 1 {
		return nil, nil
	}
	args := p.Cmds[0].Args
	id, isFunc := args[0].(*parse.IdentifierNode)
	if !isFunc {
		if len(args) > 1 {
			return nil, nil
		}
		return c.truth(args[0], dot, sc)
	}
	switch id.Ident {
	case "not":
		if len(args) == 2 {
			yes, no = c.truth(args[1], dot, sc)
		}
		return no, yes
	case "and":
		for _, a := range args[1:] {
			y, _ := c.truth(a, dot, sc)
			yes = append(yes, y...)
		}
	case "or":
		for _, a := range args[1:] {
			_, n := c.truth(a, dot, sc)
			no = append(no, n...)
		}
	}
	return yes, no
}

func (c *checker) truth(n parse.Node, dot value, sc *scope) (yes, no []string) {
	if p, ok := n.(*parse.PipeNode); ok {
		return c.truths(p, dot, sc)
	}
	quiet := *c // the expression has been checked already: nothing is told twice
	quiet.found, quiet.told = nil, map[string]bool{}
	v := quiet.operand(n, dot, sc)
	c.fresh = quiet.fresh
	if v.path != "" {
		return []string{v.path}, nil
	}
	return nil, nil
}
