"""Times whose years have two digits, such as 30.04.14 and Jan-49: which century is meant is seen by all of them."""

from __future__ import annotations

import datetime
import re

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
    (r"\d{1,2}/\d{2}", ["%m/%y"]),
]
NEARLY_ALL = 0.95
# Years that times may lie ahead of today, and that a model may be asked for after the last of its data.
AHEAD = 10
AFTERWARDS = 20
# Such as `%d.%m.%y from 1949`: of the years that end with these digits the first that is not before.
FORM = re.compile(r"(.*%y.*) from (\d{4})")


def two_digit_forms(texts: pd.Series) -> list[str]:
    """The forms that fit nearly all equally well, the usual one first; none where they have no such years."""
    some = texts.dropna()
    for look, formats in LOOKS:
        if len(some) == 0 or some.str.fullmatch(look).mean() < NEARLY_ALL:
            continue
        read = {form + clock: _read(some, form + clock) for form in formats for clock in CLOCKS}
        shares = {form: times.notna().mean() for form, times in read.items()}
        best = max(shares.values())
        if best >= NEARLY_ALL:
            return [f"{form} from {_first_year(read[form])}" for form, share in shares.items() if share == best]
    return []


def read_two_digit(texts: pd.Series, form: str) -> pd.Series:
    """What has another form is missing."""
    written, first = FORM.fullmatch(form).groups()
    first = int(first)
    in_century = lambda time: time.replace(year=first + (time.year - first) % 100)
    return pd.to_datetime(_read(texts, written).map(in_century, na_action="ignore"))


def is_two_digit(form: str) -> bool:
    return FORM.fullmatch(form) is not None


def _read(texts: pd.Series, form: str) -> pd.Series:
    return pd.to_datetime(texts, format=form, errors="coerce")


def _first_year(times: pd.Series) -> int:
    """
    Of the hundred years in which all lie: without the longest gap that their digits leave, and as late as the last is not far
    ahead of today.
    """
    digits = sorted({time.year % 100 for time in times.dropna()})
    gaps = [(later - earlier) % 100 or 100 for earlier, later in zip([digits[-1], *digits], digits)]
    begin = digits[gaps.index(max(gaps))]
    years = 100 - max(gaps)
    latest = datetime.date.today().year + AHEAD
    last = latest - (latest - begin - years) % 100
    return min(last - years, last + AFTERWARDS - 99)
