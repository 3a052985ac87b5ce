#!/usr/bin/env bash
# The first hour's commands against the program for Windows, under Wine:
#
#   bash .github/wine.sh [mingdeng.exe [SETUP.exe]]      built from the tree if not given
#
# The site that it builds must be Linux's to the byte. With an installer, that is tried too:
# what it brings, that it comes over an earlier one, that it takes away its own and no more.
# Go's programs start under Wine 10 or later alone; where there is none, one line says so.
# Wine is not Windows: it renames folders that are held open, and has no virus scanner.
set -euo pipefail
cd "$(dirname "$0")/.."

wine=$(command -v wine || command -v wine64 || true)
version=$([ -z "$wine" ] || "$wine" --version 2>/dev/null | sed -n 's/^wine-\([0-9]*\).*/\1/p')
if [ "${version:-0}" -lt 10 ]; then
	echo "wine.sh: skipped, no Wine 10 or later is installed"
	exit 0
fi

work=$(mktemp -d)
export WINEPREFIX=$work/prefix WINEDEBUG=-all LANG=${LANG:-C.UTF-8} DISPLAY="${DISPLAY:-}" SOURCE_DATE_EPOCH=1795305600
trap 'wineserver -k 2>/dev/null || true; rm -rf "$work"' EXIT
wineboot -i >/dev/null 2>&1 || true

exe=$(realpath "${1:-$work/mingdeng.exe}")
setup=${2:+$(realpath "$2")}
[ -n "${1:-}" ] || CGO_ENABLED=0 GOOS=windows GOARCH=amd64 go build -o "$exe" ./cmd/mingdeng
linux=${MINGDENG_LINUX:-$work/mingdeng}
[ -n "${MINGDENG_LINUX:-}" ] || go build -o "$linux" ./cmd/mingdeng

fail() { echo "wine.sh: $*" >&2; exit 1; }
win() { "$wine" "$exe" "$@"; }
# refused CODE ARGUMENTS…: the program ends with that code.
refused() {
	local want=$1 got=0
	shift
	win "$@" >"$work/said" 2>&1 || got=$?
	[ "$got" = "$want" ] || { cat "$work/said"; fail "exit $got, not $want: mingdeng $*"; }
}
# says WORDS ARGUMENTS…: whatever it ends with.
says() {
	local words=$1
	shift
	win "$@" >"$work/said" 2>&1 || true
	grep -qF -- "$words" "$work/said" || { cat "$work/said"; fail "no word of $words: mingdeng $*"; }
}

mkdir "$work/放 网站 的地方"
cd "$work/放 网站 的地方"
win version | tr -d '\r'
win init '我们的 网站' >/dev/null
cd '我们的 网站'
win new 英雄 '张三 ' >/dev/null
[ -f content/heroes/张三.md ] || fail "new made no 张三.md"
refused 2 new 英雄 con
refused 2 build -o 'C:\'
mv content/heroes/张三.md content/heroes/张三.md.txt
says 张三.md.txt check
rm content/heroes/张三.md.txt
sed -i 's/$/\r/' content/pages/about.md

digest() { grep -o '[0-9a-f]\{64\}'; }
theirs=$(win build -v 2>&1 | digest)
mv public "$work/windows"
ours=$("$linux" build -v 2>&1 | digest)
diff -r -x .mingdeng public "$work/windows" || fail "Windows' site is another"
[ -n "$ours" ] && [ "$ours" = "$theirs" ] || fail "digests differ: $ours, $theirs"
win build | tr -d '\r'
win plaque list >/dev/null
win init --clear-samples >/dev/null
win build >/dev/null

mkdir "$work/来稿"
printf '姓名,性别\r\n李四,男\r\n' >"$work/来稿/名单.csv"
says 名单.csv import "Z:${work//\//\\}\\来稿\\*.CSV" --dry-run
says 名单.csv import "Z:${work//\//\\}\\来稿" --dry-run

# A folder is renamed while serve runs, and what is saved in it then is seen.
mkdir -p content/briefs/2026
"$wine" "$exe" serve --addr 127.0.0.1:0 >"$work/serve" 2>&1 &
serving=$!
for _ in $(seq 100); do grep -q 'http://' "$work/serve" && break; sleep 0.2; done
address=$(grep -o 'http://[0-9.:]*/' "$work/serve" | head -1)
[ -n "$address" ] || { cat "$work/serve"; fail "serve tells no address"; }
"$wine" cmd /c 'ren content\briefs\2026 2025' || fail "a folder cannot be renamed while serve runs"
printf -- '---\n标题: 看得见\n日期: 2025-01-02\n---\n\n正文。\n' >content/briefs/2025/kan-jian.md
seen=
for _ in $(seq 50); do
	if curl -fs "${address}briefs/2025/kan-jian/" >/dev/null; then seen=yes; break; fi
	sleep 0.2
