package main

import (
	"cmp"
	"fmt"
	"io"
	"net/url"
	"os"
	"slices"
	"strings"

	"github.com/rivo/uniseg"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"mingdeng/internal/content"
	"mingdeng/internal/diag"
	"mingdeng/internal/manual"
	"mingdeng/internal/serving"
)

var (
	wordHelpServer     = diag.Text{Zh: "help deploy：写出一种`服务器`的配置文件：%s", En: "help deploy: write the configuration of a `SERVER`: %s"}
	wordHelpServerOnly = diag.Text{Zh: "--server 只用在 mingdeng help deploy 后面，例如 mingdeng help deploy --server nginx", En: "--server goes with mingdeng help deploy alone: mingdeng help deploy --server nginx"}
	wordHelpNoServer   = diag.Text{Zh: "--server 只能是 %s 之一，不能是“%s”", En: "--server must be one of %s, not %q"}
)

func (p *program) helpCommand(root *cobra.Command) *cobra.Command {
	server := ""
	c := &cobra.Command{
		Use: "help [COMMAND|TOPIC]", Short: p.say(wordHelp), Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if cmd.Flag("server").Changed {
				return p.serverRecipe(args, server)
			}
			if len(args) == 0 {
				err := root.Help()
				fmt.Fprintln(p.out, "\n"+p.say(wordTopics))
				for _, t := range manual.Topics() {
					fmt.Fprintf(p.out, "  mingdeng help %-10s %s\n", t.Name, p.say(t.Title))
				}
				return err
			}
			var names []string
			for _, t := range manual.Topics() {
				if t.Name == args[0] {
					fmt.Fprint(p.out, t.Text(p.lang))
					return nil
				}
				names = append(names, t.Name)
			}
			cmd, _, err := root.Find(args)
			if err != nil || cmd == root {
				return usage(p.say(wordNoTopic), args[0], strings.Join(names, ", "))
			}
			return cmd.Help()
		},
	}
	names := serverNames()
	c.Flags().StringVar(&server, "server", "", fmt.Sprintf(p.say(wordHelpServer), strings.Join(names, ", ")))
	_ = c.RegisterFlagCompletionFunc("server", cobra.FixedCompletions(names, cobra.ShellCompDirectiveNoFileComp)) // fails for unknown flags alone
	return c
}

func serverNames() (names []string) {
	for _, s := range serving.Servers() {
		names = append(names, s.Name)
	}
	return names
}

// serverRecipe writes the configuration of a web server: for the site's own address, where
// there is a site.
func (p *program) serverRecipe(args []string, name string) error {
	if len(args) != 1 || args[0] != "deploy" {
		return usage("%s", p.say(wordHelpServerOnly))
	}
	i := slices.Index(serverNames(), name)
	if i < 0 {
		return usage(p.say(wordHelpNoServer), strings.Join(serverNames(), ", "), name)
	}
	_, err := io.WriteString(p.out, serving.Servers()[i].Recipe(p.place(), p.lang))
	return err
}

// place is where the site in the folder is served, as far as its settings say.
func (p *program) place() (at serving.Place) {
	fsys := content.Texts(os.DirFS(p.root))
	tree, _ := content.Scan(fsys)
	site := content.ReadSite(fsys, tree)
	u, err := url.Parse(cmp.Or(p.baseURL, string(site.BaseURL)))
	if err != nil || u.Hostname() == "" {
		return at
	}
	at.Host, at.Base = u.Hostname(), u.Path
	if site.Plaque != nil {
		if printed, err := url.Parse(string(site.Plaque.BaseURL)); err == nil && printed.Hostname() != "" && printed.Hostname() != at.Host {
			at.Also = []string{printed.Hostname()}
		}
	}
	return at
}

func (p *program) usage(c *cobra.Command) error {
	p.writeUsage(p.err, c)
	return nil
}

// writeUsage tells how a command is used, in the user's language and in columns that
// hold for wide characters; the library's own does neither.
func (p *program) writeUsage(w io.Writer, c *cobra.Command) {
	fmt.Fprintf(w, "%s\n  %s\n", p.say(wordUsage), strings.ReplaceAll(c.UseLine(), "[flags]", p.say(wordAnyFlags)))
	var rows [][2]string
	for _, inner := range c.Commands() {
		if inner.IsAvailableCommand() || inner.Name() == "help" {
			rows = append(rows, [2]string{inner.Name(), inner.Short})
		}
	}
	table(w, p.say(wordCommands), rows)
	table(w, p.say(wordFlags), p.flagRows(c.LocalFlags()))
	table(w, p.say(wordCommonFlags), p.flagRows(c.InheritedFlags()))
}

func (p *program) flagRows(flags *pflag.FlagSet) (rows [][2]string) {
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		name := "    --" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", --" + f.Name
		}
		value, words := pflag.UnquoteUsage(f)
		if value != "" {
			name += " " + value
		}
		if f.DefValue != "" && f.DefValue != "false" {
			words += fmt.Sprintf(p.say(wordDefault), f.DefValue)
		}
		rows = append(rows, [2]string{name, words})
	})
	return rows
}

// table writes rows in two columns below a title; nothing where there are none.
func table(w io.Writer, title string, rows [][2]string) {
	if len(rows) == 0 {
		return
	}
	wide := 0
	for _, r := range rows {
		wide = max(wide, uniseg.StringWidth(r[0]))
	}
	fmt.Fprintf(w, "\n%s\n", title)
	for _, r := range rows {
		fmt.Fprintf(w, "  %s%s  %s\n", r[0], strings.Repeat(" ", wide-uniseg.StringWidth(r[0])), r[1])
	}
}
