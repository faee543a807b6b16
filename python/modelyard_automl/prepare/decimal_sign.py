"""Which sign of a file stands before decimals, and which one sets thousands apart: 4.435 may be either."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from .numbers_in_text import IP_ADDRESS

# Numbers, with a few letters of a unit or a currency around them.
LIKE_NUMBERS = r"^[^\d.,]{0,6}[.,]?\d[\d.,'’\s]*[^\d.,]{0,12}$"
# Three digits after the last sign, and thousands before it, say nothing.
OTHER = {",": ".", ".": ","}
ENDS_DECIMALS = {
    sign: rf"^[^\d.,]*[\d{OTHER[sign]}'’\s]*[{sign}](\d{{1,2}}|\d{{4,}})([eE][-+]?\d+)?[^\d.,]*$" for sign in OTHER
}
LOOKED_AT = 2000
MOST = 0.5
# Of the signs of one column: one that is rarer beside the other is a slip.
SLIPS = 0.1
# 4.435 may be a thousand: no decimals have three digits in all of so many values, or none.
THOUSANDS, BELOW = r"^\s*-?[1-9]\d{0,2}([.,]\d{3})+\s*$", r"^\s*-?\d{1,3}\s*$"
MILLIONS = r"[.,]\d{3}[.,]\d{3}"
OTHER_NUMBERS = r"^\s*[-+]?[\d.,]*\d[\d.,]*\s*$"
LEAST_THOUSANDS, LEAST_BELOW = 10, 3
# 05.2024 and 10.30 are a month and a time.
NO_DECIMALS = [r"^\s*(0?[1-9]|1[0-2])[.](19|20)\d\d\s*$", r"^\s*([01]?\d|2[0-3])[.][0-5]\d\s*$"]


def decimal_sign(columns: list[pa.ChunkedArray]) -> str | None:
    """The one before decimals in all of these texts that tell it; None where none does, or both occur."""
    found = {sign for texts in columns for sign in _signs(texts.drop_null().slice(0, LOOKED_AT))}
    return found.pop() if len(found) == 1 else None


def _signs(texts: pa.ChunkedArray) -> list[str]:
    if len(texts) == 0 or _count(texts, LIKE_NUMBERS) < MOST * len(texts):
        return []
    if any(_count(texts, look) == len(texts) for look in NO_DECIMALS):
        return []
    counts = {sign: _count(texts, look) for sign, look in ENDS_DECIMALS.items()}
    return [sign for sign, count in counts.items() if count > SLIPS * max(counts.values())]


def sign_of_thousands(texts: pa.ChunkedArray) -> str | None:
    """The one sign of texts of which most are numbers that may have thousands, all that are numbers."""
    there = texts.drop_null()
    grouped, below, numbers = (_count(there, look) for look in (THOUSANDS, BELOW, OTHER_NUMBERS))
    if grouped < LEAST_THOUSANDS or grouped + below < numbers or numbers < MOST * len(there):
        return None
    if _count(there, IP_ADDRESS) == grouped:
        return None
    with_sign = there.filter(pc.match_substring_regex(there, THOUSANDS))
    signs = [sign for sign in OTHER if pc.any(pc.match_substring(with_sign, sign)).as_py()]
    return signs[0] if len(signs) == 1 else None


def are_thousands(texts: pa.ChunkedArray, sign: str, decimal: str | None) -> bool:
    """Whether that `sign_of_thousands` can be no other: another one stands before decimals, or it occurs twice in a value."""
    return decimal == OTHER[sign] or _count(texts, MILLIONS) > 0


def has_below(texts: pa.ChunkedArray) -> bool:
    """Whether some have no sign, and fewer than four digits."""
    return _count(texts, BELOW) >= LEAST_BELOW


def without_thousands(texts: pa.ChunkedArray, sign: str) -> pa.ChunkedArray:
    grouped = pc.match_substring_regex(texts, THOUSANDS)
    return pc.if_else(grouped, pc.replace_substring(texts, sign, ""), texts)


def _count(texts: pa.ChunkedArray, look: str) -> int:
    return pc.sum(pc.match_substring_regex(texts, look)).as_py() or 0
