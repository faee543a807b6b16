#!/bin/sh
# Installs the libraries of test/sdk/libraries where they are missing or older than their lock file. Run from the
# repository's root. Without install scripts: that of onnxruntime-node would fetch parts for GPUs from elsewhere.
set -eu

cd test/sdk/libraries
if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  echo "Installing the libraries that the SDK is tested with ..." >&2
  npm ci --ignore-scripts --loglevel=warn >&2
  touch node_modules/.package-lock.json
fi
