"""Seasons that show in series."""

from __future__ import annotations

import numpy as np

# Steps that a season may have, by frequency.
USUAL = {"s": [60, 3600], "min": [60, 1440], "h": [24, 168], "D": [7, 365], "B": [5, 260], "W": [52], "M": [12], "Q": [4]}
LONGEST = 400
SERIES = 20


def find_seasons(values: list[np.ndarray], frequency: str) -> list[int]:
    """Steps in each season that shows, the most pronounced first; [1] when none does. `values`: by series, no gaps."""
    values = sorted(values, key=len, reverse=True)[:SERIES]
    usual = USUAL.get(frequency if frequency in USUAL else frequency[0], [])
    candidates = sorted({*usual, *_echoes(values)})
    found: dict[int, float] = {}
    for season in candidates:
        strength = _strength(values, season)
        within = [found[one] for one in found if season % one == 0]
        # A multiple of a season shows at least as well as that one: it must explain much of what that one leaves.
        if strength > (1 - 0.75 * (1 - max(within)) if within else 0.3):
            found[season] = strength
    return sorted(found, key=lambda one: -found[one])[:3] or [1]


def _echoes(values: list[np.ndarray]) -> list[int]:
    """The lag at which the changes of the longest series are most like themselves."""
    changes = np.diff(values[0][-5000:]) if values else np.array([])
    most = min(len(changes) // 3, LONGEST)
    if most < 3 or np.std(changes) == 0:
        return []
    changes = changes - changes.mean()
    echo = np.array([np.dot(changes[lag:], changes[:-lag]) for lag in range(1, most + 2)]) / np.dot(changes, changes)
    peaks = [lag for lag in range(2, most + 1) if echo[lag - 1] > max(echo[lag - 2], echo[lag], 0.3)]
    return [max(peaks, key=lambda lag: echo[lag - 1])] if peaks else []


def _strength(values: list[np.ndarray], season: int) -> float:
    """How much of what is no trend the season explains, 0 to 1, corrected for the number of cycles; middle of the series."""
    strengths = []
    for value in values:
        value = value[-5000:]
        value = np.log(value) if value.min() > 0 else value  # seasons grow with what they are a part of
        cycles = len(value) / season
        if cycles < 2:
            continue
        trend = np.convolve(np.pad(value, season // 2, mode="edge"), np.ones(season) / season, mode="valid")[: len(value)]
        # At the ends the trend is not known.
        inner = slice(season // 2, len(value) - season // 2) if cycles >= 3 else slice(None)
        rest = (value - trend)[inner]
        if len(rest) < season or np.std(rest) < 1e-9 * (1 + np.abs(value).mean()):
            continue
        place = np.arange(len(rest)) % season
        means = np.bincount(place, rest, season) / np.bincount(place, minlength=season)
        left = np.var(rest - means[place]) / np.var(rest)
        rounds = len(rest) / season
        strengths.append(1 - left * rounds / max(rounds - 1, 0.5))
    return float(np.median(strengths)) if strengths else 0.0
