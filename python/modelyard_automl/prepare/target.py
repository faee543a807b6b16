"""The column to predict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .alerts import Alerts, listed
from .alike import tell_alike
from .columns import EXACT, Column
from .errors import DataError, near_names
from .numbers_in_text import share_of_numbers
from .units import measures_in

LEAST_ROWS = 20
MANY_CLASSES = 100
# More different fractions, such as prices, are measured and no classes; ratings such as 3.5 are fewer.
MOST_FRACTIONS = 20
FRACTIONS_AMONG_ROWS = 0.05


@dataclass
class Target:
    """
    `values` as they are stored: int64, bool or string for classes; double for numbers. `numbers`: the class's
    place in `classes` (int64), or the number itself (float64).
    """

    name: str
    type: str
    values: pa.ChunkedArray
    classes: list[str]
    numbers: np.ndarray
    positive: str | None = None

    @property
    def is_class(self) -> bool:
        return len(self.classes) > 0

    def take(self, rows: np.ndarray) -> Target:
        return Target(self.name, self.type, self.values.take(rows), self.classes, self.numbers[rows], self.positive)

    def profile(self) -> dict[str, Any]:
        if not self.is_class:
            return {
                "kind": "number",
                "min": float(self.numbers.min()),
                "max": float(self.numbers.max()),
                "mean": float(self.numbers.mean()),
            }
        counts = np.bincount(self.numbers, minlength=len(self.classes)).tolist()
        if self.positive is None:
            return {"kind": "multiclass", "classes": self.classes, "counts": counts}
        return {"kind": "binary", "classes": self.classes, "counts": counts, "positive": self.positive}

    def column_profile(self) -> dict[str, Any]:
        semantic = "numeric" if not self.is_class else "boolean" if pa.types.is_boolean(self.values.type) else "categorical"
        kind = "int64" if pa.types.is_integer(self.values.type) else self.type
        column = Column(self.name, kind, self.values, semantic, used=False, reason="is to be predicted")
        column.unique = len(self.classes) or pc.count_distinct(self.values).as_py()
        return column.profile()


def check_present(column: Column) -> np.ndarray:
    """
    The rows (int64) that have a target.

    Raises DataError when there are too few.
    """
    rows = np.flatnonzero(pc.is_valid(column.values).to_numpy())
    if len(rows) == 0:
        raise DataError(f"The target {column.name!r} has no values. Choose a column that has some.")
    if len(rows) < LEAST_ROWS:
        raise DataError(
            f"Only {len(rows)} rows have a value of the target {column.name!r}. At least {LEAST_ROWS} are needed to train and to test."
        )
    return rows


def number_target(column: Column, alerts: Alerts) -> Target:
    values = _numbers_of(column, alerts) if column.is_text else column.values
    if pa.types.is_boolean(values.type):
        raise DataError(
            f"The target {column.name!r} holds true and false: regression predicts numbers. Use classification (classify)."
        )
    if pa.types.is_timestamp(values.type):
        raise DataError(f"The target {column.name!r} holds dates: regression predicts numbers. Give a column of numbers.")
    numbers = values.to_numpy()
    if numbers.min() == numbers.max():
        raise DataError(
            f"The target {column.name!r} is {numbers[0]:g} in every row: there is nothing to learn. Choose another column."
        )
    return Target(column.name, column.type, values, [], numbers)


def _numbers_of(column: Column, alerts: Alerts) -> pa.ChunkedArray:
    texts = pc.utf8_trim_whitespace(column.values)
    if share_of_numbers(texts, False) == 1:
        return texts.cast(pa.float64())
    measures = measures_in(texts, column.decimal_comma)
    if measures is None or measures.values is None or measures.values.null_count:
        raise DataError(
            f"The target {column.name!r} holds texts, such as {texts[0].as_py()!r}: regression predicts numbers. "
            "Use classification (classify), or give a column of numbers."
        )
    unit = f" with the unit {measures.unit!r}" if measures.units else ""
    alerts.add(
        "target_with_unit", "low", f"The target {column.name!r} holds numbers{unit}: the numbers are predicted.", [column.name]
    )
    return measures.values


def class_target(column: Column, pos_label: str | None, alerts: Alerts) -> Target:
    values, kind = column.values, column.type
    if column.is_number and column.whole and pc.max(pc.abs(values)).as_py() <= EXACT:
        values = values.cast(pa.int64())
    elif column.is_number or pa.types.is_timestamp(values.type):  # learners take fractions for no classes
        values, kind = values.cast(pa.string()), "string"
    encoded = values.combine_chunks().dictionary_encode()
    encoded = encoded if isinstance(encoded, pa.DictionaryArray) else encoded.combine_chunks()
    found = encoded.dictionary.to_pylist()
    order = sorted(range(len(found)), key=found.__getitem__)
    place = np.empty(len(found), np.int64)
    place[order] = np.arange(len(found))
    numbers = place[encoded.indices.to_numpy()]
    classes = [str(found[one]) for one in order]
    target = Target(column.name, kind, values, classes, numbers)
    _check_classes(target, column)
    if len(classes) == 2:
        target.positive = _positive(column.name, classes, pos_label)
    elif pos_label is not None:
        raise DataError(
            f"pos_label is for a target of two classes; {column.name!r} has {len(classes)}. Leave it out."
        )
    _tell_balance(target, alerts)
    if column.is_text:
        tell_alike([column], "classes", alerts)
    return target


def _check_classes(target: Target, column: Column) -> None:
    count, rows = len(target.classes), len(target.numbers)
    if count == 1:
        raise DataError(
            f"The target {target.name!r} is {target.classes[0]!r} in every row: there is nothing to learn. Choose another column."
        )
    fractions = column.is_number and not column.whole and count > max(MOST_FRACTIONS, FRACTIONS_AMONG_ROWS * rows)
    if count > 0.5 * rows or count > 1000 or fractions:
        hint = " Use regression (regress) for numbers." if column.is_number else " Choose a column with fewer."
        raise DataError(f"The target {target.name!r} has {count} different values in {rows} rows: too many for classes.{hint}")


def _positive(name: str, classes: list[str], pos_label: str | None) -> str:
    if pos_label is None:
        return classes[1]
    by_lower = {one.lower(): one for one in classes}
    # 1 of a form or a flag may be True or 1.0 in the data.
    wanted = {"1.0": "1", "0.0": "0"}.get(pos_label, pos_label)
    found = wanted if wanted in classes else by_lower.get(wanted.lower())
    if found is None:
        raise DataError(f"The positive label {pos_label!r} is no class of {name!r}.{near_names(pos_label, classes)}")
    return found


def _tell_balance(target: Target, alerts: Alerts) -> None:
    counts = np.bincount(target.numbers, minlength=len(target.classes))
    if len(counts) > MANY_CLASSES:
        alerts.add(
            "many_classes",
            "medium",
            f"The target has {len(counts)} classes. If these are numbers with an order, regression suits them better.",
            [target.name],
        )
    least = int(counts.argmin())
    if counts[least] < 0.5 / len(counts) * 0.2 * counts.sum():
        share = counts[least] / counts.sum()
        alerts.add(
            "imbalanced_target",
            "medium",
            f"The class {target.classes[least]!r} has {share:.2%} of the rows. Accuracy says little here; look at f1, "
            "roc_auc or log_loss.",
            [target.name],
        )


def tell_rare(target: Target, rare: np.ndarray, folds: int, alerts: Alerts) -> None:
    if len(rare):
        names = [target.classes[one] for one in rare]
        alerts.add(
            "rare_classes",
            "medium",
            f"Fewer than {folds} rows, copies not counted, have the class {listed(names)}: no number for it can be trusted. "
            "One row of each is always used for training.",
            [target.name],
        )
