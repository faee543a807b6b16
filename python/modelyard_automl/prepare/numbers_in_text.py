"""Numbers, and truth values, that are written as text."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

# What pandas takes for missing: who reads the same file with it gets the same rows.
NOT_A_VALUE = [
    "", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN",
    "<NA>", "N/A", "NA", "NULL", "NaN", "None", "n/a", "nan", "null",
]  # fmt: skip
# In a column of numbers these say no more than that there is none.
PLACEHOLDER = r"^\s*(?i:|\?|[-–—]+|\.{1,2}|:|\*|unknown|missing|na|n\.a\.|none|nil|\\N|#VALUE!|#NULL!|#DIV/0!|#REF!|k\. ?A\.|keine Angabe)\s*$"
NUMBER = r"^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$"
CODE = r"^0(\d+|[xX][\da-fA-F]+)$"
# 05.2024, of which so many months differ that it is no rate, such as 1.1998.
MONTH, LEAST_MONTHS = r"^\s*(0?[1-9]|1[0-2])[.](19|20)\d\d\s*$", 3
# So many digits name something, and a double keeps fewer.
LONG = r"^-?\d{16,}$"
IP_ADDRESS = r"^\s*((25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(25[0-5]|2[0-4]\d|1?\d?\d)\s*$"
DIGITS = r"^\s*-?\d+\s*$"
LARGEST_WHOLE = 2.0**64
TRUTH = r"^(?i:true|false)$"

NEARLY_ALL = 0.95
# A few words among many different numbers are marks, whatever they mean.
MOST_MARKS, LEAST_NUMBERS, MOSTLY = 3, 20, 0.8


def as_numbers(column: pa.ChunkedArray, comma: bool) -> tuple[pa.ChunkedArray, bool]:
    """
    The column as int64, uint64, double or bool where that is what its texts say, else as it is; and whether some values of a
    column of numbers were none. `comma`: 1,5 may be a number.
    """
    if len(column) == column.null_count:
        return pa.chunked_array([pa.nulls(len(column))]), False
    if (plain := _cast(column)) is not None:
        return (column if _has_codes(column, plain) else plain), False
    sample = column.slice(0, 1000)
    if sample.null_count == len(sample):
        sample = column.drop_null().slice(0, 1000)
    if share_of_numbers(sample, comma) < 0.5:
        return _as_truth(column), False
    if _has_codes(column, None):
        return column, False
    texts = pc.utf8_trim_whitespace(column)
    if comma:
        texts = pc.replace_substring(texts, ",", ".")
    if (trimmed := _cast(texts)) is not None:
        return trimmed, False
    return _without_others(column, texts)


def _cast(texts: pa.ChunkedArray) -> pa.ChunkedArray | None:
    for kind in (pa.int64(), pa.uint64(), pa.float64()):
        try:
            return texts.cast(kind)
        except pa.ArrowInvalid:
            continue
    return None


def _has_codes(column: pa.ChunkedArray, numbers: pa.ChunkedArray | None) -> bool:
    """Whether there are values of which a number, these `numbers`, would lose digits: 00123, or more than 64 bits hold; or months."""
    if are_months(column):
        return True
    if numbers is not None and pa.types.is_floating(numbers.type):
        large = (pc.max(pc.abs(numbers)).as_py() or 0) > LARGEST_WHOLE
        return large and bool(pc.all(pc.match_substring_regex(column, DIGITS)).as_py())
    zeros = column.filter(pc.starts_with(column, "0"))
    return bool(pc.any(pc.match_substring_regex(zeros, CODE)).as_py())


def are_months(column: pa.ChunkedArray) -> bool:
    for part in (column.slice(0, 100), column):
        if not pc.all(pc.match_substring_regex(part, MONTH), min_count=0).as_py():
            return False
    return pc.count_distinct(pc.replace_substring_regex(column, r"[.].*", "")).as_py() >= LEAST_MONTHS


def _without_others(column: pa.ChunkedArray, texts: pa.ChunkedArray) -> tuple[pa.ChunkedArray, bool]:
    numbers = pc.match_substring_regex(texts, NUMBER)
    told = pc.or_(numbers, pc.match_substring_regex(texts, PLACEHOLDER))
    valid = len(column) - column.null_count
    share = (pc.sum(numbers).as_py() or 0) / valid
    only_placeholders = pc.all(told).as_py() and share > 0.5
    if share < NEARLY_ALL and not only_placeholders and not are_marks(column, numbers):
        return column, False
    values = pc.if_else(numbers, texts, pa.scalar(None, pa.string()))
    # Python writes an explicit plus sign; Arrow reads none.
    return pc.replace_substring_regex(values, r"^\+", "").cast(pa.float64()), True


def are_marks(texts: pa.ChunkedArray, read: pa.ChunkedArray) -> bool:
    """Whether what was not read, where `read` is false, is a few words among many numbers."""
    there = texts.is_valid()
    others = pc.unique(texts.filter(pc.and_(there, pc.invert(read))))
    values = texts.filter(pc.and_(there, read))
    mostly = len(values) >= MOSTLY * (len(texts) - texts.null_count)
    return mostly and len(others) <= MOST_MARKS and pc.count_distinct(values).as_py() > LEAST_NUMBERS


def share_of_numbers(column: pa.ChunkedArray, comma: bool) -> float:
    """Of the values that are there; 0 when none is."""
    valid = len(column) - column.null_count
    if valid == 0:
        return 0.0
    texts = pc.replace_substring(column, ",", ".") if comma else column
    return (pc.sum(pc.match_substring_regex(texts, NUMBER)).as_py() or 0) / valid


def _as_truth(column: pa.ChunkedArray) -> pa.ChunkedArray:
    for part in (column.slice(0, 100), column):
        if not pc.all(pc.match_substring_regex(part, TRUTH)).as_py():
            return column
    return pc.equal(pc.utf8_lower(column), "true")
