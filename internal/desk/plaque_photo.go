package desk

import (
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"

	"mingdeng/internal/picture"
	"mingdeng/internal/plaques"
)

type photosView struct {
	frame
	Photos  []photoView
	Foreign int
}

// photoView is what one photo shows.
type photoView struct {
	Name    string
	Problem string
	Seen    []seenView
}

type seenView struct {
	Foreign, Retired bool
	Text             string // what the code says
	codeView                // of a code of this site
}

// maxPhotos is how many photos are read at once.
const maxPhotos = 20

// readPhotos tells what the codes in photos are. Nothing of them is kept.
func (v *visit) readPhotos() {
	if v.r.MultipartForm == nil {
		v.showPlaques(http.StatusUnprocessableEntity, v.word("photo.none"))
		return
	}
	var list []*multipart.FileHeader
	for _, h := range v.r.MultipartForm.File["photo"] {
		if h.Filename != "" || h.Size > 0 {
			list = append(list, h)
		}
	}
	switch {
	case len(list) == 0:
		v.showPlaques(http.StatusUnprocessableEntity, v.word("photo.none"))
		return
	case len(list) > maxPhotos:
		v.showPlaques(http.StatusUnprocessableEntity, fmt.Sprintf(v.word("photo.many"), maxPhotos))
		return
	}
	inspector, found, err := plaques.NewInspector(v.options())
	if err != nil {
		v.refuse(v.word("photo.refused"), found, err)
		return
	}
	view := photosView{frame: v.frame("plaques", v.word("photo"))}
	known := map[string]codeView{}
	for _, c := range v.codes(v.site.private.Overview()) {
		known[c.Code] = c
	}
	for _, h := range list {
		x := photoView{Name: h.Filename}
		photo, problem := v.photo(h)
		if x.Problem = problem; problem == "" {
			for _, s := range inspector.Inspect(photo) {
				seen := seenView{Text: s.Text, Foreign: s.Code == nil}
				if s.Code != nil {
					seen.codeView, seen.Retired = known[s.Code.Code], s.Code.Retired
				} else {
					view.Foreign++
				}
				x.Seen = append(x.Seen, seen)
			}
			if len(x.Seen) == 0 {
				x.Problem = v.word("photo.nothing")
			}
		}
		view.Photos = append(view.Photos, x)
	}
	v.show(http.StatusOK, "plaque_photos", view)
}

// photo reads a photo, or tells why it cannot be read.
func (v *visit) photo(h *multipart.FileHeader) (plaques.Photo, string) {
	if h.Size > maxPicture {
		return plaques.Photo{}, v.word("upload.large")
	}
	f, err := h.Open()
	if err != nil {
		return plaques.Photo{}, v.word("upload.broken")
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxPicture))
	if err != nil {
		return plaques.Photo{}, v.word("upload.broken")
	}
	photo, err := plaques.OpenPhoto(b)
	var format picture.FormatError
	var large picture.ErrTooLarge
	switch {
	case err == nil:
		return photo, ""
	case errors.As(err, &format) && format.Seen != "":
		return photo, fmt.Sprintf(v.word("photo.format"), format.Seen)
	case errors.As(err, &large):
		return photo, v.word("upload.large")
	case errors.Is(err, picture.ErrBroken), errors.Is(err, picture.ErrFormat):
		return photo, v.word("upload.broken")
	}
	return photo, v.word("photo.broken")
}
