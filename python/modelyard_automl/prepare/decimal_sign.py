"""Which sign of a file stands before decimals: 4.435 alone tells none, 4.43 does."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from .numbers_in_text import MONTH

# What stands behind a number: nothing, or a unit such as l/100 km.
UNIT = r"(?:[^\d.,][^.,]{0,11})?$"
# Numbers, with a few letters of a unit or a currency around them.
LIKE_NUMBERS = rf"^[^\d.,]{{0,6}}[.,]?\d[\d.,'’\s]*{UNIT}"
# Three digits after the last sign, and thousands before it, say nothing.
OTHER = {",": ".", ".": ","}
ENDS_DECIMALS = {
    sign: rf"^[^\d.,]*[\d{OTHER[sign]}'’\s]*[{sign}](\d{{1,2}}|\d{{4,}}|[-–—]{{1,2}})([eE][-+]?\d+)?{UNIT}" for sign in OTHER
}
LOOKED_AT = 2000
MOST = 0.5
# Of the signs of one column: one that is rarer beside the other is a slip.
SLIPS = 0.1
# Months, and times such as 10.30.
NO_DECIMALS = [MONTH, r"^\s*([01]?\d|2[0-3])[.][0-5]\d\s*$"]


def decimal_sign(columns: list[pa.ChunkedArray]) -> str | None:
    """The one before decimals in all of these texts that tell it; None where none does, or both occur."""
    found = {sign for texts in columns for sign in signs_of(texts)}
    return found.pop() if len(found) == 1 else None


def signs_of(column: pa.ChunkedArray) -> list[str]:
    """Those before decimals in one column."""
    texts = column.drop_null().slice(0, LOOKED_AT)
    if len(texts) == 0 or count(texts, LIKE_NUMBERS) < MOST * len(texts):
        return []
    if any(count(texts, look) == len(texts) for look in NO_DECIMALS):
        return []
    counts = {sign: count(texts, look) for sign, look in ENDS_DECIMALS.items()}
    return [sign for sign, found in counts.items() if found > SLIPS * max(counts.values())]


def count(texts: pa.ChunkedArray, look: str) -> int:
    return pc.sum(pc.match_substring_regex(texts, look)).as_py() or 0
