"""One column: what it is taken for, whether models see it, and its profile."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from .dates_in_text import date_format
from .numbers_in_text import CODE, LONG, NEARLY_ALL, NUMBER, are_months, share_of_numbers
from .units import measures_in

ID_NAME = re.compile(
    r"(^|[_\-. ])(?i:id|ids|uuid|guid|key|rowid|row_number|rownum)$|[a-z](Id|ID|Key)$|^(?i:index|Unnamed: 0)$"
)
WORDS_OF_TEXT = 3.5
# Fewer numbers look like 20240131 by chance.
DATES_IN_DIGITS = 5
# So much of the rows have a value of their own in a column that identifies them.
NEARLY_EACH = 0.95
# Numbers of the rows of a larger table, of which these were drawn, leave out fewer than days without weekends do (7 of 5).
LEFT_OUT = 1.3
# Of fewer rows ages and the like rise so too.
LEAST_DRAWN = 100
# Larger whole numbers are not all doubles.
EXACT = 2**53


@dataclass
class Column:
    """
    `values` are as they are stored: double, bool, string or timestamp[us]; `whole`: numbers without a fraction; `units`: of
    texts that are numbers with a unit, which are kept as numbers where it is one, with `unread` of them missing then;
    `decimal_comma`: of these, and before that of the file; `ambiguous`: of dates in which the day may be
    the month.
    """

    name: str
    type: str
    values: pa.ChunkedArray
    semantic: str = "categorical"
    unique: int = 0
    whole: bool = False
    used: bool = True
    is_id: bool = False
    reason: str | None = None
    format: str | None = None
    units: list[str] | None = None
    unread: pa.ChunkedArray | None = None
    decimal_comma: bool = False
    ambiguous: bool = False

    @property
    def missing(self) -> int:
        return self.values.null_count

    @property
    def is_number(self) -> bool:
        return pa.types.is_floating(self.values.type)

    @property
    def is_text(self) -> bool:
        return pa.types.is_string(self.values.type)

    @property
    def holds_numbers(self) -> bool:
        """Whether some of its texts are numbers, none of them with zeros before it, that a number would lose."""
        if not self.is_text or self.semantic == "datetime" or self.missing == len(self.values):
            return False
        found, codes = (pc.any(pc.match_substring_regex(self.values, one)).as_py() for one in (NUMBER, CODE))
        return found and not codes

    def not_used(self, reason: str) -> None:
        self.used, self.reason = False, reason

    def profile(self) -> dict[str, Any]:
        result: dict[str, Any] = {
            "name": self.name,
            "type": self.type,
            "semantic": self.semantic,
            "missing": self.missing,
            "unique": self.unique,
            "used": self.used,
            "examples": examples(self.values, self.whole),
        }
        if self.reason is not None:
            result["reason"] = self.reason
        if self.format is not None:
            result["format"] = self.format
        if self.units is not None and self.is_number:
            result |= {"unit": "".join(self.units), "decimal_comma": self.decimal_comma}
        if self.used and self.holds_numbers:
            result["holds_numbers"] = True
        if self.is_number and self.missing < len(self.values):
            range_ = pc.min_max(self.values).as_py()
            result |= {"min": range_["min"], "max": range_["max"], "mean": pc.mean(self.values).as_py()}
        return result


def examples(values: pa.ChunkedArray, whole: bool) -> list[str]:
    """The first three different values, as text."""
    found = dict.fromkeys(first_values(values).to_pylist())
    return [_text(one, whole)[:80] for one in list(found)[:3]]


def first_values(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Up to 200 that are not missing; the whole column is gone through where it begins with missing ones alone."""
    head = values.slice(0, 200).drop_null()
    return head if len(head) else values.drop_null().slice(0, 200)


def _text(value: Any, whole: bool) -> str:
    if isinstance(value, float):
        return str(int(value)) if whole else f"{value:.6g}"
    return value.isoformat(sep=" ") if hasattr(value, "isoformat") else str(value)


def exact_labels(values: pa.ChunkedArray) -> pa.ChunkedArray | None:
    """Whole numbers beyond those that are all doubles, as text: no two labels become one. None where there are none such."""
    whole = pa.types.is_integer(values.type) or pa.types.is_decimal(values.type) and values.type.scale == 0
    if not whole or len(values) == values.null_count:
        return None
    range_ = pc.min_max(values).as_py()
    return values.cast(pa.string()) if max(-range_["min"], range_["max"]) > EXACT else None


def exact_names(values: pa.ChunkedArray) -> pa.ChunkedArray | None:
    """As `exact_labels`, of those alone of which doubles would make one: not of times in nanoseconds."""
    texts = exact_labels(values)
    if texts is None:
        return None
    doubles = pc.count_distinct(values.cast(pa.float64(), safe=False)).as_py()
    return texts if doubles < pc.count_distinct(texts).as_py() else None


def stored(name: str, values: pa.ChunkedArray) -> Column | None:
    """The column as it is stored; None for what is no column of a table: lists, objects, bytes."""
    kind = values.type
    types = pa.types
    if types.is_dictionary(kind):
        return stored(name, values.cast(kind.value_type))
    if types.is_integer(kind):
        return Column(name, str(kind), values.cast(pa.float64(), safe=False), "numeric", whole=True)
    if types.is_floating(kind) or types.is_decimal(kind):
        numbers = values.cast(pa.float64())
        finite = pc.if_else(pc.is_finite(numbers), numbers, pa.scalar(None, pa.float64()))
        return Column(name, str(kind), finite, "numeric", whole=_is_whole(finite))
    if types.is_boolean(kind):
        return Column(name, "bool", values, "boolean")
    if types.is_timestamp(kind) or types.is_date(kind):
        utc = values.cast(pa.timestamp("us", kind.tz)) if types.is_timestamp(kind) and kind.tz else values
        return Column(name, "timestamp", utc.cast(pa.timestamp("us"), safe=False), "datetime")
    if types.is_duration(kind):
        seconds = pc.divide(values.cast(pa.duration("us"), safe=False).cast(pa.int64()).cast(pa.float64()), 1e6)
        return Column(name, "duration", seconds, "numeric")
    if types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind):
        return Column(name, "string", values.cast(pa.string()))
    if types.is_time(kind):
        return Column(name, "time", values.cast(pa.string()))
    if types.is_null(kind):
        return Column(name, "null", values.cast(pa.string()))
    return None


