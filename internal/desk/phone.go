package desk

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"html/template"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/netip"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"mingdeng/internal/diag"
	"mingdeng/internal/live"
	"mingdeng/internal/plaque/qr"
)

// A phone hands pictures in at a port of its own, which knows nothing else: its page is
// opened by a code that the desk shows beside a record, and takes pictures for that record
// alone.
var phoneRoutes = []route{
	{"GET /_studio/phone/{path...}", (*visit).phone},
	{"POST /_studio/phone/{path...}", (*visit).phoneCode},
}

// Bounds of a code.
const (
	codeTime     = 10 * time.Minute
	codePictures = 20
	maxCodes     = 50 // at once
	codeLength   = 16 // of 32 signs: 80 bits, in an address that is scanned
)

var phoneWords = map[string]diag.Text{
	"phone":         {Zh: "用手机拍", En: "Take with a phone"},
	"phone.scan":    {Zh: "手机连上同一个无线网（Wi-Fi），扫这个码，拍照或选照片。", En: "Join the same Wi-Fi with the phone, scan this code, then take or choose pictures."},
	"phone.type":    {Zh: "扫不了，就在手机浏览器里输入：", En: "If it cannot be scanned, type this into the phone's browser:"},
	"phone.bounds":  {Zh: "十分钟内有效，只认第一部打开它的手机，最多收 20 张。别的什么也打不开。", En: "It holds for ten minutes, for the first phone that opens it, and for 20 pictures. It opens nothing else."},
	"phone.got":     {Zh: "已收到", En: "Received"},
	"phone.got2":    {Zh: "张", En: "pictures"},
	"phone.look":    {Zh: "看看收到没有", En: "See what has come"},
	"phone.back":    {Zh: "回到这条记录", En: "Back to the record"},
	"phone.over":    {Zh: "这个码已经过期。", En: "This code has expired."},
	"phone.anew":    {Zh: "换一个新码", En: "Make a new code"},
	"phone.page":    {Zh: "在手机上看这一页（和发布以后一样）：", En: "See this page on the phone, as it will be when published:"},
	"phone.off":     {Zh: "要用手机拍照，先退出，再这样打开工作台：mingdeng desk --lan", En: "To take pictures with a phone, quit and open the desk with: mingdeng desk --lan"},
	"phone.alone":   {Zh: "这台电脑没有连上无线网或局域网，手机找不到它。", En: "This computer is on no local network: a phone cannot find it."},
	"phone.crowded": {Zh: "开着的码太多了，过几分钟再试。", En: "Too many codes are open: try again in a few minutes."},

	"hand.title":  {Zh: "交照片", En: "Hand in pictures"},
	"hand.choose": {Zh: "拍照，或选照片", En: "Take or choose pictures"},
	"hand.send":   {Zh: "交上去", En: "Send"},
	"hand.left":   {Zh: "还能交", En: "Still to be sent:"},
	"hand.left2":  {Zh: "张", En: "pictures"},
	"hand.taken":  {Zh: "收到了：", En: "Received: "},
	"hand.none":   {Zh: "还没有选照片。", En: "No picture was chosen."},
	"hand.only":   {Zh: "这里只收照片（JPG、PNG、WebP）。", En: "Only photographs are taken here (JPG, PNG, WebP)."},
	"hand.enough": {Zh: "已经够 20 张了。", En: "These are 20 already."},
	"hand.moved":  {Zh: "电脑上已换了网站，请重新扫码。", En: "Another site is open at the computer: scan again."},
}

// handIn is what a code stands for.
type handIn struct {
	code  string
	site  *workspace
	file  string // the record, which moves into a folder with its first picture
	until time.Time
	phone netip.Addr // the first that opened it
	got   int
}

// phones gives codes out and takes pictures in.
type phones struct {
	*Desk
	at   *net.TCPAddr
	page *template.Template

	taking sync.Mutex // one picture in memory at a time

	mu   sync.Mutex
	list []*handIn
}

// give is a code for a record, or the one it has; nil where there are too many.
func (p *phones) give(site *workspace, file string, now time.Time) *handIn {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.list = slices.DeleteFunc(p.list, func(h *handIn) bool { return now.After(h.until) || h.site == site && h.file == file })
	if len(p.list) >= maxCodes {
		return nil
	}
	h := &handIn{code: strings.ToLower(rand.Text()[:codeLength]), site: site, file: file, until: now.Add(codeTime)}
	p.list = append(p.list, h)
	return h
}

// of is a copy of the code that a record has, if one is in force.
func (p *phones) of(site *workspace, file string, now time.Time) (handIn, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, h := range p.list {
		if h.site == site && h.file == file && !now.After(h.until) {
			return *h, true
		}
	}
	return handIn{}, false
}

