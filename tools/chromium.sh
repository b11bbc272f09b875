#!/bin/sh
# Prints the path of a Chromium for the browser tests, installing one if none is found.
# usage: tools/chromium.sh <python of the test environment>
set -eu
python=$1

found() {
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" 2>/dev/null && return 0
  done
  "$python" - <<'PY' 2>/dev/null
import pathlib, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as p:
    path = pathlib.Path(p.chromium.executable_path)
    print(path) if path.exists() else sys.exit(1)
PY
}

if path=$(found); then echo "$path"; exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing Chromium for the browser tests (apt-get)" >&2
  { apt-get update -qq && apt-get install -y -qq chromium; } >/dev/null 2>&1 || true
else
  echo "Fetching Chromium for the browser tests (playwright install)" >&2
  "$python" -m playwright install chromium >/dev/null 2>&1 || true
fi
if path=$(found); then echo "$path"; exit 0; fi
echo "The browser tests need a Chromium: none was found on PATH, and none could be installed." >&2
exit 1
