#!/bin/sh
# npm test [-- GROUP ...]: install what is missing, then run the test groups (scripts/run-tests.ts lists them).
set -eu

cd "$(dirname "$0")/.."
sh scripts/install-npm.sh
exec node_modules/.bin/bun scripts/run-tests.ts "$@"