// open is what a code stands for, for the phone that asks; nil where it stands for nothing,
// or for nothing any more.
func (p *phones) open(code string, phone netip.Addr, now time.Time) *handIn {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, h := range p.list {
		if !same(h.code, code) || now.After(h.until) || h.phone.IsValid() && h.phone != phone {
			continue
		}
		h.phone = phone
		return h
	}
	return nil
}

// addresses are where this machine is found on local networks, the most likely first.
func (p *phones) addresses() (out []string) {
	if !p.at.IP.IsUnspecified() {
		return []string{p.at.String()}
	}
	list, _ := net.InterfaceAddrs() // none is as good as no network
	for _, six := range []bool{false, true} {
		for _, a := range list {
			n, ok := a.(*net.IPNet)
			if !ok {
				continue
			}
			ip, ok := netip.AddrFromSlice(n.IP)
			if ip = ip.Unmap(); ok && ip.IsPrivate() && ip.Is6() == six {
				out = append(out, net.JoinHostPort(ip.String(), strconv.Itoa(p.at.Port)))
			}
		}
	}
	if i := slices.Index(out, net.JoinHostPort(outgoing(), strconv.Itoa(p.at.Port))); i > 0 {
		out[0], out[i] = out[i], out[0]
	}
	return out
}

// outgoing is this machine's address on the network that leads elsewhere, which phones share;
// others belong to virtual machines and the like. Nothing is sent to find it.
func outgoing() string {
	c, err := net.Dial("udp4", "192.0.2.1:9") // RFC 5737: nobody's address
	if err != nil {
		return ""
	}
	defer c.Close()
	return c.LocalAddr().(*net.UDPAddr).IP.String()
}

// listen opens the port for phones until ctx ends. done is closed when it is shut.
func (d *Desk) listen(ctx context.Context, addr string) (done chan struct{}, err error) {
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, err
	}
	page, err := template.New("hand.html").Funcs(template.FuncMap{
		"t": func(key string) (string, error) { return say(d.o.Lang, key) },
	}).ParseFS(assets, "assets/phone/hand.html")
	if err != nil {
		return nil, errors.Join(err, ln.Close())
	}
	d.phones = &phones{Desk: d, at: ln.Addr().(*net.TCPAddr), page: page}
	server := &http.Server{Handler: d.phones, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 5 * time.Minute, IdleTimeout: 30 * time.Second, MaxHeaderBytes: 16 << 10}
	done = make(chan struct{})
	go func() {
		defer close(done)
		stop := context.AfterFunc(ctx, func() { server.Close() })
		defer stop()
		_ = server.Serve(ln) // one that fails ends the port, not the desk
	}()
	return done, nil
}

type handView struct {
	L, Name  string
	Left     int
	Taken    []string
	Problems []string
}

// ServeHTTP answers phones: a code's page and pictures for it, nothing else.
func (p *phones) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-store")
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	code, ok := strings.CutPrefix(r.URL.Path, "/hand-in/")
	if err != nil || !ok || !p.named(r) {
		p.nothing(w)
		return
	}
	code, style := strings.CutSuffix(code, "/style.css")
	in := p.open(code, from.Addr().Unmap(), time.Now())
	switch {
	case in == nil:
		p.nothing(w)
	case style && r.Method == http.MethodGet:
		b, _ := assets.ReadFile("assets/phone/hand.css") // embedded
		h.Set("Content-Type", "text/css; charset=utf-8")
		_, _ = w.Write(b)
	case style:
		p.nothing(w)
	case r.Method == http.MethodGet:
		p.show(w, http.StatusOK, in, handView{})
	case r.Method == http.MethodPost:
		p.take(w, r, in)
	default:
		p.nothing(w)
	}
}

// named tells whether a request names one of this machine's own addresses as its host.
func (p *phones) named(r *http.Request) bool {
	return slices.Contains(p.addresses(), strings.ToLower(r.Host))
}

func (p *phones) nothing(w http.ResponseWriter) {
	w.Header().Set("Connection", "close")
	http.Error(w, "404", http.StatusNotFound)
}

func (p *phones) show(w http.ResponseWriter, status int, in *handIn, view handView) {
	p.mu.Lock()
	view.Left = codePictures - in.got
	p.mu.Unlock()
	view.L, view.Name = "zh-Hans", in.code
	if p.o.Lang == diag.English {
		view.L = "en"
	}
	var b bytes.Buffer
	if err := p.page.Execute(&b, view); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes())
}

