"""A split that a column of the data tells."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .alerts import Alerts, listed
from .columns import Column
from .errors import DataError
from .split import TEST, TRAINING

IGNORED = -3
PARTS = {"train": TRAINING, "validate": 0, "test": TEST}
SPELLINGS = {"training": "train", "validation": "validate"}


def manual_split(column: Column, rows: np.ndarray, alerts: Alerts) -> np.ndarray:
    """The part (int8) of each of the rows, IGNORED where the column says something else."""
    values = pc.utf8_lower(column.values.take(pa.array(rows))) if column.is_text else None
    if values is None:
        raise DataError(f"The split column {column.name!r} must hold the words train, validate and test.")
    words = [SPELLINGS.get(one, one) for one in values.to_pylist()]
    part = np.array([PARTS.get(one, IGNORED) for one in words], np.int8)
    for word, number in PARTS.items():
        if not (part == number).any():
            raise DataError(
                f"No row has {word!r} in the split column {column.name!r}. It must hold train, validate and test; "
                f"it holds {listed(sorted({str(one) for one in words}))}."
            )
    ignored = int((part == IGNORED).sum())
    if ignored:
        others = sorted({str(one) for one in words if one not in PARTS})
        alerts.add(
            "split_values_ignored",
            "medium",
            f"{ignored} rows were left out: the split column {column.name!r} says {listed(others)} there, and not train, "
            "validate or test.",
            [column.name],
        )
    return part
