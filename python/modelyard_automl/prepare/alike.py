"""Words that people write in more than one way: "Yes", "yes" and "Yes "."""

from __future__ import annotations

from collections import defaultdict
from typing import Literal

import pyarrow.compute as pc

from .alerts import Alerts, Severity, listed
from .columns import Column

# More different values are no categories that somebody reads through.
MOST_WORDS = 1000
SEVERITY: dict[str, Severity] = {"classes": "high", "categories": "low"}


def tell_alike(columns: list[Column], what: Literal["classes", "categories"], alerts: Alerts) -> None:
    """Of columns of text: which values differ in case or spaces alone. They stay what they are."""
    found = {column.name: alike for column in columns if (alike := _alike(column))}
    if not found:
        return
    told = listed(list(found), describe=lambda name: f"{name!r} ({listed(found[name])})")
    alerts.add(
        f"similar_{what}",
        SEVERITY[what],
        f"These {what} differ in case or spaces alone, and count as different: {told}. Write what means the same in one way.",
        list(found),
    )


def _alike(column: Column) -> list[str]:
    words = pc.unique(column.values.drop_null()).to_pylist() if column.unique <= MOST_WORDS else []
    groups = defaultdict(list)
    for word in words:
        groups[" ".join(word.split()).casefold()].append(word)
    return sorted(word for group in groups.values() if len(group) > 1 for word in group)
