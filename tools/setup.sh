#!/bin/sh
# Makes a virtual environment from pinned requirements, once for each version of them.
# usage: tools/setup.sh <folder> <requirements file>
set -eu
venv=$1
requirements=$2

say() { printf '%s\n' "$*"; }
stop() { say "set-up stopped: $*" >&2; exit 1; }

mark=$(cksum < "$requirements" | tr ' ' '-')
if [ -x "$venv/bin/python" ] && [ "$(cat "$venv/.made-from" 2>/dev/null)" = "$mark" ]; then
  exit 0
fi

python=''
for candidate in "${PYTHON:-}" python3.11 python3 python3.12 python3.13; do
  [ -n "$candidate" ] || continue
  if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    python=$candidate
    break
  fi
done
[ -n "$python" ] || stop "Python 3.11 or newer is needed; none was found (set PYTHON=/path/to/python3.11)"

# Debian keeps what venv needs in a package of its own.
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    say "Installing python3-venv (Debian keeps it apart from Python)"
    { apt-get update -qq && apt-get install -y -qq python3-venv; } >/dev/null 2>&1 ||
      stop "python3-venv could not be installed with apt-get"
  else
    stop "this Python has no venv; on Debian: sudo apt-get install python3-venv"
  fi
fi

say "Making $venv with $("$python" --version) from $requirements"
"$python" -m venv --clear "$venv" || stop "no virtual environment could be made in $venv"
"$venv/bin/python" -m pip install --disable-pip-version-check --quiet --require-hashes --no-deps \
  -r "$requirements" || stop "the pinned packages could not be installed; is the network there?"
say "$mark" > "$venv/.made-from"
say "Ready. Nothing more is fetched from now on."
