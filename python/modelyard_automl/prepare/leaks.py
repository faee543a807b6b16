"""Columns, and the order of the rows, that tell the target better than anything honest does."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from .alerts import Alerts, listed
from .columns import Column
from .target import Target

SUSPECT = 0.98
BINS = 64
MOST_ROWS = 20_000
MOST_CLASSES = 20


def tell_leaks(columns: list[Column], target: Target, rows: np.ndarray, places: np.ndarray, alerts: Alerts) -> None:
    """`rows`: those of development; `places`: of all rows in the source."""
    rows = rows[:: max(1, len(rows) // MOST_ROWS)]
    wanted = target.numbers[rows]
    halves = np.arange(len(rows)) % 2 == 0
    found = {}
    for column in columns:
        codes = codes_of(column, rows)
        score = association(codes, wanted, halves, target.is_class)
        if column.is_number:
            score = max(score, ordered(column.values.take(pa.array(rows)).to_numpy(), wanted, target.is_class))
        if score > SUSPECT:
            found[column.name] = (score, is_copy(codes, wanted, column, target))
    _tell(found, target, alerts)
    order = association(bins_of(places[rows].astype(float)), wanted, halves, target.is_class)
    if order > 0.9:
        alerts.add(
            "row_order",
            "medium",
            "The place of a row in the data tells its target. If rows stand in the order of time, name the time column; "
            "columns that count with the rows must not be used.",
        )


def _tell(found: dict[str, tuple[float, bool]], target: Target, alerts: Alerts) -> None:
    copies = [name for name, (_, copy) in found.items() if copy]
    others = [name for name in found if name not in copies]
    if copies:
        alerts.add(
            "target_copy",
            "high",
            f"The target {target.name!r} in other words: {listed(copies)}. Kept; what is not known when a prediction is made "
            f"should be left out with --exclude-cols {','.join(copies[:5])}.",
            copies,
        )
    if others:
        measure = "a ROC AUC" if target.is_class else "a correlation"
        best = max(found[name][0] for name in others)
        alerts.add(
            "leak_suspects",
            "high",
            f"Predicts the target alone with {measure} of {best:.3f}, which is often a leak: {listed(others)}. Kept; what is "
            f"not known when a prediction is made should be left out with --exclude-cols {','.join(others[:5])}.",
            others,
        )


def codes_of(column: Column, rows: np.ndarray) -> np.ndarray:
    """Small whole numbers for the values; those of many different numbers in ranges, missing values apart."""
    values = column.values.take(pa.array(rows))
    if column.is_number and column.unique > BINS:
        return bins_of(values.to_numpy())
    encoded = values.combine_chunks().dictionary_encode()
    encoded = encoded if isinstance(encoded, pa.DictionaryArray) else encoded.combine_chunks()
    return encoded.indices.fill_null(len(encoded.dictionary)).to_numpy(zero_copy_only=False)


def bins_of(values: np.ndarray) -> np.ndarray:
    there = ~np.isnan(values)
    edges = np.unique(np.quantile(values[there], np.linspace(0, 1, BINS + 1)[1:-1])) if there.any() else np.empty(0)
    return np.where(there, np.searchsorted(edges, values, side="right"), len(edges) + 1)


def association(codes: np.ndarray, wanted: np.ndarray, halves: np.ndarray, is_class: bool) -> float:
    """
    How well the mean target of a value, learnt on one half of the rows, tells the target of the other half: the ROC AUC
    (of several classes the mean of each against the others), or the absolute correlation.
    """
    scores = []
    for learn in (halves, ~halves):
        told = ~learn
        if not is_class:
            guess = _means(codes, wanted, learn)[codes[told]]
            scores.append(abs(_correlation(guess, wanted[told])))
            continue
        classes, counts = np.unique(wanted[told], return_counts=True)
        classes = classes[np.argsort(-counts)][:MOST_CLASSES]
        if len(classes) < 2:
            return 0.0
        each = [
            auc(_means(codes, (wanted == one).astype(float), learn)[codes[told]], wanted[told] == one)
            for one in (classes[:1] if len(classes) == 2 else classes)
        ]
        scores.append(float(np.mean(each)))
    return float(np.mean(scores))


def ordered(values: np.ndarray, wanted: np.ndarray, is_class: bool) -> float:
    """How well larger values go with a larger, or a smaller, target: the ROC AUC of two classes, or a correlation."""
    there = ~np.isnan(values)
    values, wanted = values[there], wanted[there]
    if len(values) < 20:
        return 0.0
    if is_class:
        classes = np.unique(wanted)
        if len(classes) != 2:
            return 0.0
        area = auc(values, wanted == classes[1])
        return max(area, 1 - area)
    ranks = abs(_correlation(_ranks(values), _ranks(wanted)))
    return max(ranks, abs(_correlation(values, wanted)))


def is_copy(codes: np.ndarray, wanted: np.ndarray, column: Column, target: Target) -> bool:
    """Whether each value goes with one target and each target with one value."""
    if not target.is_class:
        values = column.values.to_numpy() if column.is_number else None
        return values is not None and abs(_correlation(np.nan_to_num(values), target.numbers)) > 1 - 1e-9
    pairs = np.unique(np.stack([codes, wanted]), axis=1)
    return pairs.shape[1] == len(np.unique(codes)) == len(np.unique(wanted))


def _means(codes: np.ndarray, wanted: np.ndarray, learn: np.ndarray) -> np.ndarray:
    """The mean of `wanted` by code among the rows to learn from; the mean of all where there are none."""
    size = codes.max() + 1
    counts = np.bincount(codes[learn], minlength=size)
    sums = np.bincount(codes[learn], weights=wanted[learn], minlength=size)
    return np.where(counts > 0, sums / np.maximum(counts, 1), wanted[learn].mean())


def auc(scores: np.ndarray, positive: np.ndarray) -> float:
    positives, negatives = int(positive.sum()), int((~positive).sum())
    if positives == 0 or negatives == 0:
        return 0.5
    return float((_ranks(scores)[positive].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def _ranks(values: np.ndarray) -> np.ndarray:
    """From 1 on; equal values have the mean of their ranks."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return (last - (counts - 1) / 2)[inverse]


def _correlation(one: np.ndarray, other: np.ndarray) -> float:
    one, other = one - one.mean(), other - other.mean()
    norm = np.sqrt((one @ one) * (other @ other))
    return float(one @ other / norm) if norm > 0 else 0.0
