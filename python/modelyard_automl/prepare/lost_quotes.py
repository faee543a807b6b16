"""Values that hold rows of their file: a quote was opened before them, and another one ends them long after."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from .alerts import Alerts, listed
from .thinning import ROW

# Lines of prose have as many commas as rows of few values by chance, and many such values are meant.
LEAST_LINES, NARROW, LEAST_OF_NARROW = 4, 3, 8
MOST_VALUES, MOST_WITH_ROWS = 1000, 3


def tell_lost_quotes(table: pa.Table, separator: str, alerts: Alerts) -> None:
    """`table`: of texts, as the file has them."""
    names = [name for name in table.column_names if name != ROW]
    found = {name: value for name in names if (value := _with_rows(table[name], separator, len(names)))}
    if not found:
        return
    told = listed(list(found), describe=lambda name: f"{name!r} ({len(found[name])} lines from {found[name][0][:40]!r})")
    alerts.add(
        "rows_in_a_value",
        "high",
        f"Values hold lines that look like rows, which are lost so: {told}. Look for a quote without its end there.",
        list(found),
    )


def _with_rows(texts: pa.ChunkedArray, separator: str, width: int) -> list[str] | None:
    """The lines of the longest value most of whose lines have as many separators as rows have."""
    if width < 2:
        return None
    longer = texts.filter(pc.match_substring_regex(texts, r"[\r\n]")).slice(0, MOST_VALUES).to_pylist()
    least = LEAST_OF_NARROW if width <= NARROW else LEAST_LINES
    rows = [lines for lines in map(str.splitlines, longer) if len(lines) >= least and _are_rows(lines, separator, width)]
    return max(rows, key=len, default=None) if len(rows) <= MOST_WITH_ROWS else None


def _are_rows(lines: list[str], separator: str, width: int) -> bool:
    inner = lines[1:-1]
    return sum(line.count(separator) == width - 1 for line in inner) > len(inner) / 2
