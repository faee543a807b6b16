"""Which sign of a file stands before decimals, and which one sets thousands apart: 4.435 may be either."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from .numbers_in_text import PLACEHOLDER

# Numbers, with a few letters of a unit or a currency around them.
LIKE_NUMBERS = r"^[^\d.,]{0,6}[.,]?\d[\d.,'’\s]*[^\d.,]{0,12}$"
# Three digits after the last sign, and thousands before it, say nothing.
OTHER = {",": ".", ".": ","}
ENDS_DECIMALS = {
    sign: rf"^[^\d.,]*[\d{OTHER[sign]}'’\s]*[{sign}](\d{{1,2}}|\d{{4,}})([eE][-+]?\d+)?[^\d.,]*$" for sign in OTHER
}
LOOKED_AT = 2000
MOST = 0.5
# 4.435 may be a thousand: no decimals have three digits in all of so many values, or none.
THOUSANDS, BELOW = r"^\s*-?[1-9]\d{0,2}([.,])\d{3}\s*$", r"^\s*-?\d{1,3}\s*$"
LEAST_THOUSANDS, LEAST_BELOW = 10, 3


def decimal_sign(columns: list[pa.ChunkedArray]) -> str | None:
    """The one before decimals in all of these texts that tell it; None where none does, or both occur."""
    found = {sign for texts in columns for sign in _signs(texts.drop_null().slice(0, LOOKED_AT))}
    return found.pop() if len(found) == 1 else None


def _signs(texts: pa.ChunkedArray) -> list[str]:
    if len(texts) == 0 or _share(texts, LIKE_NUMBERS) < MOST:
        return []
    return [sign for sign, look in ENDS_DECIMALS.items() if pc.any(pc.match_substring_regex(texts, look)).as_py()]


def sign_of_thousands(texts: pa.ChunkedArray) -> str | None:
    """The sign of texts that were read as decimals and may be thousands, each of them."""
    there = _told(texts).drop_null()
    with_sign, below = (pc.match_substring_regex(there, one) for one in (THOUSANDS, BELOW))
    if not pc.all(pc.or_(with_sign, below)).as_py() or (pc.sum(with_sign).as_py() or 0) < LEAST_THOUSANDS:
        return None
    signs = [sign for sign in OTHER if pc.any(pc.match_substring(there, sign)).as_py()]
    return signs[0] if len(signs) == 1 else None


def has_below(texts: pa.ChunkedArray) -> bool:
    """Whether some have no sign, and fewer than four digits."""
    return (pc.sum(pc.match_substring_regex(texts, BELOW)).as_py() or 0) >= LEAST_BELOW


def without_sign(texts: pa.ChunkedArray, sign: str) -> pa.ChunkedArray:
    """As int64, of texts with that `sign_of_thousands`."""
    return pc.replace_substring(pc.utf8_trim_whitespace(_told(texts)), sign, "").cast(pa.int64())


def _told(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.if_else(pc.match_substring_regex(texts, PLACEHOLDER), pa.scalar(None, pa.string()), texts)


def _share(texts: pa.ChunkedArray, look: str) -> float:
    return pc.mean(pc.match_substring_regex(texts, look).cast(pa.float64())).as_py() or 0.0
