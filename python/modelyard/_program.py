"""The program ``modelyard`` of this machine, which is the engine where the server is none."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


class EngineError(RuntimeError):
    """A step that could not be made; the message says why."""


def program() -> str:
    """As MODELYARD_PROGRAM names it, of the PATH, or the one that this package came with. Raises EngineError."""
    beside = Path(__file__).resolve().parents[2] / "bin" / "modelyard"
    found = os.environ.get("MODELYARD_PROGRAM") or shutil.which("modelyard") or (str(beside) if beside.exists() else "")
    if not found:
        raise EngineError("The program modelyard is not there: npm install -g modelyard, or name it in MODELYARD_PROGRAM.")
    return found
