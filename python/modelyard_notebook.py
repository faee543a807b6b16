"""Runs a notebook, or a script as one, with the task's values in a cell after its parameters, and keeps what came of it."""

import math
import os
import re
import shutil
import sys
import tempfile

# Checkers of addresses and durations that take a second to load, and that nothing here asks for.
for unneeded in ("rfc3987_syntax", "isoduration"):
    sys.modules.setdefault(unneeded, None)

import nbformat
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError

COLOURS = re.compile(r"\x1b\[[0-9;]*m")


class LocalKernel(AsyncKernelManager):
    """A kernel that nobody else on this machine can speak to."""

    folder = None

    def __init__(self, **options):
        super().__init__(**options)
        self.connection_file = os.path.join(self.folder, "kernel.json")
        if os.name != "nt":
            self.transport = "ipc"
            self.ip = os.path.join(self.folder, "kernel")


class OwnKernel(LocalKernel):
    """That of this very Python, whatever kernels are registered elsewhere."""

    @property
    def kernel_spec(self):
        command = [
            sys.executable,
            "-m",
            "ipykernel_launcher",
            "-f",
            "{connection_file}",
            "--HistoryManager.enabled=False",
        ]
        # It has a group of its own, and does not outlive this process however that ends.
        setpriv = sys.platform == "linux" and shutil.which("setpriv")
        bound = [setpriv, "--pdeathsig", "KILL", "--"] if setpriv else []
        return KernelSpec(argv=[*bound, *command], language="python", display_name="Python 3")


class LiveClient(NotebookClient):
    """Shows what cells print as it comes."""

    def process_message(self, msg, cell, cell_index):
        if msg["msg_type"] == "stream":
            out = sys.stderr if msg["content"]["name"] == "stderr" else sys.stdout
            print(msg["content"]["text"], end="", file=out, flush=True)
        return super().process_message(msg, cell, cell_index)


def run_notebook(task, failure):
    notebook = notebook_of(task)
    inject(notebook, task)
    failed = task["failed"]
    error = execute(notebook, task)
    if error is not None:
        write(failed, nbformat.writes(notebook))
        raise failure(f"{error}\nThe notebook up to there: {os.path.relpath(failed)}")
    for product in task["notebooks"]:
        write(product, converted(notebook, product))
    if os.path.exists(failed):
        os.remove(failed)


def notebook_of(task):
    if "cells" not in task:
        notebook = nbformat.read(task["source"], as_version=4)
        notebook.cells = [cell for cell in notebook.cells if "injected-parameters" not in tags_of(cell)]
        return notebook
    new = nbformat.v4
    cells = [
        new.new_code_cell(cell["text"], metadata={"tags": cell["tags"]})
        if cell["isCode"]
        else new.new_markdown_cell(cell["text"])
        for cell in task["cells"]
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return new.new_notebook(cells=cells, metadata={"kernelspec": kernel})


def tags_of(cell):
    return cell.get("metadata", {}).get("tags", [])


def inject(notebook, task):
    values = {**task["params"], "upstream": task["upstream"] or None, "product": task["product"]}
    lines = ["# What the pipeline gave this task.", *(f"{name} = {written(value)}" for name, value in values.items())]
    cell = nbformat.v4.new_code_cell("\n".join(lines), metadata={"tags": ["injected-parameters"]})
    declared = [at for at, one in enumerate(notebook.cells) if "parameters" in tags_of(one)]
    code = [at for at, one in enumerate(notebook.cells) if one.cell_type == "code"]
    notebook.cells.insert(declared[0] + 1 if declared else (code or [0])[0], cell)


def written(value):
    """As Python writes it; it has no words for some numbers."""
    if isinstance(value, float) and not math.isfinite(value):
        return f"float('{value}')"
    if isinstance(value, list):
        return f"[{', '.join(map(written, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key!r}: {written(one)}' for key, one in value.items())}}}"
    return repr(value)


def execute(notebook, task):
    """What went wrong, or None."""
    name = task.get("kernel")
    options = {"kernel_name": name} if name else {}
    LocalKernel.folder = tempfile.mkdtemp(prefix="modelyard-kernel-")
    client = LiveClient(notebook, kernel_manager_class=LocalKernel if name else OwnKernel, timeout=None, **options)
    try:
        client.execute(cwd=task["folder"])
    except CellExecutionError as error:
        if error.ename == "SystemExit" and error.evalue in ("", "0", "None"):
            # A script that ends itself early has ended well.
            return None
        return COLOURS.sub("", last_traceback(notebook) or str(error))
    except DeadKernelError:
        return "The process that ran the notebook died; the system may have ended it for want of memory."
    finally:
        shutil.rmtree(LocalKernel.folder, ignore_errors=True)
    return None


def last_traceback(notebook):
    for at, cell in reversed(list(enumerate(notebook.cells))):
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                return f"Cell {at + 1} failed.\n" + "\n".join(output.traceback)
    return None


def converted(notebook, product):
    extension = os.path.splitext(product)[1].lower()
    if extension == ".ipynb":
        return nbformat.writes(notebook)
    from nbconvert.exporters import get_exporter

    name = {".html": "html", ".md": "markdown", ".rst": "rst", ".tex": "latex", ".pdf": "webpdf"}[extension]
    return get_exporter(name)().from_notebook_node(notebook)[0]


def write(path, content):
    """Whole or not at all."""
    half = f"{path}.half"
    with open(half, "wb") as out:
        out.write(content if isinstance(content, bytes) else content.encode())
    os.replace(half, path)
