#!/bin/sh
# Builds dist/ when it is missing or a source is newer. Run from the repository's root, after install-npm.sh.
set -eu

page=dist/web/index.html
if [ ! -f "$page" ] || [ ! -f dist/cli/main.js ] || [ ! -f dist/server/reader-worker.js ] ||
  [ -n "$(find src web scripts package.json tsconfig.json -newer "$page" ! -name '*.test.ts' | head -n 1)" ]; then
  echo "Building Modelyard ..." >&2
  npm run --silent build
fi
