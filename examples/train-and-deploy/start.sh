#!/bin/sh
# npm start: installs what is missing and serves the app.
# PORT                      where the page is, 4000 by default
# MLFLOW_TRACKING_URI       a server that runs already; without it one is started on the next port
# MODELYARD_EXAMPLE_PYTHON  a Python that has what requirements.txt names; without it .venv is made
# MODELYARD_EXAMPLE_DATA    where the server that is started keeps its data, ./modelyard-data by default
set -eu
cd "$(dirname "$0")"

# In a checkout of Modelyard its npm packages are shared; elsewhere the folder has its own.
if [ -f ../../scripts/install-npm.sh ]; then
  (cd ../.. && sh scripts/install-npm.sh && sh scripts/build-when-old.sh || echo "Modelyard was not built." >&2)
  PATH=$(cd ../../bin && pwd):$(cd ../../node_modules/.bin && pwd):$PATH
elif [ ! -d node_modules ]; then
  npm install >&2
fi
PATH=$PWD/node_modules/.bin:$PATH

if [ -z "${MODELYARD_EXAMPLE_PYTHON:-}" ]; then
  if ! cmp -s requirements.txt .venv/installed-requirements.txt; then
    echo "Installing Python packages into .venv ..." >&2
    if command -v uv >/dev/null; then
      uv venv --quiet --clear .venv
      uv pip install --python .venv/bin/python --requirement requirements.txt
    else
      python3 -m venv --clear .venv
      .venv/bin/python -m pip install --disable-pip-version-check --requirement requirements.txt >&2
    fi
    cp requirements.txt .venv/installed-requirements.txt
  fi
  MODELYARD_EXAMPLE_PYTHON=$PWD/.venv/bin/python
fi
export PATH MODELYARD_EXAMPLE_PYTHON
exec bun server/main.ts
