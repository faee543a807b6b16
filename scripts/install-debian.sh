#!/bin/sh
# Installs Debian packages, as root with apt-get; elsewhere says what is missing and fails.
set -eu

if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
  echo "Missing, by the names that Debian gives them: $*. Install them, then try again." >&2
  exit 1
fi
echo "Installing Debian's $* ..." >&2
apt-get update -qq >&2
# What goes wrong comes on stderr; stdout is a line or three for every package.
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