// take takes pictures in, one after another, each in memory alone.
func (p *phones) take(w http.ResponseWriter, r *http.Request, in *handIn) {
	v := &visit{Desk: p.Desk, w: w, r: r, site: in.site}
	if p.workspace() != in.site {
		p.show(w, http.StatusGone, in, handView{Problems: []string{v.word("hand.moved")}})
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxUpload)
	parts, err := r.MultipartReader()
	if err != nil {
		p.nothing(w)
		return
	}
	var view handView
	for {
		part, err := parts.NextPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			w.Header().Set("Connection", "close")
			view.Problems = append(view.Problems, wordTorn.In(p.o.Lang))
			break
		}
		if part.FormName() != "file" || part.FileName() == "" {
			continue
		}
		name, err := p.one(v, in, part)
		if err != nil {
			view.Problems = append(view.Problems, part.FileName()+": "+err.Error())
			if errors.Is(err, errEnough) {
				w.Header().Set("Connection", "close")
				view.Problems[len(view.Problems)-1] = v.word("hand.enough")
				break
			}
			continue
		}
		view.Taken = append(view.Taken, name)
	}
	if len(view.Taken) > 0 {
		in.site.pages.Refresh()
	} else if len(view.Problems) == 0 {
		view.Problems = []string{v.word("hand.none")}
	}
	status := http.StatusOK
	if len(view.Problems) > 0 {
		status = http.StatusUnprocessableEntity
	}
	p.show(w, status, in, view)
}

var errEnough = errors.New("as many pictures as a code takes")

// one takes one picture in.
func (p *phones) one(v *visit, in *handIn, part *multipart.Part) (string, error) {
	p.taking.Lock()
	defer p.taking.Unlock()
	p.mu.Lock()
	enough := in.got >= codePictures
	p.mu.Unlock()
	if enough {
		return "", errEnough
	}
	b, err := io.ReadAll(io.LimitReader(part, maxPicture+1))
	switch {
	case err != nil:
		return "", errors.New(wordTorn.In(p.o.Lang))
	case len(b) > maxPicture:
		return "", errors.New(v.word("upload.large"))
	}
	ending, err := v.publishable(b, strings.ToLower(path.Ext(part.FileName())))
	if err != nil {
		return "", err
	}
	if !slices.Contains([]string{".jpg", ".png", ".webp"}, ending) {
		return "", errors.New(v.word("hand.only"))
	}
	in.site.saving.Lock()
	defer in.site.saving.Unlock()
	file, err := v.followed(in.file)
	if err != nil {
		return "", errors.New(v.word("gone"))
	}
	name, file, err := v.place(file, part.FileName(), ending, b)
	if err != nil {
		return "", errors.New(diag.TroubleOf(err).What.In(p.o.Lang))
	}
	p.mu.Lock()
	in.file = file
	in.got++
	p.mu.Unlock()
	return name, nil
}

type phoneView struct {
	frame
	Path, Name string
	On         bool
	Code       string
	Address    string
	Side       int
	Strokes    string // of the symbol, an SVG path
	Got        int
	Page       string // where the phone sees the record's page
}

// phone shows the code that a record has, for a phone to scan.
func (v *visit) phone() {
	v.showPhone(http.StatusOK, "")
}

// phoneCode gives a record a new code.
func (v *visit) phoneCode() {
	file, _, ok := v.read()
	if !ok {
		return
	}
	switch {
	case v.phones == nil:
	case len(v.phones.addresses()) == 0:
		v.showPhone(http.StatusServiceUnavailable, v.word("phone.alone"))
		return
	case v.phones.give(v.site, file, time.Now()) == nil:
		v.showPhone(http.StatusServiceUnavailable, v.word("phone.crowded"))
		return
	}
	v.to(strings.Replace(editPath(file), "/edit/", "/phone/", 1), "")
}

// pageForPhones is where a phone sees the page of a record, "" where there is none to see.
func (v *visit) pageForPhones(e live.Entry) string {
	at := v.phones.addresses()
	if e.State != live.Published || v.site.shown == nil || len(at) == 0 {
		return ""
	}
	host, _, err := net.SplitHostPort(at[0])
	if err != nil {
		return ""
	}
	return "http://" + net.JoinHostPort(host, strconv.Itoa(v.site.shownPort)) + e.Href
}

func (v *visit) showPhone(status int, problem string) {
	file, _, ok := v.read()
	if !ok {
		return
	}
	e, _ := v.entry(file)
	view := phoneView{frame: v.frame("records", v.word("phone")), Path: file, Name: e.Name, On: v.phones != nil}
	view.Problem = problem
	if v.phones != nil {
		view.Page = v.pageForPhones(e)
		if h, ok := v.phones.of(v.site, file, time.Now()); ok {
			view.Code, view.Got = h.code, h.got
			if at := v.phones.addresses(); len(at) > 0 {
				view.Address = "http://" + at[0] + "/hand-in/" + h.code
				symbol, err := qr.EncodePage(view.Address)
				if err == nil { // an address of this length fits
					view.Side, view.Strokes = symbol.Size+2*qr.Quiet, symbol.Strokes()
				}
			}
		}
	}
	v.show(status, "phone", view)
}
