"""The weight of each row."""

from __future__ import annotations

import numpy as np
import pyarrow.compute as pc

from .alerts import Alerts
from .columns import Column
from .errors import DataError
from .split import TEST


def weights_of(column: Column | None, part: np.ndarray, alerts: Alerts) -> Column | None:
    """Numbers from 0 on, 1 where there was none. `part`: of the split, by row."""
    if column is None:
        return None
    if not column.is_number:
        raise DataError(f"The weights {column.name!r} are no numbers. Give a column of numbers from 0 on.")
    least = pc.min(column.values).as_py()
    if least is None or least < 0:
        raise DataError(f"The weights {column.name!r} must be 0 or more.")
    if column.missing:
        alerts.add(
            "missing_weights",
            "medium",
            f"{column.missing} rows have no weight in {column.name!r}; they count as 1.",
            [column.name],
        )
        column.values = column.values.fill_null(1.0)
    weights = column.values.to_numpy()
    # What trains when the fold 0, which every split has, is validated.
    training = (part != TEST) & (part != 0)
    for rows, what in ((training, "training"), (part >= 0, "validation"), (part == TEST, "test")):
        if not weights[rows].any():
            raise DataError(f"All rows for the {what} have the weight 0 in {column.name!r}. Give some of them more.")
    return column
