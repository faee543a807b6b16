"""The Parquet files that all trials read."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from .columns import Column
from .split import TEST, Split
from .target import Target
from .thinning import FOLD, ROW


def write_table(
    features: list[Column], target: Target, weights: Column | None, places: np.ndarray, split: Split, folder: Path
) -> str:
    columns = {one.name: one.values for one in features}
    if weights is not None:
        columns[weights.name] = weights.values
    columns[target.name] = target.values
    columns[ROW] = pa.chunked_array([pa.array(places)])
    columns[FOLD] = pa.chunked_array([pa.array(split.part)])
    table = pa.table(columns)
    if split.times is not None:
        # What a notebook cuts again within its rows are stretches of time, however the file was sorted.
        table = table.take(np.argsort(split.times, kind="stable"))
    test = pc.equal(table[FOLD], TEST)
    digest = hashlib.sha256()
    parts = {"development": table.filter(pc.invert(test)), "test": table.filter(test).drop_columns([FOLD])}
    for name, part in parts.items():
        path = folder / f"{name}.parquet"
        pq.write_table(part, path)
        digest.update(path.read_bytes())
    return digest.hexdigest()
