#!/bin/sh
# Makes .venv with the packages of test/requirements.txt, for the tests that use the real MLflow as client and oracle.
# Run from the repository's root. Does nothing when .venv already holds exactly these packages.
set -eu

wanted=test/requirements.txt
stamp=.venv/installed-requirements.txt

if [ -f "$stamp" ] && cmp -s "$wanted" "$stamp"; then
  exit 0
fi

# Debian ships venv apart from Python; its package brings Python where there is none.
has_venv() { python3 -c 'import ensurepip' 2>/dev/null; }
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
