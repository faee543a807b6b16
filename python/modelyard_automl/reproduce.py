"""Runs a notebook's file from its begin in a clean kernel of this Python, as a person would."""

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

import nbformat
from modelyard_notebook import COLOURS, LocalKernel, OwnKernel
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError

from .limits import die_with_parent
from .lines import Refused, own_output, read_message, write_message


def reproduce(request: dict) -> dict:
    notebook = nbformat.reads(request["text"], as_version=4)
    skip = set(request["skip"])
    client = NotebookClient(notebook, kernel_manager_class=OwnKernel, timeout=None, record_timing=False)
    failed = None
    LocalKernel.folder = tempfile.mkdtemp(prefix="modelyard-kernel-")
    try:
        with client.setup_kernel(cwd=request["folder"], env=kernel_environment()):
            for index, cell in enumerate(notebook.cells):
                if cell.cell_type != "code" or skip & set(cell.metadata.get("tags", [])):
                    continue
                cell.update(outputs=[], execution_count=None)
                try:
                    client.execute_cell(cell, index)
                except (CellExecutionError, DeadKernelError) as error:
                    failed = {"index": index, **described(error, cell)}
                    break
            results = {} if failed else read_results(client, request["results"])
    finally:
        shutil.rmtree(LocalKernel.folder, ignore_errors=True)
    return {"text": nbformat.writes(notebook) + "\n", "failed": failed, "results": results}


def kernel_environment() -> dict[str, str]:
    """Our own package is none of the notebook's."""
    own = str(Path(__file__).resolve().parents[1])
    paths = [one for one in os.environ.get("PYTHONPATH", "").split(os.pathsep) if one not in ("", own)]
    others = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return {**others, "PYTHONPATH": os.pathsep.join(paths)} if paths else others


def described(error: Exception, cell: dict) -> dict:
    last = next((one for one in reversed(cell.outputs) if one.output_type == "error"), None)
    if last is None:
        return {"message": "The kernel died.", "traceback": str(error)}
    said = last.evalue.split("\n")[0]
    message = f"{last.ename}: {said}" if said else last.ename
    return {"message": message, "traceback": COLOURS.sub("", "\n".join(last.traceback))}


def read_results(client: NotebookClient, names: list[str]) -> dict:
    """By a cell that is no part of the notebook, in names that are no part of it either."""
    source = (Path(__file__).parent / "results.py").read_text()
    code = f"exec({source!r}, __results := {{}}); print(__results['results_json']({names!r}, globals()))"
    cell = nbformat.v4.new_code_cell(code)
    client.nb.cells.append(cell)
    client.execute_cell(cell, len(client.nb.cells) - 1, store_history=False)
    client.nb.cells.pop()
    return json.loads("".join(one.text for one in cell.outputs if one.get("name") == "stdout"))


def main() -> None:
    out = own_output()
    die_with_parent(os.getppid())
    try:
        request = read_message(sys.stdin.buffer.readline())
        write_message(out, "done", **reproduce(request))
    except Refused as refused:
        write_message(out, "refused", message=str(refused))
        sys.exit(2)


if __name__ == "__main__":
    main()
