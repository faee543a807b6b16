"""What is to be known of columns, and of rows that occur twice."""

from __future__ import annotations

import time

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .alerts import Alerts, listed
from .alike import tell_alike
from .columns import Column, ID_NAME, examples, first_values
from .dates_in_text import as_timestamps
from .numbers_in_text import CODE, NEARLY_ALL, NUMBER
from .keys import row_hashes
from .split import TEST, Split

CORRELATED = 0.95
MOST_COLUMNS = 300
MOST_ROWS = 10_000

# 14 kesäkuuta 2022, Monday, June 13, 2022, 13.06.22, 6/13/2022 1:30 PM
LIKE_A_DATE = (
    r"^(\pL+[.,]* )?(\d{1,2}\S{0,2}[- ](\pL{2,3} )?\pL{3,}[.,]*|\pL{3,}[.,]*[- ]\d{1,2}\S{0,2})[- ](\pL{2,3} )?(\d{4}|\d{2})\b"
    r"|^(0?[1-9]|[12]\d|3[01])[./-](0?[1-9]|[12]\d|3[01])[./-](\d{4}|\d{2})( .*)?$"
    # 2024-W05, 2024-08, 08/2024, Aug-24
    r"|^(19|20)\d\d-(W[0-5]\d(-[1-7])?|0[1-9]|1[0-2])$|^(0?[1-9]|1[0-2])[./-](19|20)\d\d$"
    r"|^(?i:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)[- ](\d{4}|\d{2})$"
    r"|^\d{4}[-/]\d{1,2}[-/]\d{1,2}[ T]\d{1,2}:\d\d.*$"
    # 15/Jan/2024:08:00:00 +0000, 2024Q1
    r"|^\d{1,2}/\pL{3}/\d{4}:.*$|^(19|20)\d\d[- ]?Q[1-4]$"
)
LIKE_A_TIME = r"^-?(\d+ days? )?\d{1,3}:\d\d(:\d\d)?([.,]\d+)?( [AaPp][Mm])?$"
# Fewer different values are categories, such as 5+ beside 1 to 4.
MANY = 20

DETECTIONS = {
    "strong_categorical_type_detection": "Numbers were taken for categories, as their names say that they identify something",
    "strong_datetime_type_detection": "Texts, or numbers such as 20240131, were taken for dates",
    "strong_numeric_type_detection": "Texts were taken for numbers",
    "strong_text_type_detection": "Texts were taken for prose, of which words are counted",
}


def tell_detections(detections: dict[str, list[str]], alerts: Alerts) -> None:
    for name, columns in detections.items():
        alerts.add(
            name, "low", f"{DETECTIONS[name]}: {listed(columns)}. An imputer given for a column switches this off.", columns
        )


def tell_units(columns: list[Column], alerts: Alerts) -> None:
    with_units = [one for one in columns if one.units is not None]
    read = {one.name: one.units for one in with_units if one.is_number and one.used}
    if read:
        alerts.add(
            "numbers_with_units",
            "low",
            f"Texts that are numbers, used as numbers: {listed(list(read), describe=lambda name: _with_units(name, read[name]))}. "
            "A model takes them with their unit or without; what has another unit, or is no number, is missing.",
            list(read),
        )
    unread = {one.name: one.unread for one in with_units if one.is_number and one.used and one.unread}
    if unread:
        alerts.add(
            "unread_numbers",
            "medium",
            "Values that are no numbers, or have another unit, were taken for missing: "
            f"{listed(list(unread), describe=lambda name: _with_example(name, unread[name]))}.",
            list(unread),
        )
    differ = {one.name: one.units for one in with_units if one.is_text}
    if differ:
        alerts.add(
            "mixed_units",
            "medium",
            f"Numbers with several units are taken as text: {listed(list(differ), describe=lambda name: _with_units(name, differ[name]))}. "
            "Write such a column in one unit to have it used as numbers.",
            list(differ),
        )


def _with_units(name: str, units: list[str]) -> str:
    return f"{name!r} in {listed(units)}" if units else f"{name!r}"


