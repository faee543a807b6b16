"""What a forecast is measured by: cutoffs within each series, and its end, which is kept for the test."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import pandas as pd

from .alerts import Alerts, listed
from .errors import DataError
from .time_steps import WORDS

# More of them reach further back, tell no more of the future, and cost as much more: docs/performance.md.
WINDOWS = 5
FITS_PER_SECOND = 2
FEW_SERIES = 20
LEAST_ROWS = 4


@dataclass
class Backtest:
    """What is measured where. `minimum`: steps before the first cutoff; `test`: steps kept for the end."""

    windows: int
    step: int
    minimum: int
    test: int
    horizon: int


def plan_backtest(
    lengths: pd.Series, horizon: int, seasons: list[int], config: dict[str, Any], alerts: Alerts
) -> Backtest:
    longest, middle = int(lengths.max()), int(lengths.median())
    if longest < horizon + LEAST_ROWS:
        raise DataError(
            f"The longest series has {longest} steps of {WORDS[config['frequency']]}; to forecast {horizon} of them it takes "
            f"at least {horizon + LEAST_ROWS}, better {4 * horizon}. Choose a shorter horizon or add older data."
        )
    step = max(1, horizon // 2)
    # Many small windows instead of few, when a forecast is short; fewer when many series are to be fitted in little time.
    most = max(WINDOWS, min(12, math.ceil(24 / horizon)))
    most = max(1, min(most, int(config["timeout_seconds"] * FITS_PER_SECOND / len(lengths))))
    length = middle if middle >= 3 * horizon + LEAST_ROWS else longest
    wishes = [max(3 * horizon, 2 * max(seasons)), max(3 * horizon, 2 * seasons[0]), 3 * horizon, 2 * horizon, horizon]
    for test in (horizon, 0):
        for minimum in [*wishes, LEAST_ROWS]:
            minimum = max(minimum, LEAST_ROWS)
            room = length - test - horizon - minimum
            # The test is worth less than a backtest of some windows.
            if room >= (step if test else 0):
                windows = min(most, room // step + 1)
                _tell(lengths, horizon, minimum, test, windows, alerts)
                return Backtest(windows, step, minimum, test, horizon)
    raise AssertionError("a series of the least length has a backtest")


def _tell(lengths: pd.Series, horizon: int, minimum: int, test: int, windows: int, alerts: Alerts) -> None:
    if not test:
        alerts.add("no_test", "medium", "The series are too short to keep a last part for a test: there is the backtest alone.")
    if len(lengths) > FEW_SERIES and windows < WINDOWS:
        alerts.add(
            "many_series",
            "low",
            f"There are {len(lengths)} series: methods that are fitted to each of them are tried as far as the time allows. "
            "A longer timeout brings more of them, and more cutoffs.",
        )
    if windows < 3:
        alerts.add("short_backtest", "medium", f"The backtest has {windows} of {WINDOWS} cutoffs: its numbers are uncertain.")
    short = [str(name) for name in lengths.index[lengths < minimum + horizon]]
    if short:
        alerts.add(
            "short_series",
            "medium",
            f"{len(short)} of {len(lengths)} series are too short for the backtest and are forecast without having been "
            f"measured: {listed(short)}.",
        )


def split_series(history: pd.DataFrame, plan: Backtest) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The last horizon of each series is the test, where enough is left to learn from."""
    sizes = history.groupby("series")["ds"].transform("size")
    from_end = history.groupby("series").cumcount(ascending=False)
    held = (from_end < plan.test) & (sizes >= plan.test + plan.minimum)
    return history[~held].reset_index(drop=True), history[held].reset_index(drop=True)


def check_measured(development: pd.DataFrame, plan: Backtest, frequency: str) -> None:
    """Something must be known of what the backtest forecasts."""
    rows = development.groupby("series")
    from_end, sizes = rows.cumcount(ascending=False), rows["ds"].transform("size")
    held_out = (from_end < plan.horizon + (plan.windows - 1) * plan.step) & (sizes >= plan.minimum + plan.horizon)
    if development["y"][held_out].notna().any():
        return
    observed = development[development["y"].notna()].assign(place=rows.cumcount())
    apart = observed.groupby("series")["place"].diff().median()
    if not apart > 1:
        raise DataError(
            f"The last steps of {WORDS[frequency]} before the test, by which methods would be compared, have no value. Leave out "
            "what follows the last values, or choose a longer horizon."
        )
    apart = int(apart)
    raise DataError(
        f"The last steps of {WORDS[frequency]}, by which methods would be compared, have no value: the rows lie about {apart} of "
        f"these steps apart. Choose a horizon of {max(apart, plan.horizon + 1)} or more, or a frequency with longer steps."
    )
