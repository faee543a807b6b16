"""Lists of numbers, which become a column for each of their places."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .alerts import Alerts, listed

MOST_PLACES = 10_000


def with_places(table: pa.Table, kept: set[str], alerts: Alerts) -> pa.Table:
    """
    The table with the columns `name_0`, `name_1`, … instead of each column of lists of numbers that all have the same
    length; without the others changed, and those that are `kept`.
    """
    taken = set(table.column_names)
    columns: dict[str, pa.ChunkedArray] = {}
    told: dict[str, str] = {}
    for name in table.column_names:
        width = 0 if name in kept else _width(table[name])
        if width == 0:
            columns[name] = table[name]
            continue
        base = name
        while not taken.isdisjoint(f"{base}_{place}" for place in range(width)):
            base += "_"
        columns |= {f"{base}_{place}": values for place, values in enumerate(_places(table[name], width))}
        told[name] = f"{name!r} ({base}_0 to {base}_{width - 1})"
    if told:
        alerts.add(
            "arrays_as_columns",
            "low",
            "Lists of numbers became a column for each of their places, and models take these columns: "
            f"{listed(list(told), describe=told.__getitem__)}.",
            list(told),
        )
    return pa.table(columns)


def why_unused(kind: pa.DataType) -> str:
    """Of a type that is none of a table's columns."""
    if _holds_numbers(kind):
        return f"holds lists that differ in length, or have more than {MOST_PLACES:,} places"
    return "holds lists, objects or bytes"


def _width(lists: pa.ChunkedArray) -> int:
    """How many numbers each of the lists has; 0 when they differ, or are something else."""
    if not _holds_numbers(lists.type):
        return 0
    lengths = pc.unique(pc.list_value_length(lists).drop_null()).to_pylist()
    return lengths[0] if len(lengths) == 1 and lengths[0] <= MOST_PLACES else 0


def _holds_numbers(kind: pa.DataType) -> bool:
    types = pa.types
    if not (types.is_list(kind) or types.is_large_list(kind) or types.is_fixed_size_list(kind)):
        return False
    one = kind.value_type
    return types.is_integer(one) or types.is_floating(one) or types.is_decimal(one)


def _places(lists: pa.ChunkedArray, width: int) -> list[pa.ChunkedArray]:
    numbers = np.full((len(lists), width), np.nan)
    flat = pc.list_flatten(lists).cast(pa.float64(), safe=False).to_numpy()
    numbers[pc.is_valid(lists).to_numpy()] = flat.reshape(-1, width)
    return [pa.chunked_array([pa.array(one, mask=np.isnan(one))]) for one in numbers.T]