def tell_columns(every: list[Column], features: list[Column], development: np.ndarray, alerts: Alerts) -> None:
    rows = len(every[0].values)
    empty = [one.name for one in every if one.missing == rows]
    if empty:
        alerts.add("all_null_cols", "medium", f"Left out, as there is no value: {listed(empty)}.", empty)
    constant = [one.name for one in every if one.reason == "has one value only"]
    if constant:
        alerts.add("constant_cols", "low", f"Left out, as every row has the same value: {listed(constant)}.", constant)
    ids = [one.name for one in every if one.is_id]
    if ids:
        alerts.add("unique_cols", "low", f"Left out, as it tells rows apart and nothing more: {listed(ids)}.", ids)
    tell_alike([one for one in features if one.is_text and one.semantic == "categorical"], "categories", alerts)
    _tell_unread([one for one in every if one.is_text and (one.used or one.is_id)], alerts)
    sparse = [one.name for one in features if one.missing > 0.5 * rows]
    if sparse:
        alerts.add("mostly_missing_cols", "medium", f"More than half of the values are missing: {listed(sparse)}.", sparse)
    _tell_dates([one for one in features if one.semantic == "datetime"], alerts)
    _tell_correlated([one for one in features if one.is_number and one.semantic == "numeric"], development, alerts)


def _tell_unread(columns: list[Column], alerts: Alerts) -> None:
    unread, times, mostly = [], [], {}
    for column in columns:
        if column.semantic == "datetime":
            continue
        first = first_values(column.values)
        if _share(first, LIKE_A_DATE) > 0.95:
            unread.append(column.name)
        elif _share(first, LIKE_A_TIME) > 0.95:
            times.append(column.name)
        if column.unique > MANY and (other := _no_number(first)):
            mostly[column.name] = other
    if mostly:
        alerts.add(
            "mostly_numbers",
            "low",
            "More than half of the values are numbers, and all count as words, as too many others are none: "
            f"{listed(list(mostly), describe=lambda name: f'{name!r} (such as {mostly[name]!r})')}. Leave these empty to have numbers.",
            list(mostly),
        )
    if times:
        alerts.add(
            "unread_times",
            "medium",
            f"Times of day and durations are not read: {listed(times)}. Write them as a number, such as minutes.",
            times,
        )
    if unread:
        alerts.add(
            "unread_dates",
            "medium",
            f"Texts that look like dates in a form that is not read: {listed(unread)}. Write them like 2024-03-01.",
            unread,
        )


def _share(values: pa.ChunkedArray, look: str) -> float:
    return pc.mean(pc.match_substring_regex(values, look).cast(pa.float64())).as_py() or 0.0


def _no_number(values: pa.ChunkedArray) -> str | None:
    """One that is no number, where most are, and none has a zero before it."""
    texts = pc.replace_substring(pc.utf8_trim_whitespace(values), ",", ".")
    if not 0.5 <= _share(texts, NUMBER) < NEARLY_ALL or pc.any(pc.match_substring_regex(texts, CODE)).as_py():
        return None
    return values.filter(pc.invert(pc.match_substring_regex(texts, NUMBER)))[0].as_py()


def _tell_dates(columns: list[Column], alerts: Alerts) -> None:
    tomorrow = int((time.time() + 86_400) * 1e6)
    late = []
    unread = {}
    for column in columns:
        values, is_text = column.values, column.format is not None
        times = _near(as_timestamps(values, column.format) if is_text else values)
        others = values.filter(pc.and_(times.is_null(), values.is_valid())) if times.null_count > column.missing else []
        if is_text and len(others):  # as the models read them
            others = others.filter(_near(as_timestamps(others, "ISO8601")).is_null())
        if len(others):
            unread[column.name] = others
        latest = pc.max(times.cast(pa.int64())).as_py()
        if latest is not None and latest > tomorrow:
            late.append(column.name)
    if late:
        alerts.add(
            "future_timestamps",
            "medium",
            f"Dates in the future, by mistake or as something was planned: {listed(late)}.",
            late,
        )
    if unread:
        alerts.add(
            "partly_read_dates",
            "medium",
            "Values of another form than the other dates, days that no calendar has, and ends of time such as 9999-12-31 were taken "
            "for missing: "
            f"{listed(list(unread), describe=lambda name: _with_example(name, unread[name]))}.",
            list(unread),
        )


