#!/bin/sh
# npm start: install and build what is missing, then become the server.
set -eu

cd "$(dirname "$0")/.."
sh scripts/install-npm.sh
sh scripts/build-when-old.sh || echo "Modelyard runs from its sources: the build failed." >&2
exec bin/modelyard server "$@"
