"""What stands in a data set, by its first rows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa

from .columns import Column, judge, stored
from .day_or_month import settle
from .lists import why_unused, with_places
from .reading import read
from .thinning import ROW


def describe(request: dict[str, Any], progress: Callable[[str], None]) -> dict[str, Any]:
    """Raises DataError when it cannot be read."""
    most = request["rows"]
    reading = read(request["dataset"], request.get("query"), 1 << 40, 0, progress, most)
    table = with_places(reading.table, set(), reading.alerts)
    columns = []
    for name in table.column_names:
        if name != ROW:
            values = table[name]
            column = stored(name, values)
            if column is None:
                column = Column(name, str(values.type), pa.chunked_array([pa.nulls(len(values), pa.string())]))
                column.not_used(why_unused(values.type))
            columns.append(column)
    settle(columns)
    for column in columns:
        if column.used:
            judge(column, native=False)
    whole = reading.rows < most
    counted = reading.rows if whole else _counted(request["dataset"])
    return {
        "columns": [one.profile() for one in columns],
        **({} if counted is None else {"rows": counted}),
        "read": reading.rows,
        "sampled": counted != reading.rows,
        "warnings": [one["message"] for one in reading.alerts.items],
    }


def _counted(dataset: str) -> int | None:
    """Of a Parquet file, which says so at its end."""
    path = Path(dataset.removeprefix("file://")).expanduser()
    if not path.is_file():
        return None
    with path.open("rb") as file:
        if file.read(4) != b"PAR1":
            return None
    import pyarrow.parquet as pq

    return pq.read_metadata(path).num_rows
