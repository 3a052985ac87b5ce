package kit

import (
	"image/color"
	"testing"

	"mingdeng/internal/drawing/artwork"
	"mingdeng/internal/plaque/design"
)

// TestCodePart: the part is cut from the picture of the whole, pixel by pixel.
func TestCodePart(t *testing.T) {
	all := designs(t)
	for _, p := range venue().Plaques {
		x, err := Draw(p, all[p.Design])
		if err != nil {
			t.Fatal(err)
		}
		part, err := x.CodePart(3)
		if err != nil {
			t.Fatal(err)
		}
		k := 3 / x.Layout.Module
		whole, err := x.Scene.Image(artwork.View{DPI: k * 25.4, Backdrop: &artwork.RGB{R: 255, G: 255, B: 255}})
		if err != nil {
			t.Fatal(err)
		}
		left, top := int((x.Layout.CodeBox.X-design.Quiet*x.Layout.Module)*k+0.5), int((x.Layout.CodeBox.Y-design.Quiet*x.Layout.Module)*k+0.5)
		for i, v := range part.Pix {
			want := color.GrayModel.Convert(whole.At(left+i%part.Stride, top+i/part.Stride)).(color.Gray).Y
			if v != want {
				t.Fatalf("%s: pixel %d is %d, not %d", p.Code, i, v, want)
			}
		}
	}
}
