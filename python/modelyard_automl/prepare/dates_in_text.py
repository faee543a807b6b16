"""Dates that are written as text, or as the digits of a number."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

# By the look of a value: the formats that it may have, in the order in which they are tried.
CLOCK = r"([T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?)?"
LOOKS: list[tuple[str, list[str]]] = [
    (rf"^\d{{4}}-\d{{2}}-\d{{2}}{CLOCK}(Z|[-+]\d{{2}}:?\d{{2}})?$", ["ISO8601"]),
    (r"^(19|20)\d{6}$", ["%Y%m%d"]),
    (rf"^\d{{4}}/\d{{1,2}}/\d{{1,2}}{CLOCK}$", ["%Y/%m/%d"]),
    (rf"^\d{{1,2}}/\d{{1,2}}/\d{{4}}{CLOCK}$", ["%m/%d/%Y", "%d/%m/%Y"]),
    (rf"^\d{{1,2}}\.\d{{1,2}}\.\d{{4}}{CLOCK}$", ["%d.%m.%Y"]),
    (rf"^\d{{1,2}}-\d{{1,2}}-\d{{4}}{CLOCK}$", ["%d-%m-%Y", "%m-%d-%Y"]),
    (r"^\d{1,2}[- ][A-Za-z]{3}[- ]\d{4}$", ["%d-%b-%Y", "%d %b %Y"]),
    (r"^[A-Za-z]{3} \d{1,2},? \d{4}$", ["%b %d, %Y", "%b %d %Y"]),
]
CLOCKS = ["", " %H:%M", " %H:%M:%S", "T%H:%M:%S"]
NEARLY_ALL = 0.95


def date_format(column: pa.ChunkedArray) -> str | None:
    """
    The format, as pandas reads it, of a column of texts, or of whole numbers such as 20240131, that nearly all are dates;
    None when they are not.
    """
    values = _texts(pc.unique(column.drop_null().slice(0, 20_000)))
    head = values.slice(0, 200)
    if len(head) == 0:
        return None
    for look, formats in LOOKS:
        if _share(pc.match_substring_regex(head, look)) < NEARLY_ALL:
            continue
        clocks = [""] if formats == ["ISO8601"] or not _share(pc.match_substring_regex(head, ":")) else CLOCKS[1:]
        for clock in clocks:
            for one in formats:
                if _share(pc.is_valid(as_timestamps(values, one + clock))) >= NEARLY_ALL:
                    return one + clock
    return None


def as_timestamps(values: pa.Array | pa.ChunkedArray, form: str) -> pa.Array | pa.ChunkedArray:
    """timestamp[us] in UTC without a zone; what is no date of this form is null."""
    values = _texts(values)
    if form != "ISO8601":
        return pc.strptime(values, form, "us", error_is_null=True)
    iso = pc.if_else(pc.match_substring_regex(values, LOOKS[0][0]), values, pa.scalar(None, pa.string()))
    zoned = pc.match_substring_regex(iso, r"(Z|[-+]\d{2}:?\d{2})$")
    # A date alone is matched by that pattern in its last part.
    zoned = pc.and_(zoned, pc.match_substring(iso, ":"))
    nothing = pa.scalar(None, pa.string())
    plain = _cast(pc.if_else(zoned, nothing, iso), pa.timestamp("us"))
    with_zone = _cast(pc.if_else(zoned, iso, nothing), pa.timestamp("us", "UTC"))
    return pc.coalesce(plain, with_zone.cast(pa.timestamp("us")))


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
