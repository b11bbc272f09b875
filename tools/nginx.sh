#!/bin/sh
# Prints the path of an nginx for the tests of deploy/, unpacking Debian's if none is on PATH.
# Unpacked, not installed: installing it would start a server on port 80.
# usage: tools/nginx.sh
set -eu
cd "$(dirname "$0")/.."
unpacked=$PWD/.cache/nginx

found() {
  for path in "$(command -v nginx 2>/dev/null)" /usr/sbin/nginx "$unpacked/usr/sbin/nginx"; do
    [ -n "$path" ] && "$path" -v >/dev/null 2>&1 && echo "$path" && return 0
  done
  return 1
}

fetch() {
  folder=$(mktemp -d) || return 1
  ( cd "$folder" && apt-get download -qq nginx ) >/dev/null 2>&1 &&
    mkdir -p "$unpacked" && dpkg-deb -x "$folder"/nginx_*.deb "$unpacked"
  done=$?
  rm -rf "$folder"
  return $done
}

if path=$(found); then echo "$path"; exit 0; fi
if command -v apt-get >/dev/null 2>&1; then
  echo "Unpacking Debian's nginx for the tests of deploy/" >&2
  # Without lists of packages, which only root may renew, nothing can be downloaded.
  fetch || { [ "$(id -u)" = 0 ] && apt-get update -qq >/dev/null 2>&1 && fetch; } || true
fi
if path=$(found); then echo "$path"; exit 0; fi
echo "The tests of deploy/ need an nginx: none was found on PATH, and none could be unpacked." >&2
exit 1
