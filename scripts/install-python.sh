#!/bin/sh
# Makes .venv with the packages of test/requirements.txt, for the tests that use the real MLflow as client and oracle.
# Run from the repository's root. Does nothing when .venv already holds exactly these packages.
set -eu

wanted=test/requirements.txt
stamp=.venv/installed-requirements.txt
compiled=.venv/compiled

# Debian ships venv apart from Python; its package brings Python where there is none.
has_venv() { python3 -c 'import ensurepip' 2>/dev/null; }

install_packages() {
  has_venv || sh scripts/install-debian.sh python3-venv
  if ! has_venv || ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "The tests need Python 3.11 or newer as python3, with its venv module." >&2
    exit 1
  fi
  echo "Installing Python packages into .venv ..." >&2
  rm -f "$stamp"
  python3 -m venv --clear .venv
  # uv takes seconds where pip takes minutes; where uv cannot reach the index, pip with its own settings may.
  .venv/bin/python -m pip install --quiet --disable-pip-version-check "$(grep '^uv==' "$wanted")"
  .venv/bin/uv pip install --quiet --system-certs --python .venv/bin/python --requirement "$wanted" ||
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement "$wanted"
  cp "$wanted" "$stamp"
}

{ [ -f "$stamp" ] && cmp -s "$wanted" "$stamp"; } || install_packages

# Tests start Python some hundred times. Where it may not write what it compiles, each start compiles its libraries anew.
if [ ! -f "$compiled" ]; then
  echo "Compiling the packages of .venv ..." >&2
  # Some packages hold examples that are no Python; the rest is compiled all the same.
  .venv/bin/python -m compileall -qq -j 0 .venv/lib || true
  touch "$compiled"
fi
