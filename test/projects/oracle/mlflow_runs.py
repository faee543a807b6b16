"""The `mlflow` command line, called again and again in one process, because starting it takes seconds.

Reads lines of JSON, {"args": [...], "cwd": "...", "env": {...}}, and answers each with the exit code and what was printed.
"""

import json
import os
import sys

from click.testing import CliRunner

answers = os.fdopen(os.dup(1), "w")
# What projects print is not for who reads our answers.
os.dup2(2, 1)

from mlflow.cli import cli

clean = dict(os.environ)
print(json.dumps({"ready": True}), file=answers, flush=True)
for line in sys.stdin:
    call = json.loads(line)
    os.environ.clear()
    os.environ.update(clean, **call["env"])
    os.chdir(call["cwd"])
    result = CliRunner().invoke(cli, call["args"])
    said = result.output + ("" if result.exception is None else f"\n{result.exception!r}")
    print(json.dumps({"code": result.exit_code, "said": said}), file=answers, flush=True)
