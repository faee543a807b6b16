"""Dates that are written as text, or as the digits of a number."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .month_names import DATE, iso_date

# No format of pandas, but dates with the name of a month, in one of several languages and in any order.
MONTH_NAMES = "month names"
# By the look of a value: the formats that it may have, in the order in which they are tried.
CLOCK = r"([T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?)?"
LOOKS: list[tuple[str, list[str]]] = [
    (rf"^\d{{4}}-\d{{2}}-\d{{2}}{CLOCK}(Z|[-+]\d{{2}}(:?\d{{2}})?)?$", ["ISO8601"]),
    (r"^(19|20)\d{6}$", ["%Y%m%d"]),
    (rf"^\d{{4}}/\d{{1,2}}/\d{{1,2}}{CLOCK}$", ["%Y/%m/%d"]),
    (rf"^\d{{1,2}}/\d{{1,2}}/\d{{4}}{CLOCK}$", ["%m/%d/%Y", "%d/%m/%Y"]),
    (rf"^\d{{1,2}}\.\d{{1,2}}\.\d{{4}}{CLOCK}$", ["%d.%m.%Y"]),
    (rf"^\d{{1,2}}-\d{{1,2}}-\d{{4}}{CLOCK}$", ["%d-%m-%Y", "%m-%d-%Y"]),
    (f"^{DATE}$", [MONTH_NAMES]),
]
CLOCKS = ["", " %H:%M", " %H:%M:%S", "T%H:%M:%S"]
NEARLY_ALL = 0.95
MOST_VALUES = 20_000


def date_format(column: pa.ChunkedArray) -> str | None:
    """
    The format, as pandas reads it or `MONTH_NAMES`, of a column of texts, or of whole numbers such as 20240131, that nearly all
    are dates; None when they are not.
    """
    return next(iter(readings(column)), None)


def readings(column: pa.ChunkedArray) -> list[str]:
    """The formats that fit such a column equally well, the usual one first: two where the day and the month may be either."""
    values = some_values(column)
    head = values.slice(0, 200)
    if len(head) == 0:
        return []
    for look, formats in LOOKS:
        if _share(pc.match_substring_regex(head, look)) < NEARLY_ALL:
            continue
        has_clock = formats[0] not in ("ISO8601", MONTH_NAMES) and _share(pc.match_substring_regex(head, ":"))
        clocks = CLOCKS[1:] if has_clock else [""]
        for clock in clocks:
            shares = {one + clock: _share(pc.is_valid(as_timestamps(values, one + clock))) for one in formats}
            best = max(shares.values())
            if best >= NEARLY_ALL:
                return [form for form, share in shares.items() if share == best]
    return []


def some_values(column: pa.ChunkedArray) -> pa.Array:
    """Different values in their order, of rows from the whole column: one in the order of time begins with its first days."""
    there = column.drop_null()
    if len(there) > MOST_VALUES:
        there = there.take(pa.array(np.linspace(0, len(there) - 1, MOST_VALUES).astype(np.int64)))
    return _texts(pc.unique(there))


def as_timestamps(values: pa.Array | pa.ChunkedArray, form: str) -> pa.Array | pa.ChunkedArray:
    """timestamp[us] in UTC without a zone; what is no date of this form is null."""
    values = _texts(values)
    if form == MONTH_NAMES:
        known = {text: iso_date(text) for text in pc.unique(values.drop_null()).to_pylist()}
        values = pa.array([known.get(text) for text in values.to_pylist()], pa.string())
    elif form != "ISO8601":
        # Arrow takes 31 February for 2 March, and 24 for the year 24.
        parts = pc.extract_regex(values, _look(form))
        times = pc.strptime(pc.if_else(parts.is_valid(), values, pa.scalar(None, pa.string())), form, "us", error_is_null=True)
        same = pc.equal(pc.day(times), pc.struct_field(parts, "day").cast(pa.int64()))
        return pc.if_else(same, times, pa.scalar(None, times.type))
    iso = pc.if_else(pc.match_substring_regex(values, LOOKS[0][0]), values, pa.scalar(None, pa.string()))
    zoned = pc.match_substring_regex(iso, r":.*(Z|[-+]\d{2}(:?\d{2})?)$")
    nothing = pa.scalar(None, pa.string())
    plain = _cast(pc.if_else(zoned, nothing, iso), pa.timestamp("us"))
    with_zone = _cast(pc.if_else(zoned, iso, nothing), pa.timestamp("us", "UTC"))
    return pc.coalesce(plain, with_zone.cast(pa.timestamp("us")))


def _look(form: str) -> str:
    """What has this format, with the digits of its day."""
    parts = {"%Y": r"\d{4}", "%d": r"(?P<day>\d{1,2})"}
    if form.startswith("%Y%m"):
        parts |= {"%m": r"\d\d", "%d": r"(?P<day>\d\d)"}
    found = re.sub(r"%\w", lambda part: parts.get(part[0], r"\d{1,2}"), form.replace(".", r"\."))
    return f"^{found}$"


def _texts(values: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    # A number that no int64 holds becomes another one, which is no date either.
    return values.cast(pa.int64(), safe=False).cast(pa.string()) if pa.types.is_floating(values.type) else values


def _cast(values: pa.Array | pa.ChunkedArray, kind: pa.DataType) -> pa.Array | pa.ChunkedArray:
    try:
        return values.cast(kind)
    except pa.ArrowInvalid:
        # Days that no calendar has: one by one.
        return pa.array([_one(value, kind) for value in values.to_pylist()], kind)


def _one(value: str | None, kind: pa.DataType) -> object:
    try:
        return None if value is None else pa.scalar(value, pa.string()).cast(kind).as_py()
    except pa.ArrowInvalid:
        return None


def _share(truth: pa.Array | pa.ChunkedArray) -> float:
    return pc.mean(truth.cast(pa.float64())).as_py() or 0.0
