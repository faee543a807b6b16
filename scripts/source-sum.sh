#!/bin/sh
# Prints one sum of everything that a build is made of. Run from the repository's root.
set -eu

find src web scripts package.json tsconfig.json -type f ! -name '*.test.ts' -exec cksum {} + | LC_ALL=C sort | cksum
