package manual

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"mingdeng/internal/diag"
	"mingdeng/internal/pages"
)

// themeTopic lists what each template may show, from the views themselves.
func themeTopic(l diag.Lang) string {
	var b strings.Builder
	b.WriteString(diag.Text{
		Zh: "主题是 themes/名称/：theme.yaml、templates/、i18n/、styles/、scripts/、images/、plaques/。\n" +
			"新建一个：mingdeng new theme 名称，再在 site.yaml 里写 theme: 名称。它叠在灯下（lamplight）上面，\n" +
			"写了的文件用自己的，没写的用灯下的：theme.yaml 里的 extends: lamplight 就是这个意思。\n" +
			"模板是 Go 的 html/template，只能用下面列出的字段；{{t \"词名\"}} 取 i18n 里的词。\n" +
			"每个视图还有 Frame 的字段。\n",
		En: "A theme is themes/NAME/: theme.yaml, templates/, i18n/, styles/, scripts/, images/, plaques/.\n" +
			"To start one: mingdeng new theme NAME, then theme: NAME in site.yaml. It is laid over lamplight:\n" +
			"a file that it has not is lamplight's, which is what extends: lamplight in theme.yaml says.\n" +
			"Templates are Go's html/template and may use the fields listed here; {{t \"key\"}} fetches a word of i18n.\n" +
			"Every view has the fields of Frame as well.\n",
	}.In(l))
	views := pages.Views()
	var names []string
	for n := range views {
		names = append(names, n)
	}
	slices.Sort(names)
	told := map[reflect.Type]bool{}
	var queue []reflect.Type
	fields := func(heading string, t reflect.Type) {
		fmt.Fprintf(&b, "\n## %s\n\n", heading)
		for i := range t.NumField() {
			f := t.Field(i)
			if !f.IsExported() || f.Anonymous {
				continue
			}
			fmt.Fprintf(&b, "    .%-12s %s\n", f.Name, strings.ReplaceAll(f.Type.String(), "pages.", ""))
			inner := f.Type
			for inner.Kind() == reflect.Pointer || inner.Kind() == reflect.Slice {
				inner = inner.Elem()
			}
			if inner.Kind() == reflect.Struct && strings.HasSuffix(inner.PkgPath(), "/pages") && !told[inner] {
				told[inner] = true
				queue = append(queue, inner)
			}
		}
	}
	fields("Frame", reflect.TypeFor[pages.Frame]())
	for _, n := range names {
		fields("templates/"+n+".html", reflect.TypeOf(views[n]).Elem())
	}
	for len(queue) > 0 {
		t := queue[0]
		queue = queue[1:]
		fields(t.Name(), t)
	}
	return b.String()
}
