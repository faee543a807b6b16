"""Rows of a stream of unknown length, left out at random once they are more than fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

ROW = "_automl_row"
FOLD = "_automl_fold"
WEIGHT = "_automl_weight"


@dataclass
class Thinned:
    table: pa.Table
    rows: int


def thinned(batches: Iterator[pa.RecordBatch], most_bytes: int, seed: int) -> Thinned:
    """
    Each row draws a number; rows above a limit go, and the limit is halved whenever what was kept exceeds `most_bytes`.
    The table gets the column `_automl_row` (int64), the place of the row in the source.
    """
    random = np.random.default_rng(seed)
    kept: list[pa.RecordBatch] = []
    draws: list[np.ndarray] = []
    limit, rows, size = 1.0, 0, 0
    schema: pa.Schema | None = None
    for batch in batches:
        schema = schema or batch.schema
        draw = random.random(batch.num_rows)
        places = pa.array(np.arange(rows, rows + batch.num_rows, dtype=np.int64))
        rows += batch.num_rows
        batch = _with_places(batch, places)
        if limit < 1:
            chosen = np.flatnonzero(draw < limit)
            batch, draw = batch.take(pa.array(chosen)), draw[chosen]
        kept.append(batch)
        draws.append(draw)
        size += batch.nbytes
        while size > most_bytes and sum(map(len, draws)) > 1000:
            limit /= 2
            chosen_each = [np.flatnonzero(one < limit) for one in draws]
            kept = [one.take(pa.array(chosen)) for one, chosen in zip(kept, chosen_each, strict=True)]
            draws = [one[chosen] for one, chosen in zip(draws, chosen_each, strict=True)]
            size = sum(one.nbytes for one in kept)
    if schema is None:
        return Thinned(pa.table({}), 0)
    return Thinned(_together(kept), rows)


def _with_places(batch: pa.RecordBatch, places: pa.Array) -> pa.RecordBatch:
    # By position: names may occur twice.
    fields = [*batch.schema, pa.field(ROW, pa.int64())]
    return pa.RecordBatch.from_arrays([*batch.columns, places], schema=pa.schema(fields))


def _together(batches: list[pa.RecordBatch]) -> pa.Table:
    """Batches of one source may differ in types where the source has none: numbers here, texts there."""
    first = batches[0].schema
    if all(one.schema.equals(first) for one in batches):
        return pa.Table.from_batches(batches, first).combine_chunks()
    names = first.names
    columns = []
    for place in range(len(names)):
        parts = [one.column(place) for one in batches]
        columns.append(_one_type(parts))
    return pa.Table.from_arrays(columns, names=names)


def _one_type(parts: list[pa.Array]) -> pa.ChunkedArray:
    types = {part.type for part in parts if not pa.types.is_null(part.type)}
    if not types:
        return pa.chunked_array(parts)
    numbers = all(pa.types.is_integer(one) or pa.types.is_floating(one) for one in types)
    target = types.pop() if len(types) == 1 else pa.float64() if numbers else pa.string()
    return pa.chunked_array([_as(target, part) for part in parts], target)


def _as(target: pa.DataType, part: pa.Array) -> pa.Array:
    if pa.types.is_string(target) and pa.types.is_nested(part.type):
        return pa.array([None if one is None else str(one) for one in part.to_pylist()], target)
    return part.cast(target)


def first(batches: Iterator[pa.RecordBatch], most: int | None) -> Iterator[pa.RecordBatch]:
    """As many rows from the start."""
    left = most
    for batch in batches:
        yield batch if left is None else batch.slice(0, left)
        if left is not None:
            left -= batch.num_rows
            if left <= 0:
                return
