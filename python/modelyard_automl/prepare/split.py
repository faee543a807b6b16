"""The split that all trials share: test rows, and the folds of the others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .keys import mixed

TEST = -2
TRAINING = -1
FOLDS = 5
TEST_SHARE = 0.2
ROWS_OF_A_HOLDOUT = 5000


@dataclass
class Split:
    """
    `part` by row, int8: the fold in which it is validated, TRAINING or TEST. `times`: numbers in the order of time, of a
    split by it.
    """

    part: np.ndarray
    kind: str
    folds: int
    times: np.ndarray | None = None

    def take(self, rows: np.ndarray) -> Split:
        return Split(self.part[rows], self.kind, self.folds, None if self.times is None else self.times[rows])


def places(keys: np.ndarray, strata: np.ndarray, rows: np.ndarray | None = None) -> np.ndarray:
    """
    Numbers between 0 and 1 in which each stratum is spread evenly: of the rows below 0.2, and of those between any other
    two numbers, each stratum has its share, give or take one row. `rows`: how many each key stands for, and then give or
    take one key; all of them one unless told.
    """
    rows = np.ones(len(keys), np.int64) if rows is None else rows
    count = strata.max() + 1
    order = np.lexsort((keys, strata))
    sizes = np.bincount(strata, minlength=count)
    starts = np.cumsum(sizes) - sizes
    sorted_strata = strata[order]
    sorted_rows = rows[order]
    before = np.cumsum(sorted_rows) - sorted_rows
    totals = np.bincount(strata, rows, minlength=count)
    rank = before - (np.cumsum(totals) - totals)[sorted_strata]
    # Where small strata begin is left to chance, else none of them would have rows at the start.
    first = mixed(keys[order][starts[sizes > 0]]) / 2.0**64
    offset = np.zeros(count)
    offset[sizes > 0] = first * sizes[sizes > 0] % 1
    result = np.empty(len(keys))
    result[order] = (rank + offset[sorted_strata] * sorted_rows) / totals[sorted_strata]
    return result


def random_split(keys: np.ndarray, strata: np.ndarray, always_training: np.ndarray) -> Split:
    """`keys`: rows with the same one stay together. `always_training`: rows (bool) that models cannot do without."""
    groups_keys, groups, groups_rows = np.unique(keys, return_inverse=True, return_counts=True)
    # The rarest class among the rows of a key decides where they go: the others can do without the even share.
    by_size = np.argsort(-np.bincount(strata), kind="stable")
    rarity = np.empty_like(by_size)
    rarity[by_size] = np.arange(len(by_size))
    groups_strata = np.zeros(len(groups_keys), np.int64)
    np.maximum.at(groups_strata, groups, rarity[strata])
    place = places(groups_keys, groups_strata, groups_rows)[groups]
    if len(keys) < ROWS_OF_A_HOLDOUT:
        fold = np.clip((place - TEST_SHARE) / (1 - TEST_SHARE) * FOLDS, 0, FOLDS - 1).astype(np.int8)
        split = Split(np.where(place < TEST_SHARE, TEST, fold).astype(np.int8), "folds", FOLDS)
    else:
        part = np.where(place < TEST_SHARE, TEST, np.where(place < 2 * TEST_SHARE, 0, TRAINING))
        split = Split(part.astype(np.int8), "holdout", 1)
    split.part[np.isin(keys, keys[always_training])] = TRAINING
    return split


def time_split(times: np.ndarray) -> Split:
    """The latest fifth is for the test, the fifth before it for validation; what has the same time stays together."""
    ordered = np.sort(times)
    first_test = ordered[int(len(times) * (1 - TEST_SHARE))]
    first_validation = ordered[int(len(times) * (1 - 2 * TEST_SHARE))]
    part = np.where(times >= first_test, TEST, np.where(times >= first_validation, 0, TRAINING))
    return Split(part.astype(np.int8), "time", 1, times)


def class_strata(codes: np.ndarray, keys: np.ndarray, folds: int = FOLDS) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """
    Strata of classes; rows that always train; and the classes that have fewer rows than there are folds, those with the
    same key counted once. These are one stratum together, and one row of each always trains, so that no class is lost.
    """
    order = np.lexsort((keys, codes))
    is_copy = (np.diff(codes[order]) == 0) & (np.diff(keys[order]) == 0)
    sizes = np.bincount(codes[order][np.r_[True, ~is_copy]])
    rare = np.flatnonzero((sizes < folds) & (sizes > 0))
    if len(rare) == 0:
        return codes, np.zeros(len(codes), bool), rare
    always = np.zeros(len(codes), bool)
    for one in rare:
        rows = np.flatnonzero(codes == one)
        always[rows[np.argmin(keys[rows])]] = True
    return np.where(np.isin(codes, rare), len(sizes), codes), always, rare


def number_strata(target: np.ndarray) -> np.ndarray:
    """Ten ranges of the target with about as many rows each."""
    bins = max(1, min(10, len(target) // 10))
    edges = np.unique(np.quantile(target, np.linspace(0, 1, bins + 1)[1:-1]))
    return np.searchsorted(edges, target, side="right")
