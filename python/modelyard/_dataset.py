"""Brings a data set to the server: what a search takes is an address that the server can read."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

from ._server import Server

_READ_BY_SERVER = re.compile(r"(runs|mlflow-artifacts|sqlite|duckdb|postgres|postgresql):/")


def address_of(dataset: Any, server: Server) -> str:
    """
    The address of ``dataset`` for ``server``.

    A pandas, Polars, Arrow or Spark table, a file of this machine and a file at an http address are uploaded. An
    absolute path that is not on this machine, an artifact (``runs:/ID/path``) and a database are the server's to read.

    Raises ValueError for a file that is not there, and for names of catalogues' tables.
    """
    if not isinstance(dataset, (str, os.PathLike)):
        with tempfile.TemporaryDirectory() as folder:
            return server.upload(write_table(dataset, Path(folder)))
    text = os.fspath(dataset)
    if _READ_BY_SERVER.match(text):
        return text
    if text.startswith(("http://", "https://")):
        return _uploaded_from_web(text, server)
    path = Path(text).expanduser()
    if path.is_file():
        return server.upload(path)
    if path.is_absolute():
        return text
    raise ValueError(
        f"There is no file {text!r} here. dataset is a path, an http address, a table in memory (pandas), runs:/ID/path, "
        "or a database with query=; names of tables of a catalogue are not supported."
    )


def write_table(table: Any, folder: Path) -> Path:
    """A table in memory as a file of ``folder``. Raises ValueError for what is no table."""
    for name in ("toPandas", "to_pandas"):
        if not hasattr(table, "to_csv") and hasattr(table, name):
            table = getattr(table, name)()
    if not hasattr(table, "to_csv"):
        raise ValueError(f"dataset is a path or a table such as a pandas DataFrame, not {type(table).__name__}.")
    table = table.rename(columns=str)
    path = folder / "data.parquet"
    try:
        table.to_parquet(path, index=False)
    except Exception:  # noqa: BLE001 - no Parquet library, or columns of mixed types: as text, then
        path = folder / "data.csv"
        table.to_csv(path, index=False)
    return path


def _uploaded_from_web(address: str, server: Server) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, Path(urlsplit(address).path).name or "data.csv")
        with urlopen(address, timeout=120) as answer, path.open("wb") as out:  # noqa: S310 - http(s), checked above
            shutil.copyfileobj(answer, out)
        return server.upload(path)
