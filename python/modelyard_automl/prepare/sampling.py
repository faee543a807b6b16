"""How many rows are enough, and which."""

from __future__ import annotations

from typing import Any

import numpy as np

from .split import places

# Values that a model can be fitted to in a second of the search, with many models to try.
VALUES_PER_SECOND = 100_000
LEAST_ROWS = 10_000
# Of the memory that all trials have, the copies that a trial makes of its data taken into account.
BYTES_OF_A_VALUE = 8 * 12
ROWS_OF_A_CLASS = 20


def enough_rows(columns: int, config: dict[str, Any], memory: int) -> int:
    by_time = config["timeout_seconds"] * VALUES_PER_SECOND / max(columns, 2)
    by_memory = memory / (config.get("parallel_trials") or 2) / BYTES_OF_A_VALUE / max(columns, 1)
    return max(LEAST_ROWS, int(min(by_time, by_memory)))


def sampled(keys: np.ndarray, strata: np.ndarray, most: int) -> np.ndarray:
    """Rows (int64, in their order): each stratum in its share, but none below 20 rows that has them."""
    if len(keys) <= most:
        return np.arange(len(keys))
    place = places(keys, strata)
    sizes = np.bincount(strata)
    limit = np.maximum(most / len(keys), np.minimum(1, ROWS_OF_A_CLASS / np.maximum(sizes, 1)))
    return np.flatnonzero(place < limit[strata])
