package diag

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var slot = regexp.MustCompile(`\{(\d+)\}`)

// wants is how many arguments the words of a code use.
func (c *Code) wants() int {
	n := 0
	for _, t := range []Text{c.Message, c.Hint} {
		for _, s := range []string{t.Zh, t.En} {
			for _, m := range slot.FindAllStringSubmatch(s, -1) {
				k, _ := strconv.Atoi(m[1])
				n = max(n, k+1)
			}
		}
	}
	if c.Mend[0] != c.Mend[1] {
		n = max(n, c.Mend[0]+1, c.Mend[1]+1)
	}
	return n
}

// Every finding that the program makes gives its words what they use: as many arguments
// as there are, and none for nothing. The source is walked, since most findings are made
// on ways that no test goes.
func TestFindingsHaveTheirArguments(t *testing.T) {
	fset := token.NewFileSet()
	files := map[string][]*ast.File{} // by folder
	for _, top := range []string{"..", "../../cmd"} {
		err := filepath.WalkDir(top, func(p string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || !strings.HasSuffix(p, ".go") || strings.HasSuffix(p, "_test.go") {
				return err
			}
			f, err := parser.ParseFile(fset, p, nil, parser.SkipObjectResolution)
			files[filepath.Dir(p)] = append(files[filepath.Dir(p)], f)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}

	codes := map[string]*Code{} // by the name of their variable
	for _, f := range files["../diag"] {
		ast.Inspect(f, func(n ast.Node) bool {
			v, ok := n.(*ast.ValueSpec)
			if !ok {
				return true
			}
			for i, x := range v.Values {
				call, ok := x.(*ast.CallExpr)
				if !ok || !isIdent(call.Fun, "declare") {
					continue
				}
				for _, e := range call.Args[0].(*ast.CompositeLit).Elts {
					if kv := e.(*ast.KeyValueExpr); isIdent(kv.Key, "ID") {
						id, _ := strconv.Unquote(kv.Value.(*ast.BasicLit).Value)
						codes[v.Names[i].Name] = Lookup(id)
					}
				}
			}
			return true
		})
	}
	if len(codes) != len(all) {
		t.Fatalf("%d of %d codes were found in the source", len(codes), len(all))
	}

	seen := map[*Code]bool{}
	for dir, list := range files {
		forward := forwarders(list)
		for _, f := range list {
			ast.Inspect(f, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok {
					return true
				}
				var c *Code
				fixed := 0 // arguments before those of the words
				if sel, ok := call.Fun.(*ast.SelectorExpr); ok {
					if sel.Sel.Name == "At" {
						c, fixed = codeOf(sel.X, codes, dir), 2
					} else if at, ok := forward[sel.Sel.Name]; ok && at.code < len(call.Args) {
						c, fixed = codeOf(call.Args[at.code], codes, dir), at.fixed
					}
				}
				if c == nil {
					return true
				}
				seen[c] = true
				if got := len(call.Args) - fixed; !call.Ellipsis.IsValid() && got != c.wants() {
					t.Errorf("%s: %s is given %d arguments, its words use %d", fset.Position(call.Pos()), c.ID, got, c.wants())
				}
				return true
			})
		}
	}
	for _, c := range all {
		if !seen[c] {
			t.Logf("%s is made in a way this test does not see", c.ID)
		}
	}
	if len(seen) < len(all)*3/4 {
		t.Errorf("only %d of %d codes were seen", len(seen), len(all))
	}
}

// forwarder is a function that hands a code and its arguments on: where among its
// parameters the code stands, and how many there are besides the arguments.
type forwarder struct{ code, fixed int }

// forwarders finds func(… *diag.Code … args ...any).
func forwarders(files []*ast.File) map[string]forwarder {
	out := map[string]forwarder{}
	for _, f := range files {
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			n, code, variadic := 0, -1, false
			for _, p := range fn.Type.Params.List {
				if star, ok := p.Type.(*ast.StarExpr); ok {
					if sel, ok := star.X.(*ast.SelectorExpr); ok && isIdent(sel.X, "diag") && sel.Sel.Name == "Code" {
						code = n
					}
				}
				_, variadic = p.Type.(*ast.Ellipsis)
				n += max(1, len(p.Names))
			}
			if code >= 0 && variadic {
				out[fn.Name.Name] = forwarder{code, n - 1}
			}
		}
	}
	return out
}

func codeOf(x ast.Expr, codes map[string]*Code, dir string) *Code {
	switch x := x.(type) {
	case *ast.SelectorExpr:
		if isIdent(x.X, "diag") {
			return codes[x.Sel.Name]
		}
	case *ast.Ident:
		if dir == "../diag" {
			return codes[x.Name]
		}
	}
	return nil
}

func isIdent(x ast.Expr, name string) bool {
	id, ok := x.(*ast.Ident)
	return ok && id.Name == name
}
