#!/bin/sh
# Installs Debian's Chromium for the browser tests where it is missing. Run from the repository's root.
set -eu

[ -x "${CHROMIUM:-/usr/bin/chromium}" ] || sh scripts/install-debian.sh chromium fonts-dejavu-core
