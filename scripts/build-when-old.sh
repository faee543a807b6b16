#!/bin/sh
# Builds dist/ when it is missing or was made of other sources. Run from the repository's root, after install-npm.sh.
set -eu

# By content: sources that a copy or an archive brought may have older times than a build that was there before.
if [ ! -f dist/web/index.html ] || [ ! -f dist/cli/main.js ] || [ ! -f dist/server/reader-worker.js ] ||
  [ ! -f dist/endpoints/endpoints.js ] || [ "$(cat dist/built-from 2>/dev/null)" != "$(sh scripts/source-sum.sh)" ]; then
  echo "Building Modelyard ..." >&2
  npm run --silent build
fi
