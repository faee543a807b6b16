#!/bin/sh
# npm start: install and build what is missing, then become the server.
set -eu

cd "$(dirname "$0")/.."
sh scripts/install-npm.sh
sh scripts/build-when-old.sh
exec bin/modelyard server "$@"