def _is_whole(values: pa.ChunkedArray) -> bool:
    head = values.slice(0, 1000)
    if not pc.all(pc.equal(head, pc.round(head))).as_py():
        return False
    return bool(pc.all(pc.equal(values, pc.round(values))).as_py()) and values.null_count < len(values)


def judge(column: Column, native: bool, once: pa.Array | None = None, thinned: float = 1) -> str | None:
    """
    Sets what the column is taken for and whether it is used; the name of a strong detection, if it is one.
    `native`: it is taken for what its type says; `once`: the rows without copies of another row, where there are copies, for
    these have the number of that row too; `thinned`: of how many rows one was read.
    """
    values = column.values
    valid = len(values) - values.null_count
    column.unique = pc.count_distinct(values).as_py()
    if valid == 0:
        column.not_used("has no values")
        return None
    as_stored = column.semantic
    detection = _detect(column, valid)
    if detection is None and not native:
        take_measures(column)
    if column.unique == 1 and (column.missing == 0 or valid < 0.001 * len(values)):
        column.not_used("has one value only")
    elif reason := _is_id(column, valid, once, thinned):
        column.not_used(reason)
        column.is_id = True
    if native:
        column.semantic, column.format = as_stored, None
        return None
    return detection


def take_measures(column: Column) -> None:
    """Texts such as "€ 209.68" as numbers; where their units differ they stay texts."""
    if not column.is_text or not (found := measures_in(column.values, column.decimal_comma)):
        return
    column.units = found.units
    if found.values is not None:
        column.unread = column.values.filter(pc.and_(column.values.is_valid(), found.values.is_null()))
        column.values, column.decimal_comma, column.semantic = found.values, found.comma, "numeric"
        column.unique, column.whole = pc.count_distinct(found.values).as_py(), _is_whole(found.values)


def why_id(column: Column, once: pa.Array | None, thinned: float) -> str | None:
    """
    Why it tells rows apart and nothing more; None where it tells more. All rows that were read say so: neither the first of a
    number that was mixed do, nor what is left where rows without a target are not. `once`, `thinned`: as `judge` takes them.
    """
    head = column.values.slice(0, 20_000) if once is None else column.values.take(once.slice(0, 20_000))
    if column.is_number and not column.whole or pc.count_distinct(head).as_py() < NEARLY_EACH * (len(head) - head.null_count):
        return None
    whole = replace(column)
    judge(whole, native=False, once=once, thinned=thinned)
    return whole.reason if whole.is_id else None


def _detect(column: Column, valid: int) -> str | None:
    if column.is_number:
        if column.whole and ID_NAME.search(column.name) and 2 < column.unique:
            column.semantic = "categorical"
            return "strong_categorical_type_detection"
        return _detect_date(column) if column.whole and column.unique >= DATES_IN_DIGITS else None
    if not column.is_text:
        return None
    head = column.values.drop_null().slice(0, 2000)
    if found := _detect_date(column):
        return found
    codes = are_months(head) or pc.any(pc.match_substring_regex(head, rf"^0\d|{LONG}")).as_py()
    if share_of_numbers(head, False) >= NEARLY_ALL and not codes:
        column.semantic = "numeric"
        return "strong_numeric_type_detection"
    words = pc.mean(pc.count_substring_regex(head, r"\S+").cast(pa.float64())).as_py()
    varied = column.unique > max(20, 0.2 * valid)
    if words >= WORDS_OF_TEXT and varied or words >= 8 and column.unique > 20:
        column.semantic = "text"
        return "strong_text_type_detection"
    return None


def _detect_date(column: Column) -> str | None:
    form = column.format or date_format(column.values)
    if form is None:
        return None
    column.semantic, column.format = "datetime", form
    return "strong_datetime_type_detection"


def _is_id(column: Column, valid: int, once: pa.Array | None, thinned: float) -> str | None:
    if once is not None:
        valid = pc.sum(column.values.is_valid().take(once)).as_py()
    if valid < 20 or column.unique < NEARLY_EACH * valid:
        return None
    if column.is_number and column.whole:
        if ID_NAME.search(column.name):
            return "identifies rows: its name says so, and nearly every row has another value"
        range_ = pc.min_max(column.values).as_py()
        if column.unique == valid and range_["max"] - range_["min"] < 1.01 * valid * thinned:
            return "numbers the rows"
        if valid >= LEAST_DRAWN and range_["min"] >= 0 and range_["max"] < LEFT_OUT * valid and _rises(column, once):
            return "numbers the rows of a larger table, of which these were drawn"
        return None
    if column.is_text and column.semantic == "categorical":
        return "identifies rows: nearly every row has another value"
    return None


def _rises(column: Column, once: pa.Array | None) -> bool:
    """Whether each number is larger than the one before it, in the order of the rows."""
    values = (column.values if once is None else column.values.take(once)).drop_null().to_numpy()
    return bool((values[1:] > values[:-1]).all())
