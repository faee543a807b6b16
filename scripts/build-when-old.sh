#!/bin/sh
# Builds dist/ when it is missing or was made of other sources. Run from the repository's root, after install-npm.sh.
set -eu

# By content: sources that a copy or an archive brought may have older times than a build that was there before.
whole=yes
programs='cli/main'
set -- every-program
[ ! -f dist/sources.sh ] || . dist/sources.sh
for one in $programs; do [ -f "dist/$one.js" ] || whole=; done
if [ -z "$whole" ] || [ ! -f dist/web/index.html ] ||
  [ "$(cat dist/built-from 2>/dev/null)" != "$(sh scripts/source-sum.sh)" ]; then
  echo "Building Modelyard ..." >&2
  npm run --silent build
fi
