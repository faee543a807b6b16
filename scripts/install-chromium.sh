#!/bin/sh
# Installs Debian's Chromium for the browser tests where it is missing. Run from the repository's root.
set -eu

if [ -x "${CHROMIUM:-/usr/bin/chromium}" ]; then
  exit 0
fi

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing Debian's chromium ..." >&2
  apt-get update -qq >&2
  # What goes wrong comes on stderr; stdout is a hundred lines of packages.
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null
else
  echo "The web tests need Chromium (on Debian: apt-get install chromium), or its path in CHROMIUM." >&2
  exit 1
fi
