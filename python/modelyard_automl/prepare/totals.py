"""The line of totals below a table that was made for people."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from .alerts import Alerts

TOTAL = (
    r"^\s*(?i:(grand |sub-?)?totals?|(grand )?sum|summe|(gesamt|end)summe|gesamt|insgesamt|total général|somme|totale|somma|"
    r"suma|total geral|totaal|summa|i alt|razem|итого|合计|总计|合計)\s*:?\s*$"
)


def without_totals(table: pa.Table, alerts: Alerts) -> pa.Table:
    """But for a last row that says of itself, and alone, that it is the total."""
    last = table.num_rows - 1
    for name, values in zip(table.column_names, table.columns, strict=True):
        if last < 1 or not pa.types.is_string(values.type):
            continue
        value = values.slice(last)
        if not pc.any(pc.match_substring_regex(value, TOTAL)).as_py():
            continue
        if pc.sum(pc.equal(values, value[0])).as_py() > 1:
            continue
        alerts.add(
            "totals_row",
            "medium",
            f"The last row was left out: with {value[0].as_py()!r} in {name!r} it seems to hold the totals of the others.",
            [name],
        )
        return table.slice(0, last)
    return table
