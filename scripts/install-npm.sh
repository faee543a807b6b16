#!/bin/sh
# Installs the npm dependencies when they are missing or older than package-lock.json. Run from the repository's root.
set -eu

if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  # npm passes its own --silent on to us; an install that fails must still say why.
  echo "Installing npm packages (npm ci) ..." >&2
  npm ci --loglevel=warn >&2
  # npm may keep an older time on its own lock file; without this every start would install again.
  touch node_modules/.package-lock.json
fi