def _near(times: pa.ChunkedArray) -> pa.ChunkedArray:
    """Without what lies before 1678 or after 2261, and means no time."""
    year = pc.year(times)
    known = pc.and_(pc.greater_equal(year, 1678), pc.less_equal(year, 2261))
    return pc.if_else(known, times, pa.scalar(None, times.type))


def _with_example(name: str, values: pa.ChunkedArray) -> str:
    return f"{name!r} ({len(values)}, such as {examples(values, whole=True)[0]!r})"


def _tell_correlated(columns: list[Column], development: np.ndarray, alerts: Alerts) -> None:
    columns = columns[:MOST_COLUMNS]
    if len(columns) < 2:
        return
    rows = pa.array(development[:: max(1, len(development) // MOST_ROWS)])
    values = np.stack([one.values.take(rows).to_numpy() for one in columns])
    there = ~np.isnan(values)
    means = np.where(there, values, 0).sum(1) / np.maximum(there.sum(1), 1)
    centred = np.where(there, values - means[:, None], 0)
    norms = np.sqrt((centred**2).sum(1))
    usable = norms > 0
    unit = centred / np.where(usable, norms, 1)[:, None]
    correlation = np.abs(unit @ unit.T)
    pairs = [(correlation[i, j], i, j) for i, j in np.argwhere(np.triu(correlation > CORRELATED, 1))]
    if not pairs:
        return
    pairs.sort(reverse=True)
    told = [f"{columns[i].name!r} and {columns[j].name!r} ({value:.3f})" for value, i, j in pairs[:5]]
    more = f" and {len(pairs) - 5} more pairs" if len(pairs) > 5 else ""
    names = list(dict.fromkeys(columns[one].name for _, i, j in pairs for one in (i, j)))
    alerts.add("high_correlation_cols", "low", f"These say nearly the same, by Pearson's correlation: {', '.join(told)}{more}.", names)


def tell_duplicates(hashes: np.ndarray, features: list[Column], split: Split, alerts: Alerts) -> None:
    """`hashes`: equal for rows that are equal in every column."""
    copies = len(hashes) - len(np.unique(hashes))
    if copies > 0.01 * len(hashes):
        kept = (
            ""
            if split.kind in ("time", "manual")
            else " Those with the same values stay on one side of each split, unless more than a hundredth of the rows, and "
            "more than ten, share them."
        )
        alerts.add("duplicate_rows", "low", f"{copies} of {len(hashes)} rows are copies of another row.{kept}")
    rows = row_hashes(features, len(hashes))
    test = split.part == TEST
    known = int(np.isin(rows[test], rows[~test]).sum())
    if known > 0.01 * test.sum():
        alerts.add(
            "duplicates_across_splits",
            "medium" if known > 0.05 * test.sum() else "low",
            f"{known} of {int(test.sum())} test rows have the same values as a development row: test scores may be too good.",
        )


def tell_groups(columns: list[Column], part: np.ndarray, alerts: Alerts) -> None:
    """Columns that name whom a row is about, several rows each, on both sides of the split."""
    test, development = pa.array(np.flatnonzero(part == TEST)), pa.array(np.flatnonzero(part != TEST))
    shared = []
    for column in columns:
        rows = len(column.values) - column.missing
        if not (column.used and ID_NAME.search(column.name) and rows / 100 < column.unique <= rows / 2):
            continue
        known = pc.is_in(column.values.take(test), pc.unique(column.values.take(development)))
        if (pc.mean(known.cast(pa.float64())).as_py() or 0) > 0.2:
            shared.append(column.name)
    if shared:
        alerts.add(
            "groups_across_splits",
            "medium",
            f"Rows of the same {listed(shared)} are both trained with and tested with. If predictions are for new ones, give "
            "a split column that keeps them apart.",
            shared,
        )


def tell_unsupported(names: list[str], alerts: Alerts) -> None:
    if names:
        alerts.add(
            "unsupported_types",
            "medium",
            "Objects, bytes and lists are not used, but for lists of numbers that all have the same length: "
            f"{listed(names)}.",
            names,
        )
