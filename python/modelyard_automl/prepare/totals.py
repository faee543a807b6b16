"""The line of totals below a table that was made for people."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from .alerts import Alerts

TOTAL = (
    r"^\s*(?i:(grand |sub-?)?totals?|(grand )?sum|summe|(gesamt|end)summe|gesamt|insgesamt|total général|somme|totale|somma|"
    r"suma|total geral|totaal|summa|i alt|razem|итого|合计|总计|合計)\s*:?\s*$"
)
# One row of so many holds so much of their sum only where it is their sum, some of them left out maybe.
LEAST_ROWS = 10
MUCH = 0.3
MOSTLY = 0.8


def without_totals(table: pa.Table, alerts: Alerts) -> pa.Table:
    """But for a last row that says of itself, and alone, that it is the total, and is."""
    last = table.num_rows - 1
    named = [name for name in table.column_names if last >= LEAST_ROWS and _says_total(table[name])]
    if not named or not any(_is_sum(values) for name, values in zip(table.column_names, table.columns) if name not in named):
        return table
    alerts.add(
        "totals_row",
        "medium",
        f"The last row was left out: with {table[named[0]][last].as_py()!r} in {named[0]!r} it holds the totals of the others.",
        named,
    )
    return table.slice(0, last)


def _says_total(values: pa.ChunkedArray) -> bool:
    if not pa.types.is_string(values.type):
        return False
    value = values.slice(len(values) - 1)
    if not pc.any(pc.match_substring_regex(value, TOTAL)).as_py():
        return False
    return pc.sum(pc.equal(values, value[0])).as_py() == 1


def _is_sum(values: pa.ChunkedArray) -> bool:
    """Whether the last number is much of the sum of the others, by their digits alone where they are texts."""
    if pa.types.is_string(values.type):
        digits = pc.replace_substring_regex(values, r"\D", "")
        values = pc.if_else(pc.match_substring_regex(digits, r"^\d{1,18}$"), digits, pa.scalar(None, pa.string())).cast(pa.int64())
    elif not (pa.types.is_integer(values.type) or pa.types.is_floating(values.type)):
        return False
    numbers = pc.abs(values.cast(pa.float64(), safe=False))
    last, others = numbers[len(numbers) - 1].as_py(), numbers.slice(0, len(numbers) - 1)
    if last is None or others.null_count > (1 - MOSTLY) * len(others):
        return False
    return last > 0 and last >= MUCH * pc.sum(others).as_py()
