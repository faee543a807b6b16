"""How many rows are enough, and which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from .alerts import Alerts
from .split import TRAINING, places
from .target import Target

# Values that a model can be fitted to in a second of the search, with many models to try.
VALUES_PER_SECOND = 100_000
LEAST_ROWS = 10_000
# Of the memory that all trials have, the copies that a trial makes of its data taken into account.
BYTES_OF_A_VALUE = 8 * 12
ROWS_OF_A_CLASS = 20
# A class with more training rows than so many times those of all others together: the rest of them teaches little.
MAJORITY = 40
# So many training rows are learnt from soon.
LEAST_TRAINING_ROWS = 40_000
# When rows are left out anyway, the other classes may have so much of the training.
MOST_OF_OTHERS = 0.05


def enough_rows(columns: int, config: dict[str, Any], memory: int) -> int:
    by_time = config["timeout_seconds"] * VALUES_PER_SECOND / max(columns, 2)
    by_memory = memory / (config.get("parallel_trials") or 2) / BYTES_OF_A_VALUE / max(columns, 1)
    return max(LEAST_ROWS, int(min(by_time, by_memory)))


@dataclass
class Thinning:
    """A class of which fewer training rows were kept than of the others: `kept` of `size`, each counting for `weight`."""

    number: int
    kept: int
    size: int
    weight: float


@dataclass
class Sample:
    """`rows` (int64, in their order); `weights`: how much each of them counts, 1 for those that are not for training."""

    rows: np.ndarray
    weights: np.ndarray | None = None
    thinning: Thinning | None = None


def sampled(keys: np.ndarray, strata: np.ndarray, part: np.ndarray, most: int, is_class: bool) -> Sample:
    """
    Each stratum (a class, or a range of the target) in its share in each part of the split, but none below 20 rows that
    has them. Of a class with far more training rows than all others together fewer are kept for training.
    """
    share = min(1.0, most / len(keys))
    training = part == TRAINING
    thinned = _thinned(strata[training], share) if is_class else None
    if thinned is None and share == 1:
        return Sample(np.arange(len(keys)))
    _, groups, sizes = np.unique(strata * 256 + part, return_inverse=True, return_counts=True)
    shares = np.maximum(share, np.minimum(1, ROWS_OF_A_CLASS / sizes))[groups]
    if thinned is not None:
        majority, of_majority, of_others = thinned
        shares[training] = np.maximum(of_others, shares[training])
        shares[training & (strata == majority)] = of_majority
    rows = np.flatnonzero(places(keys, groups) < shares)
    return Sample(rows) if thinned is None else _weighted(rows, strata, training, share, thinned[0])


def _thinned(classes: np.ndarray, share: float) -> tuple[int, float, float] | None:
    """Of training rows the class that has too many, which share of it is kept, and which of the others; None: none has."""
    if len(classes) <= LEAST_TRAINING_ROWS:
        return None
    counts = np.bincount(classes)
    majority = int(counts.argmax())
    most, others = int(counts[majority]), len(classes) - int(counts[majority])
    if others == 0 or most <= MAJORITY * others:
        return None
    budget = share * len(classes)
    kept_others = min(others, MOST_OF_OTHERS * budget)
    kept = min(max(MAJORITY * kept_others, LEAST_TRAINING_ROWS - kept_others), budget - kept_others)
    return majority, kept / most, kept_others / others


def _weighted(rows: np.ndarray, classes: np.ndarray, training: np.ndarray, share: float, majority: int) -> Sample:
    """A training row counts for all of its class that were there, in the share in which rows of other parts are kept."""
    count = classes.max() + 1
    before = np.bincount(classes[training], minlength=count)
    kept = np.bincount(classes[rows[training[rows]]], minlength=count)
    by_class = share * before / np.maximum(kept, 1)
    weights = np.where(training[rows], by_class[classes[rows]], 1.0)
    return Sample(rows, weights, Thinning(majority, int(kept[majority]), int(before[majority]), float(by_class[majority])))


def tell_sampled(sample: Sample, rows: int, is_class: bool, by_time: bool, alerts: Alerts) -> None:
    share = "each class" if is_class else "each range of the target"
    how = "for training those of rare classes first" if sample.thinning else f"{share} in its share"
    why = (
        f"{how}, so that models can be fitted in the time and memory given. A longer timeout keeps more."
        if by_time
        else "as more do not fit into memory."
    )
    alerts.add("sampled", "medium", f"{len(sample.rows):,} of {rows:,} rows were kept, chosen at random, {why}")


def tell_thinned(target: Target, thinning: Thinning, alerts: Alerts) -> None:
    alerts.add(
        "majority_thinned",
        "low",
        f"The class {target.classes[thinning.number]!r} has more than {MAJORITY} times as many rows as all others together: "
        f"for training {thinning.kept:,} of its {thinning.size:,} rows were kept, chosen at random, which count for all of "
        "them by their weight. Validation and test rows are as they come.",
        [target.name],
    )
