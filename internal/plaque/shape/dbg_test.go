package shape
import ("testing";"math/rand";"fmt")
func TestDbg(t *testing.T){ r:=rand.New(rand.NewSource(1)); bad:=map[int]int{}; tot:=map[int]int{}
 for i:=0;i<300;i++{ n:=1+r.Intn(4); var o Outline; pt:=func()Point{return Point{r.Float64()*10,r.Float64()*10}}
 for range n { c:=Contour{Start:pt()}; c.Line(pt()); c.Cubic(pt(),pt(),pt()); o=append(o,c)}
 tot[n]++
 _,ok:=o.Untangle(0.001); if !ok {bad[n]++; if n==1 { tol:=0.001/3; u:=untangler{tol:tol}; m:=Outline{o[0].Place1()}; u.flatten(m);u.cross(); ps:=u.cut(m); fmt.Println(o, u.nodes,len(ps)); for _,p:=range ps{ fmt.Println(p.from,p.to,u.border(&p),len(p.Segments)) } } } }
 fmt.Println(bad,tot)
}
func (c Contour) Place1() Contour { return Outline{c}.Place(1,0,0)[0]}
