"""Whether the day or the month comes first in dates such as 01/02/2024, where both readings fit each of them."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .alerts import Alerts, listed
from .columns import Column, first_values
from .dates_in_text import as_timestamps, readings, some_values

LOOK = r"^\d{1,2}[/-]\d{1,2}[/-]\d{4}"
# Of fewer times neither order nor steps say anything.
LEAST_TIMES = 5


def settle(columns: list[Column]) -> None:
    """
    Sets the format of such columns, those that have one being settled: by the order of their rows, by even steps, or as the
    other columns are written. Where nothing tells, the reading is the usual one, and the column `ambiguous`.
    """
    open_ = []
    day_first = set()
    for column in columns:
        if not (column.is_text and _looks(column.values)):
            continue
        forms = [column.format] if column.format else readings(column.values)
        if len(forms) == 2:
            column.format = _likelier(column.values, forms)
        if column.format or len(forms) == 1:
            day_first.add((column.format or forms[0]).startswith("%d"))
        elif forms:
            open_.append((column, forms))
    for column, forms in open_:
        same = [form for form in forms if form.startswith("%d") in day_first] if len(day_first) == 1 else []
        column.format, column.ambiguous = (same or forms)[0], not same


def tell_ambiguous(columns: list[Column], alerts: Alerts) -> None:
    # An imputer given for a column makes it no date.
    told = {one.name: one.format for one in columns if one.ambiguous and one.format}
    if told:
        alerts.add(
            "ambiguous_dates",
            "medium",
            "These dates can be read with the day or with the month first: "
            f"{listed(list(told), describe=lambda name: f'{name!r}, read as {_in_words(told[name])}')}. "
            "Write ISO dates (2024-03-01) to be sure.",
            list(told),
        )


def _looks(values: pa.ChunkedArray) -> bool:
    return bool(pc.any(pc.match_substring_regex(first_values(values), LOOK)).as_py())


def _likelier(values: pa.ChunkedArray, forms: list[str]) -> str | None:
    some = some_values(values)
    times = [as_timestamps(some, form).drop_null().cast(pa.int64()).to_numpy() for form in forms]
    if min(len(np.unique(one)) for one in times) < LEAST_TIMES:
        return None
    ordered = [_in_order(one) for one in times]
    if max(ordered) > 0.98 and min(ordered) < 0.9:
        return forms[int(np.argmax(ordered))]
    uneven = [float(np.log(np.diff(np.unique(one))).std()) for one in times]
    if min(uneven) < 0.5 and max(uneven) - min(uneven) > 0.5:
        return forms[int(np.argmin(uneven))]
    return None


def _in_order(times: np.ndarray) -> float:
    """The share of the steps that go the same way."""
    later = (np.diff(times) > 0).mean()
    return float(max(later, 1 - later))


def _in_words(form: str) -> str:
    words = {"%d": "day", "%m": "month", "%Y": "year", "%y": "year", "%b": "month"}
    return form[2].join(words.get(form[place : place + 2], "") for place in (0, 3, 6))
