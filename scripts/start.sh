#!/bin/sh
# npm start: install what is missing, then become the server.
set -eu

cd "$(dirname "$0")/.."
sh scripts/install-npm.sh
exec bin/modelyard server "$@"
