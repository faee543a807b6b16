#!/bin/sh
# Builds dist/ when it is missing or a source is newer. Run from the repository's root, after install-npm.sh.
set -eu

page=dist/web/index.html
if [ ! -f "$page" ] || [ -n "$(find src web package.json -newer "$page" ! -name '*.test.ts' | head -n 1)" ]; then
  echo "Building Modelyard ..." >&2
  npm run --silent build
fi
