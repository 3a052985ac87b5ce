#!/usr/bin/env bash
# Makes what is given out of one version, for six systems, in a folder:
#
#   bash .github/release.sh VERSION [OUTDIR]      such as 1.2.3; OUTDIR is dist/VERSION if not given
#
# It runs on Debian with Go, and takes what is committed: it works in a clone of its own, so
# that nothing else in the tree comes in. Installers for Windows need NSIS (apt-get install nsis); where it
# is not there the script says so and makes archives alone. The same commit gives the same
# bytes with the same Go and NSIS, but for signatures, which hold the time.
#
# Programs and installers for Windows are signed if MINGDENG_SIGN_CERT names a certificate:
#   MINGDENG_SIGN_CERT       PKCS#12 file
#   MINGDENG_SIGN_PASS_FILE  file that holds its password
#   MINGDENG_SIGN_TIME_URL   RFC 3161 time stamp server; without one, a signature ends with
#                            its certificate
set -euo pipefail
cd "$(dirname "$0")/.."

version=${1:-}
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.]+)?$ ]] || { echo "usage: release.sh VERSION [OUTDIR]; a version is like 1.2.3" >&2; exit 2; }
out=$(realpath -m "${2:-dist/$version}")
[ ! -e "$out" ] || [ -z "$(ls -A "$out")" ] || { echo "$out holds files: choose an empty folder" >&2; exit 2; }

say() { printf '== %s\n' "$*"; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$out" "$work/exe"
git clone -q . "$work/source"
cd "$work/source"
epoch=$(git log -1 --format=%ct)
say "$version of $(git log -1 --format='%h, %cI')"
[ "$(git -C "$OLDPWD" status --porcelain | wc -l)" = 0 ] || say "changes that are not committed are left out"

say "icon and resources"
go build -trimpath -o "$work/release" ./internal/release
"$work/release" resources -version "$version" -o "$work"
# They are linked in if they lie beside the program's source; git ignores them.
cp "$work"/rsrc_windows_*.syso cmd/mingdeng/

programs=()
for target in windows/amd64 windows/arm64 darwin/amd64 darwin/arm64 linux/amd64 linux/arm64; do
	say "build $target"
	exe=$work/exe/${target//\//-}
	CGO_ENABLED=0 GOAMD64=v1 GOARM64=v8.0 GOFLAGS= GOEXPERIMENT= GOOS=${target%/*} GOARCH=${target#*/} \
		go build -trimpath -buildvcs=true -ldflags "-s -w -buildid= -X main.version=$version" -o "$exe" ./cmd/mingdeng
	programs+=("$exe")
done

signed=()
sign() { # FILE
	[ -n "${MINGDENG_SIGN_CERT:-}" ] || return 0
	local stamp=()
	[ -z "${MINGDENG_SIGN_TIME_URL:-}" ] || stamp=(-ts "$MINGDENG_SIGN_TIME_URL")
	osslsigncode sign -h sha256 -pkcs12 "$MINGDENG_SIGN_CERT" ${MINGDENG_SIGN_PASS_FILE:+-readpass "$MINGDENG_SIGN_PASS_FILE"} \
		-n "Mingdeng $version" "${stamp[@]}" -in "$1" -out "$1.signed" >/dev/null
	mv "$1.signed" "$1"
	signed=(-signed)
}
if [ -n "${MINGDENG_SIGN_CERT:-}" ]; then
	say "sign"
	command -v osslsigncode >/dev/null || { echo "MINGDENG_SIGN_CERT is set and osslsigncode is not there (apt-get install osslsigncode)" >&2; exit 1; }
	sign "$work/exe/windows-amd64"
	sign "$work/exe/windows-arm64"
else
	say "not signed: MINGDENG_SIGN_CERT is not set; NOTES.md says what SmartScreen shows and what to answer"
fi

say "archives"
"$work/release" pack -version "$version" -time "$epoch" -work "$work" -out "$out" "${programs[@]}"

installer=()
if command -v makensis >/dev/null; then
	for arch in amd64 arm64; do
		say "installer windows/$arch"
		setup=$out/mingdeng-$version-windows-$arch-setup.exe
		SOURCE_DATE_EPOCH=$epoch makensis -V2 -WX -INPUTCHARSET UTF8 -DVERSION="$version" -DFILES="$work/mingdeng-$version-windows-$arch" \
			-DICON="$work/mingdeng.ico" -DOUT="$setup" .github/installer.nsi
		sign "$setup"
	done
	installer=(-installer)
else
	say "no installers: makensis is not there (apt-get install nsis)"
fi

say "sums and notes"
"$work/release" finish -version "$version" -out "$out" "${signed[@]}" "${installer[@]}"
(cd "$out" && sha256sum --check --quiet SHA256SUMS && ls -l)
