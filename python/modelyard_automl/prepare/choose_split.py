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
    return number_strata(target.numbers), np.zeros(len(keys), bool), np.empty(0, np.int64)


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
        return random_split(keys, strata, always)
    _keep_known_classes(target, split, alerts)
    for part, what in ((split.part == TRAINING, "training"), (split.part >= 0, "validation"), (split.part == TEST, "test")):
        if not part.any():
            raise DataError(f"No row is left for {what}: the column {config.get('split_col') or config.get('time_col')!r} gives too few parts.")
    if target.is_class and len(np.unique(target.numbers[split.part == TRAINING])) < 2:
        raise DataError("All training rows have the same class: the split leaves nothing to learn. Choose another split.")
    return split


def _keep_known_classes(target: Target, split: Split, alerts: Alerts) -> None:
    """A class that training rows lack cannot be learnt: its rows train instead of being validated."""
    if not target.is_class:
        return
    lost = np.setdiff1d(target.numbers, target.numbers[split.part == TRAINING])
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
