"""What a person should know of the data before trusting a model."""

from collections.abc import Callable, Sequence
from typing import Literal, TypedDict

Severity = Literal["low", "medium", "high"]


class Alert(TypedDict):
    name: str
    severity: Severity
    message: str
    columns: list[str]


class Alerts:
    """Alerts in the order in which they were found, one of each name."""

    def __init__(self) -> None:
        self.items: list[Alert] = []

    def add(self, name: str, severity: Severity, message: str, columns: Sequence[str] = ()) -> None:
        self.items.append({"name": name, "severity": severity, "message": message, "columns": list(columns)})

    def most_severe_first(self) -> list[Alert]:
        return sorted(self.items, key=lambda one: ("high", "medium", "low").index(one["severity"]))


def listed(names: Sequence[str], most: int = 5, describe: Callable[[str], str] = repr) -> str:
    """Names for a sentence, not more of them than are read."""
    shown = ", ".join(map(describe, names[:most]))
    return shown if len(names) <= most else f"{shown} and {len(names) - most} more"
