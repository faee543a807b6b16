"""Columns that are different in the test rows, where these are not drawn by chance."""

from __future__ import annotations

import numpy as np

from .alerts import Alerts, listed
from .columns import Column
from .leaks import bins_of
from .split import TEST

MOST_COLUMNS = 300
MOST_ROWS = 10_000
# Distances from 0, alike, to 1 that are worth a word, beyond what chance brings.
NUMBERS = 0.2
CATEGORIES = 0.2
MOST_CATEGORIES = 100


def tell_drift(features: list[Column], part: np.ndarray, alerts: Alerts) -> None:
    test, development = (_some(rows) for rows in (np.flatnonzero(part == TEST), np.flatnonzero(part != TEST)))
    changed = [one.name for one in features[:MOST_COLUMNS] if _has_changed(one, test, development)]
    if changed:
        alerts.add(
            "split_drift",
            "medium",
            f"Spread differently in the test rows than in the others, so that what was learnt may not hold: {listed(changed)}.",
            changed,
        )


def _some(rows: np.ndarray) -> np.ndarray:
    return rows[:: max(1, len(rows) // MOST_ROWS)]


def _has_changed(column: Column, test: np.ndarray, development: np.ndarray) -> bool:
    chance = np.sqrt(1 / len(test) + 1 / len(development))
    if column.is_number and column.semantic == "numeric":
        codes = bins_of(column.values.to_numpy())
        cumulative = [np.cumsum(one) for one in _shares(codes, test, development)]
        return bool(np.abs(cumulative[0] - cumulative[1]).max() > max(NUMBERS, 2 * chance))
    if column.semantic not in ("categorical", "boolean") or column.unique > MOST_CATEGORIES:
        return False
    encoded = column.values.combine_chunks().dictionary_encode()
    codes = encoded.indices.fill_null(len(encoded.dictionary)).to_numpy(zero_copy_only=False)
    one, other = _shares(codes, test, development)
    return bool(np.abs(one - other).sum() / 2 > max(CATEGORIES, chance * np.sqrt(len(one))))


def _shares(codes: np.ndarray, *parts: np.ndarray) -> list[np.ndarray]:
    return [np.bincount(codes[rows], minlength=codes.max() + 1) / len(rows) for rows in parts]
