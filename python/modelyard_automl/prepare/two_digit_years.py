"""Times whose years have two digits, such as 30.04.14 and Jan-49: which century is meant is seen by all of them."""

from __future__ import annotations

import datetime
import re

import numpy as np
import pandas as pd

CLOCK = r"([T ]\d{1,2}:\d{2}(:\d{2})?)?"
CLOCKS = ["", " %H:%M", " %H:%M:%S", "T%H:%M", "T%H:%M:%S"]
NAME = r"[A-Za-z]{3,9}"
# By the look of a value: the formats that it may have, the usual one first.
LOOKS: list[tuple[str, list[str]]] = [
    (rf"\d{{1,2}}\.\d{{1,2}}\.\d{{2}}{CLOCK}", ["%d.%m.%y", "%y.%m.%d"]),
    (rf"\d{{1,2}}/\d{{1,2}}/\d{{2}}{CLOCK}", ["%m/%d/%y", "%d/%m/%y", "%y/%m/%d"]),
    (rf"\d{{1,2}}-\d{{1,2}}-\d{{2}}{CLOCK}", ["%d-%m-%y", "%m-%d-%y", "%y-%m-%d"]),
    (rf"\d{{1,2}}-{NAME}-\d{{2}}{CLOCK}", ["%d-%b-%y", "%d-%B-%y"]),
    (rf"\d{{1,2}} {NAME} \d{{2}}{CLOCK}", ["%d %b %y", "%d %B %y"]),
    (rf"{NAME}-\d{{2}}", ["%b-%y", "%B-%y"]),
    (rf"{NAME} \d{{2}}", ["%b %y", "%B %y"]),
]
NEARLY_ALL = 0.95
MOST_VALUES = 20_000
# Years that times may lie ahead of today, and that a model may be asked for after the last of its data.
AHEAD = 10
AFTERWARDS = 20
# Such as `%d.%m.%y from 1949`: of the years that end with these digits the first that is not before.
FORM = re.compile(r"(.*%y.*) from (\d{4})")


def two_digit_forms(texts: pd.Series) -> list[str]:
    """The forms that fit nearly all equally well, the usual one first; none where they have no such years."""
    some = texts.dropna().drop_duplicates()
    some = some.iloc[np.linspace(0, len(some) - 1, MOST_VALUES).astype(int)] if len(some) > MOST_VALUES else some
    for look, formats in LOOKS:
        if len(some) == 0 or some.str.fullmatch(look).mean() < NEARLY_ALL:
            continue
        read = {form + clock: _read(some, form + clock) for form in formats for clock in CLOCKS}
        # Where names are as short as they are long, as in May, one of the two is enough.
        shares = {form: times.notna().mean() for form, times in read.items()}
        shares = {form: share for form, share in shares.items() if shares.get(form.replace("%B", "%b"), -1) < share or "%B" not in form}
        best = max(shares.values())
        if best >= NEARLY_ALL:
            return [f"{form} from {_first_year(read[form])}" for form, share in shares.items() if share == best]
    return []


def read_two_digit(texts: pd.Series, form: str) -> pd.Series:
    """What has another form is missing."""
    written, first = FORM.fullmatch(form).groups()
    first = int(first)
    times = _read(texts, written)
    later = first + (times.dt.year - first) % 100 - times.dt.year
    known = {years: times[later == years] + pd.DateOffset(years=int(years)) for years in later.dropna().unique()}
    return pd.concat([times[times.isna()], *known.values()]).reindex(texts.index) if known else times


def is_two_digit(form: str) -> bool:
    return FORM.fullmatch(form) is not None


def _read(texts: pd.Series, form: str) -> pd.Series:
    return pd.to_datetime(texts, format=form, errors="coerce")


def _first_year(times: pd.Series) -> int:
    """
    Of the hundred years in which all lie: without the longest gap that their digits leave, and as late as the last is not far
    ahead of today.
    """
    digits = sorted({int(year) % 100 for year in times.dropna().dt.year.unique()})
    gaps = [(later - earlier) % 100 or 100 for earlier, later in zip([digits[-1], *digits], digits)]
    begin = digits[gaps.index(max(gaps))]
    years = 100 - max(gaps)
    latest = datetime.date.today().year + AHEAD
    if max(gaps) == 1:
        return latest - 99  # all digits are there: nothing tells
    last = latest - (latest - begin - years) % 100
    return min(last - years, last + AFTERWARDS - 99)
