"""The weight of each row."""

from __future__ import annotations

import pyarrow.compute as pc

from .alerts import Alerts
from .columns import Column
from .errors import DataError


def weights_of(column: Column | None, alerts: Alerts) -> Column | None:
    """Numbers from 0 on, 1 where there was none."""
    if column is None:
        return None
    if not column.is_number:
        raise DataError(f"The weights {column.name!r} are no numbers. Give a column of numbers from 0 on.")
    least = pc.min(column.values).as_py()
    if least is None or least < 0 or pc.max(column.values).as_py() == 0:
        raise DataError(f"The weights {column.name!r} must be 0 or more, and not all 0.")
    if column.missing:
        alerts.add(
            "missing_weights",
            "medium",
            f"{column.missing} rows have no weight in {column.name!r}; they count as 1.",
            [column.name],
        )
        column.values = column.values.fill_null(1.0)
    return column
