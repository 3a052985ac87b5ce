package main

import (
	"bytes"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/tc-hib/winres"
	"github.com/tc-hib/winres/version"

	"mingdeng/internal/picture"
	"mingdeng/themes"
)

// iconSizes are the widths of the icon's pictures in px: what Explorer, the task bar and
// the desktop ask for at 100 % to 200 %.
var iconSizes = []int{16, 20, 24, 32, 40, 48, 64, 128, 256}

// drawIcon draws the theme's icon in all sizes, each from the drawing: scaled pictures
// are blurred where they are small.
func drawIcon() (*winres.Icon, error) {
	svg, err := themes.FS.ReadFile("lamplight/images/icon.svg")
	if err != nil {
		return nil, err
	}
	m, err := picture.Inspect(bytes.NewReader(svg), int64(len(svg)))
	if err != nil {
		return nil, fmt.Errorf("the theme's icon: %w", err)
	}
	var images []image.Image
	for _, size := range iconSizes {
		img, err := picture.Cover(svg, m, size, size)
		if err != nil {
			return nil, fmt.Errorf("the theme's icon at %d px: %w", size, err)
		}
		images = append(images, img)
	}
	return winres.NewIconFromImages(images)
}

const (
	simplifiedChinese = 0x0804
	americanEnglish   = 0x0409
)

// resources are what Windows shows of an exe: its icon, its properties in two languages,
// and a manifest that asks for no rights and takes paths of any length.
func resources(v string) (*winres.ResourceSet, *winres.Icon, error) {
	icon, err := drawIcon()
	if err != nil {
		return nil, nil, err
	}
	rs := &winres.ResourceSet{}
	if err := rs.SetIcon(winres.ID(1), icon); err != nil {
		return nil, nil, err
	}
	for lang, words := range map[uint16][2]string{
		simplifiedChinese: {"明灯", "明灯：把见义勇为英雄的文字变成网站"},
		americanEnglish:   {"Mingdeng", "Mingdeng turns texts about people honoured for brave deeds into a site"},
	} {
		info := version.Info{FileVersion: numbers(v), ProductVersion: numbers(v)}
		for key, value := range map[string]string{
			version.ProductName: words[0], version.FileDescription: words[1], version.FileVersion: v, version.ProductVersion: v,
			version.LegalCopyright: "© The Mingdeng authors, MIT License", version.OriginalFilename: "mingdeng.exe", version.InternalName: "mingdeng",
		} {
			if err := info.Set(lang, key, value); err != nil {
				return nil, nil, err
			}
		}
		rs.SetVersionInfo(info)
	}
	rs.SetManifest(winres.AppManifest{
		Description: "Mingdeng", Compatibility: winres.Win10AndAbove,
		ExecutionLevel: winres.AsInvoker, DPIAwareness: winres.DPIPerMonitorV2, LongPathAware: true,
	})
	return rs, icon, nil
}

// numbers are the four by which Windows compares versions: 1.2.3-rc.1 is 1.2.3.0.
func numbers(v string) (n [4]uint16) {
	v, _, _ = strings.Cut(v, "-")
	v, _, _ = strings.Cut(v, "+")
	for i, part := range strings.SplitN(v, ".", len(n)) {
		x, err := strconv.ParseUint(part, 10, 16)
		if err != nil {
			break
		}
		n[i] = uint16(x)
	}
	return n
}

func writeResources(dir, v string) error {
	rs, icon, err := resources(v)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := icon.SaveICO(&b); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "mingdeng.ico"), b.Bytes(), 0o666); err != nil {
		return err
	}
	for _, arch := range []winres.Arch{winres.ArchAMD64, winres.ArchARM64} {
		b.Reset()
		if err := rs.WriteObject(&b, arch); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, "rsrc_windows_"+string(arch)+".syso"), b.Bytes(), 0o666); err != nil {
			return err
		}
	}
	return nil
}
