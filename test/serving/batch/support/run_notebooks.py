"""Runs notebooks in their folders, each in a kernel of its own: python run_notebooks.py FILE... Prints what they wrote."""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from nbclient import NotebookClient


def run(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    place = {"metadata": {"path": str(Path(path).parent)}}
    NotebookClient(notebook, timeout=150, kernel_name="python3", resources=place).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return "".join(output.get("text") or output.get("data", {}).get("text/plain", "") + "\n" for output in outputs)


with ThreadPoolExecutor(2) as pool:
    print(json.dumps(list(pool.map(run, sys.argv[1:]))))
