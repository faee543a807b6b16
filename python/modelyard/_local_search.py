"""A search by the program ``modelyard`` of this machine, for MLflow servers that do not search by themselves."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from ._dataset import write_table
from ._program import EngineError, program
from ._server import Server, ServerError

#: So begins what the program says when it fails.
_WRONG = "modelyard: "
_VERBS = {"classification": "classify", "regression": "regress", "forecasting": "forecast"}


def search_here(server: Server, dataset: Any, config: dict[str, Any]) -> str:
    """
    Runs a search to its end, which Ctrl-C brings about too, and gives its run. How it goes is shown by the program.

    Raises ServerError with the reason when it failed or could not begin.
    """
    with tempfile.TemporaryDirectory(prefix="modelyard-data-") as folder:
        place = os.fspath(dataset) if isinstance(dataset, (str, os.PathLike)) else str(write_table(dataset, Path(folder)))
        file = Path(folder, "config.json")
        file.write_text(json.dumps({**config, "dataset": place}))
        found = run_program(server, "automl", _VERBS[config["problem_type"]], f"--config-file={file}")
        return str(found["run_id"])


def run_program(server: Server, *arguments: str) -> dict[str, Any]:
    """What it answers. Raises ServerError with its last line when it fails."""
    try:
        command = [program(), *arguments, "--json"]
    except EngineError as error:
        raise ServerError(f"{server.uri} is no Modelyard server, and nothing here can search. {error}") from None
    with tempfile.TemporaryFile("w+") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.PIPE, text=True, env=server.environment)  # noqa: S603
        said: list[str] = []
        while process.poll() is None:
            try:
                _show(process, said)
                process.wait()
            except KeyboardInterrupt:
                # The program has heard it too, and ends with what it has.
                continue
        out.seek(0)
        answer = out.read()
    if process.returncode != 0:
        raise ServerError(_reason(said) or f"{' '.join(command[1:3])} failed.")
    return dict(json.loads(answer))


def _show(process: subprocess.Popen[str], said: list[str]) -> None:
    """Tells on what it says of how it goes, and keeps it in ``said``; why it fails is told by the error alone."""
    for line in process.stderr or ():
        said.append(line)
        if not _failure(said):
            sys.stderr.write(line)
            sys.stderr.flush()


def _failure(said: list[str]) -> list[str]:
    """The lines from the one on that says what is wrong, which comes last."""
    return said[next((place for place, line in enumerate(said) if line.startswith(_WRONG)), len(said)) :]


def _reason(said: list[str]) -> str:
    return "".join(_failure(said) or said[-1:]).strip().removeprefix(_WRONG)