done
kill "$serving" 2>/dev/null || true
wait "$serving" 2>/dev/null || true
[ -n "$seen" ] || { cat "$work/serve"; fail "what is saved in a renamed folder is not seen"; }

# The desk: one line with its address, a record saved by its form, a version of it, the end.
"$wine" "$exe" desk . --no-open >"$work/desk" 2>"$work/desk-said" &
for _ in $(seq 200); do grep -q 'key=' "$work/desk" && break; sleep 0.2; done
address=$(tr -d '\r' <"$work/desk" | head -1)
[ -n "$address" ] || { cat "$work/desk-said"; fail "the desk tells no address"; }
desk=${address%%/_studio*}
ask() { curl -fsS -b "$work/cookies" -c "$work/cookies" -H "Origin: $desk" "$@"; }
ask -L "$address" >"$work/page" || fail "the desk does not open"
token=$(grep -o 'data-token="[^"]*"' "$work/page" | cut -d'"' -f2)
[ "$(curl -s -o /dev/null -w '%{http_code}' "$desk/_studio/")" = 403 ] || fail "the desk opens without its key"
form="$desk/_studio/edit/content/pages/about.md"
base=$(ask "$form" | grep -o 'name="base" value="[^"]*"' | cut -d'"' -f4)
ask --data-urlencode "token=$token" --data-urlencode "base=$base" --data-urlencode 'text=在工作台里写的。' --data do=save "$form" >/dev/null
grep -q 在工作台里写的 content/pages/about.md || fail "the desk did not save"
for _ in $(seq 100); do ask "$desk/_studio/history/content/pages/about.md" | grep -q 改了 && break; sleep 0.2; done
ask "$desk/_studio/history/content/pages/about.md" | grep -q 改了 || fail "the save is no version"
[ -d .git ] || fail "there is no history"
ask --data-urlencode "token=$token" "$desk/_studio/quit/" >/dev/null || true
for _ in $(seq 50); do jobs -r | grep -q desk || break; sleep 0.2; done
! jobs -r | grep -q desk || fail "the desk does not end"

if [ -n "$setup" ]; then
	home=$(echo "$WINEPREFIX"/drive_c/users/*/AppData/Local | tr ' ' '\n' | grep -v Public | head -1)
	at=$home/Programs/Mingdeng
	key='HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Mingdeng'
	"$wine" "$setup" /S
	for f in mingdeng.exe 第一小时.html licences/programs.txt uninstall.exe; do [ -f "$at/$f" ] || fail "the installer brings no $f"; done
	cmp "$exe" "$at/mingdeng.exe" || fail "the installer brings another program"
	"$wine" reg query "$key" >/dev/null || fail "the installer is not registered"
	links() { find "$WINEPREFIX/drive_c/users" -name '*.lnk' | grep -cE 'Mingdeng|明灯' || true; }
	[ "$(links)" -ge 4 ] || fail "the installer makes $(links) shortcuts"
	"$wine" "$setup" /S # over itself
	echo mine >"$at/我的.txt"
	"$wine" "$at/uninstall.exe" /S
	for _ in $(seq 50); do [ -e "$at/uninstall.exe" ] || break; sleep 0.2; done # it goes on from a copy
	[ "$(ls -A "$at")" = 我的.txt ] || { ls -A "$at"; fail "the uninstaller leaves or takes too much"; }
	! "$wine" reg query "$key" >/dev/null 2>&1 || fail "the registry still names it"
	[ "$(links)" = 0 ] || fail "$(links) shortcuts are left"
	mkdir "$WINEPREFIX/drive_c/taken" && echo mine >"$WINEPREFIX/drive_c/taken/mine.txt"
	! "$wine" "$setup" /S '/D=C:\taken' || fail "the installer takes a folder with other files"
	[ "$(ls -A "$WINEPREFIX/drive_c/taken")" = mine.txt ] || fail "the installer wrote among other files"
fi
echo "wine.sh: the first hour's commands do on Wine $version what they do on Linux"
