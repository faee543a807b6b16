"""The line of totals below a table that was made for people."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .alerts import Alerts
from .columns import Column

TOTAL = (
    r"^(?i:(grand |sub-?)?totals?|(grand )?sum|summe|(gesamt|end)summe|gesamt|insgesamt|total général|somme|totale|somma|"
    r"suma|total geral|totaal|summa|i alt|razem|итого|合计|总计|合計)\s*:?$"
)


def without_totals(columns: list[Column], rows: np.ndarray, alerts: Alerts) -> np.ndarray:
    """`rows` (int64, places in the columns) but for a last one that says of itself, and alone, that it is the total."""
    last = len(columns[0].values) - 1
    if len(rows) == 0 or rows[-1] != last:
        return rows
    for column in columns:
        if not column.is_text or column.values[last].as_py() is None:
            continue
        value = column.values.slice(last)
        if not pc.all(pc.match_substring_regex(pc.utf8_trim_whitespace(value), TOTAL)).as_py():
            continue
        if pc.sum(pc.equal(column.values, value[0]).cast(pa.int64())).as_py() > 1:
            continue
        alerts.add(
            "totals_row",
            "medium",
            f"The last row was left out: with {value[0].as_py()!r} in {column.name!r} it seems to hold the totals of the others.",
            [column.name],
        )
        return rows[:-1]
    return rows
