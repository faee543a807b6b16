#!/bin/sh
# Installs Debian's Chromium without a window for the browser tests where it is missing; what a page takes of the
# processor is a quarter of the full one's, which will do for who may not install. Run from the repository's root.
set -eu

[ -x "${CHROMIUM:-/usr/bin/chromium-headless-shell}" ] || { [ "$(id -u)" != 0 ] && [ -x /usr/bin/chromium ]; } ||
  sh scripts/install-debian.sh chromium-headless-shell fonts-dejavu-core
