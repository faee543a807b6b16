"""Numbers that are written with a unit, such as "€ 209.68" and "21 kg", or with separators, such as "1,299.00"."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from .numbers_in_text import CODE, IP_ADDRESS, LONG, NEARLY_ALL, PLACEHOLDER, are_marks, are_months

# A word before a number mostly names a thing, such as "room 12": but for currencies units stand behind.
CURRENCY = (
    r"[A-Z]{0,3}\p{Sc}|USD|EUR|GBP|CHF|JPY|CNY|RMB|INR|AUD|CAD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|RUB|TRY|BRL|MXN|ZAR|KRW|SGD|HKD|THB|"
    r"ILS|Fr\.?|kr\.?|Rs\.?"
)
UNIT = r"(?:[\p{L}%‰°\p{Sc}]|/\p{L})[\p{L}\p{N}%°/\p{Sc}.^·]{0,11}(?: [\p{L}.]{1,10})?"
DIGITS = r"[.,]?\d(?:[\d.,' ]*\d)?(?:[eE][-+]?\d+)?"
WRITTEN = rf"^(?P<sign>[-+]?) ?(?P<before>{CURRENCY})? ?(?P<number>[-+]?{DIGITS}) ?(?P<after>{UNIT})?$"
# Numbers beside such a unit and without one measure differently.
MULTIPLIERS = ["k", "K", "tsd", "Tsd", "Tsd.", "M", "Mio", "Mio.", "mln", "bn", "Mrd", "Mrd.", "%", "‰"]
# Not 2-, which is a grade.
TRAILING_MINUS = r"^(\d[\d.,' ]*[.,]\d+|\d{3,})-$"
# As shops and accountants write whole prices, what is below 0, and 0: 450,- 790.-- 64,967/- $(5.00) $-
WHOLE_PRICE = r"(\d)(?:[.,][-–—]{1,2}|/-)( |$)"
BELOW_0 = rf"^({CURRENCY})? ?\((.*)\)$"
ZERO = rf"^(?:({CURRENCY}) ?[-–—]|[-–—] ?({CURRENCY}))$"
# Which side of a book: beside such a sign numbers without one are of the other side.
SIDES = ["cr", "dr", "h", "s", "haben", "soll"]
# 1st and 2nd count nothing: they are names of places in an order, and so are quarters.
ORDINALS = ["st", "nd", "rd", "th", "q1", "q2", "q3", "q4"]
# Codes have many endings, such as 12A and 7F; quantities few.
MOST_UNITS = 6


@dataclass
class Measures:
    """
    `units`: those that occur, none where thousands are set apart and nothing more. `values`: the numbers, as double; None
    where the units differ. `comma`: it stands before the decimals.
    """

    units: list[str]
    values: pa.ChunkedArray | None = None
    comma: bool = False

    @property
    def unit(self) -> str:
        return self.units[0] if self.units else ""


def measures_in(texts: pa.ChunkedArray, comma: bool = False) -> Measures | None:
    """
    What a column holds whose texts are nearly all one number with a unit; None when they are something else. `comma`: other
    numbers of the file have one before their decimals.
    """
    head = texts.drop_null().slice(0, 2000)
    if _measures(head, comma) is None:
        return None
    return _measures(texts, comma)


def _measures(texts: pa.ChunkedArray, comma: bool) -> Measures | None:
    plain = pc.replace_substring(pc.replace_substring_regex(texts, r"[\s\x{00A0}\x{2009}\x{202F}]+", " "), "−", "-")
    # As accountants and their programs write what is below 0: (1,299.00), 1,299.00-
    plain = pc.replace_substring_regex(pc.utf8_trim_whitespace(plain), BELOW_0, r"-\1\2")
    comma = comma or bool(pc.any(pc.match_substring_regex(plain, r"\d,[-–—]")).as_py())
    plain = pc.replace_substring_regex(pc.replace_substring_regex(plain, WHOLE_PRICE, r"\1\2"), ZERO, r"\1\20")
    plain = pc.replace_substring_regex(pc.replace_substring(plain, "’", "'"), TRAILING_MINUS, r"-\1")
    if pc.all(pc.match_substring_regex(plain, IP_ADDRESS)).as_py() or are_months(plain):
        return None
    parts = pc.extract_regex(plain, WRITTEN)
    told = pc.invert(pc.match_substring_regex(plain, PLACEHOLDER))
    if are_marks(plain, parts.is_valid()):
        told = parts.is_valid()
    most = pc.sum(told.cast(pa.int64())).as_py() or 0
    if most == 0:
        return None
    sign, before, number, after = (pc.struct_field(parts, name) for name in ("sign", "before", "number", "after"))
    once = pc.or_(pc.equal(before, ""), pc.equal(after, ""))
    unit = pc.if_else(once, pc.binary_join_element_wise(before, after, ""), pa.scalar(None, pa.string()))
    counts = {one["values"]: one["counts"] for one in pc.value_counts(unit.drop_null()).to_pylist()}
    bare = counts.pop("", 0)
    units = sorted(counts, key=counts.__getitem__, reverse=True)
    if units and all(one.lower() in ORDINALS for one in units):
        return None
    first = units[0] if units else ""
    if _are_labels(unit, number, units) or len(first) == 1 and first.isalpha() and bare > counts[first]:
        return None
    if bare + counts.get(first, 0) < NEARLY_ALL * most:
        return Measures(units) if _differ(units) and bare + sum(counts.values()) >= NEARLY_ALL * most else None
    numbers = pc.if_else(pc.is_in(unit, pa.array(["", first])), pc.binary_join_element_wise(sign, number, ""), None)
    zeros = pc.sum(pc.match_substring_regex(numbers, r"^[-+]?[0.,]+$").cast(pa.int64())).as_py() or 0
    unlike = first in MULTIPLIERS and bare - zeros > (1 - NEARLY_ALL) * most
    if unlike or first.lower() in SIDES and bare > zeros:
        return Measures([first, "no unit"])
    found = _read(numbers, most, comma)
    if found is None or first == "" and pc.any(pc.match_substring_regex(plain, f"{CODE}|{LONG}")).as_py():
        return None
    return Measures([first] if first else [], *found)


def _are_labels(unit: pa.ChunkedArray, number: pa.ChunkedArray, units: list[str]) -> bool:
    """Whether each number has a word of its own, such as in 1 never, 2 rarely, 3 often."""
    if len(units) < 2:
        return False
    numbers = pc.count_distinct(number).as_py()
    pairs = pc.count_distinct(pc.binary_join_element_wise(number, unit, " ")).as_py()
    return numbers == pairs == len(units)


def _differ(units: list[str]) -> bool:
    """Whether these are several units, and not letters of codes such as 12A and 12B."""
    return 1 < len(units) <= MOST_UNITS and any(len(one) > 1 or not one.isalpha() for one in units)


def _read(numbers: pa.ChunkedArray, most: int, comma: bool) -> tuple[pa.ChunkedArray, bool] | None:
    """
    The numbers, and whether they have a decimal comma. "1,299" alone may be either: it is a comma when some value has no other
    reading and all have this one, or as `comma` says.
    """
    by_point, by_comma = (pc.match_substring_regex(numbers, style) for style in (_style(".", ","), _style(",", ".")))
    points, commas = (pc.sum(fits.cast(pa.int64())).as_py() or 0 for fits in (by_point, by_comma))
    comma = commas >= points if comma else bool(pc.all(by_comma).as_py()) and not pc.all(by_point).as_py()
    if (commas if comma else points) < NEARLY_ALL * most:
        return None
    fits = by_comma if comma else by_point
    digits = pc.replace_substring_regex(pc.if_else(fits, numbers, None), r"[.' ]" if comma else r"[,' ]", "")
    # Arrow reads no plus sign.
    digits = pc.replace_substring_regex(digits, r"^\+", "")
    return (pc.replace_substring(digits, ",", ".") if comma else digits).cast(pa.float64()), comma


def _style(point: str, thousands: str) -> str:
    """As the function `without_units` of the notebooks reads numbers; 1,23,456 as India writes it."""
    whole = rf"[1-9]\d{{0,2}}(?:[{thousands}' ]\d{{3}})+|[1-9]\d?(?:[{thousands}]\d\d)+[{thousands}]\d{{3}}|\d+"
    return rf"^[-+]?(?:{whole})?(?:[{point}]\d+)?(?:[eE][-+]?\d+)?$"
