"""Numbers with a sign between their thousands: 4.435 is one where commas stand before decimals, or no value has any other digits."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from .alerts import Alerts, listed
from .decimal_sign import MOST, OTHER, UNIT, count, signs_of
from .numbers_in_text import IP_ADDRESS
from .units import measures_in

# With a few letters of a unit or a currency around them.
GROUPED = {sign: rf"^[^\d.,]{{0,6}}[1-9]\d{{0,2}}([{sign}]\d{{3}})+([{OTHER[sign]}]\d+)?{UNIT}" for sign in OTHER}
PLAIN = {sign: rf"^\s*[-+]?[1-9]\d{{0,2}}([{sign}]\d{{3}})+([{OTHER[sign]}]\d+)?\s*$" for sign in OTHER}
NUMBERS = rf"^[^\d.,]{{0,6}}[\d.,]*\d[\d.,]*{UNIT}"
WHOLE = rf"^[^\d.,]{{0,6}}\d+{UNIT}"
TWICE = r"[.,]\d{3}[.,]\d{3}"
# Fewer whole numbers beside them are chance.
LEAST_BESIDE = 3


@dataclass
class Thousands:
    """
    `sign` stands between them. `sure`: it can be no other. `told`: by other decimals of the column itself. `beside`: other
    numbers of the column are whole.
    """

    sign: str
    sure: bool
    told: bool
    beside: bool


def thousands_in(texts: pa.ChunkedArray, decimal: str | None) -> Thousands | None:
    """
    Of a column of numbers; None where no sign may be one between thousands. `decimal`: what stands before decimals elsewhere in
    the file, as far as that is known.
    """
    there = texts.drop_null()
    for sign in OTHER:
        with_sign = there.filter(pc.match_substring(there, sign))
        grouped = with_sign.filter(pc.match_substring_regex(with_sign, GROUPED[sign]))
        if len(grouped) == 0 or count(there, NUMBERS) < MOST * len(there) or count(grouped, IP_ADDRESS) == len(grouped):
            continue
        all_grouped = len(grouped) == count(with_sign, NUMBERS)
        sure = all_grouped and (decimal == OTHER[sign] or count(grouped, TWICE) > 0)
        own = signs_of(texts)
        may_be = decimal != sign and sign not in own and (all_grouped or OTHER[sign] in own)
        if sure or may_be:
            return Thousands(sign, sure, OTHER[sign] in own, count(there, WHOLE) >= LEAST_BESIDE)
    return None


def without_thousands(texts: pa.ChunkedArray, sign: str) -> pa.ChunkedArray:
    grouped = pc.match_substring_regex(texts, PLAIN[sign])
    return pc.if_else(grouped, pc.replace_substring(texts, sign, ""), texts)


def read_as_decimals(texts: pa.ChunkedArray) -> bool:
    """Whether these are numbers with a unit, none of which tells that a comma stands before its decimals."""
    measures = measures_in(texts)
    return measures is not None and measures.values is not None and not measures.comma


def tell_thousands(read: list[str], unclear: list[str], grave: bool, alerts: Alerts) -> None:
    if read:
        alerts.add(
            "thousands",
            "medium",
            f"In {listed(read)} 1.234 was read as 1234: other numbers have another sign before their decimals, or some have millions.",
            read,
        )
    if unclear:
        alerts.add(
            "maybe_thousands",
            "high" if grave else "low",
            f"In {listed(unclear)} each value with a sign has three digits after it: 1.234 was read as a decimal. Where it means a "
            "thousand, write 1234.",
            unclear,
        )
