"""Which split: by a column, by time, or by chance."""

from __future__ import annotations

from typing import Any

import numpy as np

from .alerts import Alerts, listed
from .columns import Column
from .errors import DataError
from .split import FOLDS, TEST, TRAINING, Split, class_strata, number_strata, random_split, time_split
from .target import Target, tell_rare
from .time_column import times_of

Config = dict[str, Any]


def strata_of(target: Target, keys: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    if target.is_class:
        return class_strata(target.numbers, keys)
    # Rows with the same key are one: by their mean.
    _, groups = np.unique(keys, return_inverse=True)
    means = np.bincount(groups, target.numbers) / np.bincount(groups)
    return number_strata(means[groups]), np.zeros(len(keys), bool), np.empty(0, np.int64)


def split_of(
    target: Target,
    keys: np.ndarray,
    manual: np.ndarray | None,
    columns: dict[str, Column],
    config: Config,
    alerts: Alerts,
) -> Split:
    if manual is not None:
        split = Split(manual, "manual", 1)
    elif name := config.get("time_col"):
        split = time_split(times_of(columns[name], alerts))
    else:
        strata, always, rare = strata_of(target, keys)
        tell_rare(target, rare, FOLDS, alerts)
        split = random_split(keys, strata, always)
    _keep_known_classes(target, split, alerts)
    training = _training_rows(split, 0)
    for part, what in ((training, "training"), (split.part >= 0, "validation"), (split.part == TEST, "test")):
        if not part.any():
            raise DataError(f"No row is left for {what}: {_why_empty(config)}")
    if target.is_class and len(np.unique(target.numbers[training])) < 2:
        raise DataError("All training rows have the same class: the split leaves nothing to learn. Choose another split.")
    return split


def _training_rows(split: Split, fold: int) -> np.ndarray:
    return (split.part != TEST) & (split.part != fold)


def _why_empty(config: Config) -> str:
    if name := config.get("split_col") or config.get("time_col"):
        return f"the column {name!r} gives too few parts."
    return "rows with the same values stay together, and too few differ. Give more rows that differ, or a split column."


def _keep_known_classes(target: Target, split: Split, alerts: Alerts) -> None:
    """A class that the training rows of a fold lack cannot be learnt: its rows train instead of being validated."""
    if not target.is_class:
        return
    known = (target.numbers[_training_rows(split, fold)] for fold in range(split.folds))
    lost = np.unique(np.concatenate([np.setdiff1d(target.numbers, one) for one in known]))
    if len(lost):
        rows = np.isin(target.numbers, lost)
        split.part[rows] = TRAINING
        names = [target.classes[one] for one in lost]
        alerts.add(
            "classes_without_training_rows",
            "high",
            f"The split has no training rows of the class {listed(names)}; its {int(rows.sum())} rows were moved to training.",
            [target.name],
        )
