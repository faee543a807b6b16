#!/bin/sh
# Makes .venv with the packages of test/requirements.txt, for the tests that use the real MLflow as client and oracle.
# Run from the repository's root. Does nothing when .venv already holds exactly these packages.
set -eu

wanted=test/requirements.txt
stamp=.venv/installed-requirements.txt

if [ -f "$stamp" ] && cmp -s "$wanted" "$stamp"; then
  exit 0
fi

command -v python3 >/dev/null || {
  echo "The tests need Python 3.11 or newer as python3." >&2
  exit 1
}

if ! python3 -c 'import ensurepip' 2>/dev/null; then
  # Debian ships venv apart from Python.
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Debian's python3-venv ..." >&2
    apt-get update -qq >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >&2
  else
    echo "Python's venv module is missing; install it (on Debian: apt-get install python3-venv)." >&2
    exit 1
  fi
fi

echo "Installing Python packages into .venv ..." >&2
rm -f "$stamp"
python3 -m venv --clear .venv
# uv takes seconds where pip takes minutes; where uv cannot reach the index, pip with its own settings may.
.venv/bin/python -m pip install --quiet --disable-pip-version-check "$(grep '^uv==' "$wanted")"
.venv/bin/uv pip install --quiet --python .venv/bin/python --requirement "$wanted" ||
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement "$wanted"
cp "$wanted" "$stamp"
