"""JSON lines, and files that are one array of objects."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa

from .errors import DataError
from .mixed import MixedColumns

BATCH = 1 << 15


def looks_like_json(start: bytes) -> bool:
    return start.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def read_json(path: Path, name: str, mixed: MixedColumns) -> Iterator[pa.RecordBatch]:
    """Objects become rows; a name that an object lacks is a missing value."""
    names: dict[str, None] = {}
    rows = _rows(path, name)
    # The first ones tell the names; a column that only comes up later would change the table under way.
    first = list(islice(rows, BATCH * 4))
    for row in first:
        names.update(dict.fromkeys(row))
    for begin in range(0, len(first), BATCH):
        yield _batch(first[begin : begin + BATCH], list(names), mixed)
    while batch := list(islice(rows, BATCH)):
        yield _batch(batch, list(names), mixed)


def _rows(path: Path, name: str) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        start = file.read(1024).lstrip()[:1]
        file.seek(0)
        if start == "[":
            try:
                whole = json.load(file)
            except ValueError as error:
                raise DataError(f"{name} is not valid JSON: {error}.") from error
            yield from (_row(one, place, name) for place, one in enumerate(whole, 1))
            return
        for place, line in enumerate(file, 1):
            if line.strip():
                try:
                    value = json.loads(line)
                except ValueError as error:
                    hint = " Write one object on each line, or an array of objects." if place == 1 else ""
                    raise DataError(f"Line {place} of {name} is not valid JSON: {error}.{hint}") from error
                yield _row(value, place, name)


def _row(value: Any, place: int, name: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise DataError(f"Row {place} of {name} is no object. Write each row as an object, its values by column name.")
    return value


def _batch(rows: list[dict[str, Any]], names: list[str], mixed: MixedColumns) -> pa.RecordBatch:
    return mixed.batch(names, [[row.get(name) for row in rows] for name in names])
