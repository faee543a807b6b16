"""Dates with the name of a month: January 1st, 2022, 3. Juli 2022, 1 janvier 2022, 3 de julio de 2022."""

from __future__ import annotations

import re

# How the names of the months begin: English, German, French, Spanish, Italian.
MONTHS = [
    "jan|jän|ene|gen", "feb|fév|fev", "mar|mär|mae|mrz", "apr|avr|abr", "may|mai|mag", "jun|juin|giu",
    "jul|juil|lug", "aug|aoû|aou|ago", "sep|set", "oct|okt|ott", "nov", "dec|déc|dez|dic",
]  # fmt: skip
# As RE2 and Python read it: the day before the month or after it, the year, and a clock.
_NAME = "([a-zA-ZäéûÄÉÛ]{3,})[.]?"
_DAY = "([0-9]{1,2})(?:st|nd|rd|th|er|[.º°])?"
_OF = "(?:,? |-)(?:of |de |del )?"
DATE = f"(?:{_DAY}{_OF}{_NAME}|{_NAME}{_OF}{_DAY}){_OF}([0-9]{{4}})(?:,?[ T]([0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}})?))?"


def iso_date(text: str) -> str | None:
    """As 2022-07-03, with its clock; None when it is no such date."""
    found = re.fullmatch(DATE, " ".join(text.split()))
    if not found:
        return None
    day, name, other, later, year, clock = found.groups()
    name = (name or other).lower()
    month = next((place for place, begin in enumerate(MONTHS, 1) if re.match(begin, name)), None)
    if month is None:
        return None
    return f"{year}-{month:02}-{int(day or later):02}" + (f"T{clock.zfill(8 if clock.count(':') == 2 else 5)}" if clock else "")
