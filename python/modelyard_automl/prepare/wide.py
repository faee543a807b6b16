"""Tables with more columns than models can look at."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from .columns import Column
from .leaks import association, codes_of, ordered
from .split import TEST, TRAINING, Split
from .target import Target

MOST_COLUMNS = 1000
MOST_ROWS = 2000


def rows_that_choose(split: Split, keys: np.ndarray) -> np.ndarray:
    """
    Training rows that no fold validates. Where there are none, three of ten development rows become such: who chose the
    columns with rows that are validated would find what is not there.
    """
    if split.kind == "folds":
        development = np.flatnonzero(split.part != TEST)
        by_key = development[np.argsort(keys[development])]
        split.part[by_key[: int(0.3 * len(development))]] = TRAINING
    rows = np.flatnonzero(split.part == TRAINING)
    return rows[np.argsort(keys[rows])][:MOST_ROWS]


def best_columns(features: list[Column], target: Target, rows: np.ndarray) -> set[str]:
    wanted = target.numbers[rows]
    halves = np.arange(len(rows)) % 2 == 0
    scores = [_score(column, wanted, rows, halves, target.is_class) for column in features]
    best = np.argsort(-np.asarray(scores), kind="stable")[:MOST_COLUMNS]
    return {features[place].name for place in best}


def _score(column: Column, wanted: np.ndarray, rows: np.ndarray, halves: np.ndarray, is_class: bool) -> float:
    if column.is_number and not (is_class and len(np.unique(wanted)) > 2):
        score = ordered(column.values.take(pa.array(rows)).to_numpy(), wanted, is_class)
    else:
        score = association(codes_of(column, rows), wanted, halves, is_class)
    return score
