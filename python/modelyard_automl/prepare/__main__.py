"""
Reads a line with one JSON object from stdin and writes JSON lines to stdout. Ends when stdin does: who asked is gone.

In: {"do": "prepare", "config": AutomlConfig, "folder": PATH, "memory": BYTES}
    {"do": "describe", "dataset": TEXT, "query": TEXT, "rows": NUMBER}
Out: {"progress": TEXT} any number of times, then {"result": …}, or {"error": TEXT} with a "traceback" when it is no fault
     of the data.
"""

import json
import os
import re
import sys
import threading
import traceback
from pathlib import Path
from typing import Any

from .errors import DataError


def main() -> None:
    request = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_stdin, daemon=True).start()
    # What libraries print is no line of ours.
    out, sys.stdout = sys.stdout, sys.stderr

    def write(line: dict[str, Any]) -> None:
        out.write(json.dumps(line) + "\n")
        out.flush()

    def progress(step: str) -> None:
        write({"progress": step})

    try:
        write({"result": _result(request, progress)})
    except DataError as error:
        write({"error": str(error)})
    except MemoryError:
        write({"error": "The data does not fit into memory. Give fewer rows or columns, or a machine with more."})
    except Exception as error:
        reason = " ".join(str(error).split())[:300]
        told = f"The data could not be prepared ({type(error).__name__}: {reason})."
        write({"error": told, "traceback": traceback.format_exc()})


class _NoPandas:
    """Arrow looks for pandas whenever it is handed a value of Python, and to import it takes longer than all else here."""

    def find_spec(self, name: str, *_: object) -> None:
        if name == "pandas":
            raise ModuleNotFoundError(name)


def _end_with_stdin() -> None:
    # Not by the text layer, whose lock would hold up the end of the interpreter.
    while os.read(0, 4096):
        pass
    os._exit(1)


def _result(request: dict[str, Any], progress: Any) -> dict[str, Any]:
    if request["do"] == "describe" or request["config"]["problem_type"] != "forecasting":
        sys.meta_path.insert(0, _NoPandas())
    if request["do"] == "describe":
        from .describe import describe

        return describe(request, progress)
    from .reading import read

    config, folder = request["config"], Path(request["folder"])
    folder.mkdir(parents=True, exist_ok=True)
    progress(f"Reading {_without_password(config['dataset'])}")
    labels = config["target_col"] if config["problem_type"] == "classification" else None
    memory = int(request["memory"] * 0.25)
    reading = read(config["dataset"], config.get("query"), memory, config["seed"], progress, labels=labels)
    if config["problem_type"] == "forecasting":
        from .series import prepare_series
        from .thinning import ROW

        frame = reading.table.drop_columns([ROW]).to_pandas()
        profile = prepare_series(frame, config, folder, reading.decimal_comma)
        return {**profile, "alerts": [*reading.alerts.items, *profile["alerts"]], "csv": reading.csv}
    from .table import prepare_table

    return {**prepare_table(reading, config, folder, request["memory"], progress), "csv": reading.csv}


def _without_password(uri: str) -> str:
    return re.sub(r"(//[^:/@]*):[^@/]*@", r"\1@", uri)


main()
