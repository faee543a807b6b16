"""Times of a series: read from a column, and set on the steps of a frequency."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import pyarrow as pa

from .dates_in_text import as_timestamps, date_format, readings
from .errors import DataError
from .two_digit_years import is_two_digit, read_two_digit, two_digit_forms

DAYS = ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"]
MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
FIXED = ["s", "min", "h", "D"]
# About how long a step is, in seconds.
LENGTHS = {
    "s": 1, "min": 60, "h": 3600, "D": 86_400, "B": 86_400, "W": 604_800,
    "MS": 2_629_746, "ME": 2_629_746, "QS": 7_889_238, "QE": 7_889_238, "YS": 31_556_952, "YE": 31_556_952,
}  # fmt: skip
WORDS = {
    "s": "seconds", "min": "minutes", "h": "hours", "D": "days", "B": "business days", "W": "weeks",
    "MS": "months", "ME": "months", "QS": "quarters", "QE": "quarters", "YS": "years", "YE": "years",
}  # fmt: skip
# Whether steps are named by their first or last days is seen by the times.
BY_FIRST_DAY = {"M": "MS", "Q": "QS", "Y": "YS"}
# No formats of pandas either, as `MONTH_NAMES` is none: quarters such as 1995Q1, decimal years, and what has been counted since 1970.
QUARTERS = "quarters"
# 1949.083333 is February: a year and twelfths of it, with two decimals or more.
DECIMAL_YEARS = "decimal years"
TWELFTHS_NEAR = 0.06
QUARTER = r"\d{4}[- ]?Q[1-4]"
UNITS_SINCE_1970 = ["us", "ms", "s"]
# 1996M01 and 1996-M01, as statistical offices have them.
MONTH_NUMBERS = "month numbers"
MONTH_NUMBER = r"(\d{4})[- ]?M(\d{1,2})"
# Of what is read row by row: the names of a month, a day, a zone or a half of a day. Others would be guessed at.
GUESSABLE = (
    r"(?i)(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*"
    r"|st|nd|rd|th|am|pm|[tz]|utc|gmt|of|[^a-z])*"
)
SHORT_FORMATS = ["%Y-%m", "%Y/%m", "%m/%Y", "%Y%m", "%b %Y", "%B %Y", "%b-%Y", "%Y"]


def read_times(column: pd.Series, frequency: str, form: str | None = None) -> pd.Series:
    """
    Times without a zone: UTC, or of days and longer steps as they are written; what is no time is missing. `form`: of texts,
    where it is known.
    """
    if pd.api.types.is_datetime64_any_dtype(column):
        if getattr(column.dtype, "tz", None) is None:
            return column.astype("datetime64[us]")
        shown = column.dt.tz_convert("UTC") if frequency in ("s", "min", "h") else column
        return shown.dt.tz_localize(None).astype("datetime64[us]")
    if pd.api.types.is_bool_dtype(column):
        return pd.Series(pd.NaT, index=column.index, dtype="datetime64[us]")
    if pd.api.types.is_numeric_dtype(column):
        return _times_of_numbers(column)
    texts = _texts(column, frequency)
    form = form or _form_of_texts(texts)
    if form == QUARTERS:
        quarters = texts.where(texts.str.fullmatch(QUARTER).fillna(False)).str.replace(r"[- ]", "", regex=True)
        times = pd.Series(pd.PeriodIndex(quarters, freq="Q").to_timestamp(), index=column.index)
    elif form == MONTH_NUMBERS:
        months = texts.where(texts.str.fullmatch(MONTH_NUMBER).fillna(False)).str.replace(MONTH_NUMBER, r"\1-\2", regex=True)
        times = pd.to_datetime(months, format="%Y-%m", errors="coerce")
    elif form in SHORT_FORMATS:
        times = pd.to_datetime(texts, format=form, errors="coerce")
    elif is_two_digit(form):
        times = read_two_digit(texts, form)
    elif form == "mixed":
        guessable = texts.str.contains(r"\d{4}").fillna(False) & texts.str.fullmatch(GUESSABLE).fillna(False)
        # With dots the day is first, whatever is guessed.
        texts = texts.where(guessable).str.replace(r"^(\d{1,2})\.(\d{1,2})\.(\d{4})", r"\3-\2-\1", regex=True)
        times = pd.to_datetime(texts, format="mixed", errors="coerce", utc=True).dt.tz_localize(None)
    else:
        times = pd.Series(as_timestamps(_arrow(texts), form).to_pandas(), index=column.index)
    return times.astype("datetime64[us]")


def form_of_times(column: pd.Series, frequency: str) -> str | None:
    """
    How `read_times` reads texts and numbers: a format of pandas, `MONTH_NAMES`, `QUARTERS`, `MONTH_NUMBERS`, `DECIMAL_YEARS`, a unit or a form of
    two-digit years; None: as what they are, or not at all.
    """
    if pd.api.types.is_datetime64_any_dtype(column) or pd.api.types.is_bool_dtype(column):
        return None
    return _form_of_numbers(column) if pd.api.types.is_numeric_dtype(column) else _form_of_texts(_texts(column, frequency))


def _texts(column: pd.Series, frequency: str) -> pd.Series:
    texts = column.astype("string").str.strip()
    if frequency in ("s", "min", "h"):
        return texts
    # A day begins where it was written, and not in Greenwich.
    return texts.str.replace(r"(:\d{2}(?:\.\d+)?)(?:Z|[-+]\d{2}(?::?\d{2})?)$", r"\1", regex=True)


def _arrow(texts: pd.Series) -> pa.Array:
    return pa.array(texts.astype(object).where(texts.notna(), None), pa.string())


def _form_of_texts(texts: pd.Series) -> str:
    if form := date_format(pa.chunked_array([_arrow(texts)])):
        return form
    if forms := two_digit_forms(texts):
        return forms[0]
    for form, look in ((QUARTERS, QUARTER), (MONTH_NUMBERS, MONTH_NUMBER)):
        if len(texts) and texts.str.fullmatch(look).fillna(False).mean() > 0.95:
            return form
    for form in SHORT_FORMATS:
        if pd.to_datetime(texts, format=form, errors="coerce").notna().sum() >= 0.95 * texts.notna().sum() > 0:
            return form
    return "mixed"


def has_offsets(column: pd.Series) -> bool:
    """Whether times are of other zones than UTC."""
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        return str(column.dtype.tz) not in ("UTC", "+00:00", "Etc/UTC")
    if pd.api.types.is_numeric_dtype(column) or pd.api.types.is_datetime64_any_dtype(column):
        return False
    return bool(column.astype("string").str.contains(r":\d{2}(?:\.\d+)?[-+](?!00(?::?00)?\s*$)\d{2}(?::?\d{2})?\s*$").any())


def forms_of(texts: pa.ChunkedArray) -> list[str]:
    """The readings of texts such as 01/02/2024 or 01/02/24, the usual one first."""
    return readings(texts) or two_digit_forms(_stripped(texts))


def _stripped(texts: pa.ChunkedArray) -> pd.Series:
    return texts.to_pandas().astype("string").str.strip()


def form_by_steps(texts: pa.ChunkedArray, forms: list[str], frequency: str) -> str | None:
    """Which of them makes steps of the frequency, each with its time; None when that does not tell."""
    if len(forms) < 2:
        return None
    filled = []
    for form in forms:
        if is_two_digit(form):
            times = read_two_digit(_stripped(texts), form).dropna().drop_duplicates()
        else:
            times = pd.Series(as_timestamps(texts, form).to_pandas()).dropna().drop_duplicates()
        steps = (times.max() - times.min()).total_seconds() / LENGTHS[frequency] + 1
        filled.append(on_steps(times, frequency).times.nunique() / max(len(times), steps))
    second, best = sorted(filled)[-2:]
    return forms[filled.index(best)] if best > max(0.5, 2 * second) else None


def _times_of_numbers(column: pd.Series) -> pd.Series:
    form = _form_of_numbers(column)
    if form is None:
        return pd.Series(pd.NaT, index=column.index, dtype="datetime64[us]")
    if form in UNITS_SINCE_1970:
        return pd.to_datetime(column, unit=form, errors="coerce").astype("datetime64[us]")
    if form == DECIMAL_YEARS:
        twelfths = (column * 12).round()
        column, form = twelfths // 12 * 100 + twelfths % 12 + 1, "%Y%m"
    texts = column.map(lambda value: f"{value:.0f}", na_action="ignore")
    return pd.to_datetime(texts, format=form, errors="coerce").astype("datetime64[us]")


def _form_of_numbers(column: pd.Series) -> str | None:
    """Years (1995, or 1995.25 and so on), months (199503), days (19950301), or seconds, milli- or microseconds since 1970."""
    middle = column.dropna().median() if column.notna().any() else 0
    for low, high, form in [(1500, 2500, "%Y"), (150_000, 250_000, "%Y%m"), (15_000_000, 25_000_000, "%Y%m%d")]:
        if low <= middle < high:
            return DECIMAL_YEARS if form == "%Y" and _are_decimal_years(column.dropna()) else form
    return next((unit for least, unit in zip([1e14, 1e11, 1e8], UNITS_SINCE_1970) if middle >= least), None)


def _are_decimal_years(numbers: pd.Series) -> bool:
    """Whether some are within a year, and nearly all at the first of a month."""
    twelfths = numbers * 12
    near = (twelfths - twelfths.round()).abs() < TWELFTHS_NEAR
    return bool((numbers % 1 != 0).any() and near.mean() > 0.95)


@dataclass
class Steps:
    """`frequency`: with its anchor, as pandas names it; `times`: each set on its step."""

    frequency: str
    times: pd.Series


def on_steps(times: pd.Series, frequency: str) -> Steps:
    """Sets each time on the step in which it lies."""
    day, month = times.dt.day, times.dt.month
    if frequency in FIXED:
        offset = _usual(times - times.dt.floor(frequency), pd.Timedelta(0))
        return Steps(frequency, (times - offset).dt.floor(frequency) + offset)
    if frequency == "W":
        weekday = _usual(times.dt.dayofweek, 6)
        behind = pd.to_timedelta((times.dt.dayofweek - weekday) % 7, unit="D")
        return Steps(f"W-{DAYS[weekday]}", times.dt.normalize() - behind)
    if frequency == "B":
        weekend = pd.to_timedelta((times.dt.dayofweek - 4).clip(lower=0), unit="D")
        return Steps("B", times.dt.normalize() - weekend)
    # Months, quarters and years are named by their first or last day; only those that lie so already have an anchor.
    first = frequency.endswith("S")
    anchored = bool((day == 1).mean() > 0.9) if first else _at_ends(times)
    kind = frequency[0]
    if kind == "M":
        return Steps(frequency, _period(times, "M", first))
    if kind == "Q":
        place = _usual((month - 1) % 3, 0 if first else 2) if anchored else (0 if first else 2)
        last = (place + 11) % 12 if first else place + 9  # month in which a year of such quarters ends
        name = f"QS-{MONTHS[place]}" if first else f"QE-{MONTHS[last]}"
        return Steps(name, _period(times, f"Q-{MONTHS[last]}", first))
    place = _usual(month - 1, 0 if first else 11) if anchored else (0 if first else 11)
    last = (place + 11) % 12 if first else place
    return Steps(f"{frequency}-{MONTHS[place]}", _period(times, f"Y-{MONTHS[last]}", first))


def _period(times: pd.Series, name: str, first: bool) -> pd.Series:
    periods = times.dt.to_period(name)
    return periods.dt.to_timestamp(how="start" if first else "end").dt.normalize().astype("datetime64[us]")


def _usual(values: pd.Series, otherwise):
    """The value of most rows, when there is one."""
    counts = values.value_counts()
    return counts.index[0] if len(counts) and counts.iloc[0] > 0.6 * len(values) else otherwise


def fitting_frequency(times: pd.Series, series: pd.Series) -> str | None:
    """The frequency whose steps are as long as the distance from one time to the next usually is."""
    ordered = pd.DataFrame({"series": series, "time": times}).drop_duplicates().sort_values(["series", "time"])
    gap = ordered.groupby("series")["time"].diff().dt.total_seconds().median()
    if not gap > 0:
        return None
    name = min(LENGTHS, key=lambda one: abs(pd.Series([gap / LENGTHS[one]]).apply("log").abs().iloc[0]))
    if name == "D" and (times.dt.dayofweek < 5).all() and times.nunique() > 10:
        return "B"
    if name[0] in "MQY" and _at_ends(times):
        return f"{name[0]}E"
    return name


def frequency_of(times: pd.Series, asked: str) -> str:
    """As pandas names it: months, quarters and years by the days that nearly all of the times are."""
    return f"{asked}E" if asked in BY_FIRST_DAY and _at_ends(times) else BY_FIRST_DAY.get(asked, asked)


def _at_ends(times: pd.Series) -> bool:
    return bool(times.dt.is_month_end.mean() > 0.9)


def check_frequency(times: pd.Series, steps: Steps, series: pd.Series, frequency: str) -> str | None:
    """The frequency that fits better, when one does; DataError when the asked one leaves most steps empty."""
    fits = fitting_frequency(times, series)
    if fits is None or fits == frequency or LENGTHS[fits] == LENGTHS[frequency] != LENGTHS["D"]:
        return None
    if LENGTHS[fits] >= 3 * LENGTHS[frequency]:
        raise DataError(
            f"The rows lie about a step of {WORDS[fits]} apart, not of {WORDS[frequency]}: the frequency {frequency!r} "
            f"would leave most steps empty. Choose the frequency {fits!r}."
        )
    return fits
