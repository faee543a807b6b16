#!/bin/sh
# Installs Debian's R, with its reader of JSON, for the tests of R models where it is missing. Run from the repository's root.
set -eu

Rscript -e 'stopifnot(requireNamespace("jsonlite", quietly = TRUE))' >/dev/null 2>&1 ||
  sh scripts/install-debian.sh r-base-core r-cran-jsonlite
