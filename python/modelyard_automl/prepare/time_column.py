"""The time of each row, for a split in the order of time."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from .alerts import Alerts
from .columns import Column
from .dates_in_text import as_timestamps, date_format
from .errors import DataError


def times_of(column: Column, alerts: Alerts) -> np.ndarray:
    """
    Numbers in the order of time; rows without a time come first, for training.

    Raises DataError when the column holds no times.
    """
    values = column.values
    if column.is_text:
        form = column.format or date_format(values)
        if form is None:
            example = next(iter(column.profile()["examples"]), "nothing")
            raise DataError(
                f"The time column {column.name!r} holds no dates, but {example!r}. Give a column of dates, such as 2024-01-31."
            )
        values = as_timestamps(values, form)
    elif pa.types.is_boolean(values.type):
        raise DataError(f"The time column {column.name!r} holds no dates. Give a column of dates, such as 2024-01-31.")
    missing = values.null_count
    if missing:
        alerts.add(
            "missing_times",
            "medium",
            f"{missing} rows have no time in {column.name!r} that can be read; they are used for training.",
            [column.name],
        )
    if not pa.types.is_floating(values.type):
        values = values.cast(pa.int64())
    times = values.cast(pa.float64(), safe=False).fill_null(-np.inf).to_numpy()
    if len(np.unique(times)) < 3:
        raise DataError(f"The time column {column.name!r} has fewer than three different times: no split can be made by it.")
    return times
