#!/bin/sh
# Installs PostgreSQL, for the tests of pipelines whose tables lie there. Debian keeps its programs out of PATH.
set -eu

[ -n "$(find /usr/lib/postgresql -name initdb 2>/dev/null)" ] && exit 0
exec sh "$(dirname "$0")/install-debian.sh" postgresql
