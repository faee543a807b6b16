"""A table made ready for training: judged, split, and written as Parquet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .alerts import Alerts
from .choose_split import split_of
from .column_alerts import tell_columns, tell_detections, tell_duplicates, tell_groups, tell_units, tell_unsupported
from .columns import Column, exact_labels, exact_names, judge, stored, take_measures, why_id
from .day_or_month import settle, tell_ambiguous
from .drift import tell_drift
from .errors import DataError
from .keys import row_hashes, row_keys, shared_keys, without_copies
from .leaks import tell_leaks
from .lists import why_unused, with_places
from .named_columns import check_imputers, check_names, not_features, single
from .reading import Reading
from .sampling import enough_rows, sampled, tell_sampled, tell_thinned
from .split import TEST, Split, number_strata
from .split_column import IGNORED, manual_split
from .target import Target, check_present, class_target, number_target
from .thinning import ROW, WEIGHT
from .weights import weights_of
from .wide import MOST_COLUMNS, best_columns, rows_that_choose
from .write_table import write_table

Config = dict[str, Any]

WORDS_FOR_NONE = " In CSV words such as None, NA and null are no value: give a class of such a name another one."


def prepare_table(
    reading: Reading, config: Config, folder: Path, memory: int, progress: Callable[[str], None]
) -> dict[str, Any]:
    """
    `memory`: bytes that all trials together may take.

    Writes `development.parquet` and `test.parquet` to the folder.

    Returns the TabularProfile. Raises DataError when nothing can be trained with the data.
    """
    alerts = reading.alerts
    special = not_features(config)
    source = with_places(reading.table, {*special, *config["imputers"], config.get("time_col")}, alerts)
    check_names(config, source.column_names)
    columns = {name: _stored(name, source[name], config) for name in source.column_names if name != ROW}
    unsupported = [name for name, one in columns.items() if one is None]
    every = [one for one in columns.values() if one is not None]
    for column in every:
        column.decimal_comma = reading.decimal_comma
    places = source[ROW].to_numpy()
    target_column = single(columns, config["target_col"])
    for option in ("time_col", "split_col", "sample_weight_col"):
        if config.get(option):
            single(columns, config[option])

    # Before rows are left out: of what numbers the rows there would be gaps, and it would seem to tell something.
    settle(every)
    hashes = row_hashes(every, len(places))
    once = without_copies(hashes)
    thinned = reading.rows / max(1, len(places))
    ids = {one.name: why for one in every if one.name not in special and (why := why_id(one, once, thinned))}

    rows = check_present(target_column)
    if dropped := len(places) - len(rows):
        alerts.add(
            "missing_target",
            "medium",
            f"{dropped} rows without a value of the target {target_column.name!r} were left out.{WORDS_FOR_NONE if reading.csv else ''}",
            [target_column.name],
        )
    split_column = columns.get(config.get("split_col") or "")
    manual = manual_split(split_column, rows, alerts) if split_column else None
    if manual is not None:
        rows, manual = rows[manual != IGNORED], manual[manual != IGNORED]
    every, places, hashes = _take(every, rows), places[rows], hashes[rows]
    by_name = {one.name: one for one in every}
    target = _target(by_name[target_column.name], config, alerts)

    progress("Splitting the rows")
    keys = row_keys(hashes, config["seed"])
    once = without_copies(hashes)
    same = row_hashes([one for one in every if one.name not in special and one.name not in ids], len(places))
    together = shared_keys(same, keys)
    split = split_of(target, together, manual, by_name, config, alerts)
    target_profile = target.profile()
    most = enough_rows(len(every), config, memory)
    strata = target.numbers if target.is_class else number_strata(target.numbers)
    sample = sampled(keys, strata, split.part, most, target.is_class)
    kept = sample.rows
    is_sampled = most < len(places) or reading.rows > source.num_rows
    if is_sampled:
        tell_sampled(sample, reading.rows, target.is_class, most < len(places), alerts)
    if sample.thinning:
        tell_thinned(target, sample.thinning, alerts)
    if len(kept) < len(places):
        every, places, target = _take(every, kept), places[kept], target.take(kept)
        hashes, together, split = hashes[kept], together[kept], split.take(kept)
        once = without_copies(hashes)
        by_name = {one.name: one for one in every}

    progress("Looking at the columns")
    detections: dict[str, list[str]] = {}
    for column in every:
        if column.name in special:
            column.not_used(special[column.name])
            column.unique = pc.count_distinct(column.values).as_py()
            continue
        if config["imputers"].get(column.name) in ("mean", "median"):
            take_measures(column)
        if found := judge(column, column.name in config["imputers"], once):
            if column.used and column.name not in ids:
                detections.setdefault(found, []).append(column.name)
        if column.used and column.name in ids:
            column.not_used(ids[column.name])
            column.is_id = True
    check_imputers(by_name, config)

    weights = weights_of(by_name.get(config.get("sample_weight_col") or ""), split.part, alerts)
    if sample.weights is not None:
        own = 1.0 if weights is None else weights.values.to_numpy()
        weights = Column(WEIGHT, "double", pa.chunked_array([pa.array(sample.weights * own)]), "numeric")
    features = [one for one in every if one.used]
    features = _narrowed(features, target, split, together, alerts)
    if not features:
        reasons = "; ".join(f"{one.name!r} {one.reason}" for one in every[:8] if not one.used and one.name != target.name)
        raise DataError(f"No column is left to predict {target.name!r} with: {reasons}. Give data with columns that vary.")

    progress("Looking for leaks")
    development = np.flatnonzero(split.part != TEST)
    tell_detections(detections, alerts)
    tell_ambiguous([one for one in every if one.used or one.name == config.get("time_col")], alerts)
    tell_units(every, alerts)
    _as_written(every, reading, alerts)
    tell_columns(every, features, development, alerts)
    tell_unsupported([one for one in unsupported if one not in special], alerts)
    tell_duplicates(hashes, features, split, alerts)
    tell_groups(every, split.part, alerts)
    # What tells rows apart is left out, and told above.
    tell_leaks([one for one in every if one.used], target, development, places, alerts)

    progress("Writing the data")
    if split.kind in ("time", "manual"):
        tell_drift(features, split.part, alerts)
    data_hash = write_table(features, target, weights, places, split, folder)
    profiles = [target.column_profile() if one.name == target.name else one.profile() for one in every]
    profiles += [_unsupported_profile(name, source[name], special.get(name)) for name in unsupported]
    order = {name: place for place, name in enumerate(source.column_names)}
    return {
        "kind": "tabular",
        "rows": reading.rows,
        **({"sampled_rows": len(places)} if is_sampled or sample.thinning else {}),
        "columns": sorted(profiles, key=lambda one: order[one["name"]]),
        "alerts": alerts.most_severe_first(),
        "data_hash": data_hash,
        "target": target_profile,
        "development_rows": len(development),
        "test_rows": int((split.part == TEST).sum()),
        "validation": {"kind": split.kind, "folds": split.folds},
        **({"weights": WEIGHT} if sample.weights is not None else {}),
    }


def _stored(name: str, values: pa.ChunkedArray, config: Config) -> Column | None:
    """As it is stored; whole numbers of which doubles make one, such as long numbers of customers, as text."""
    texts = None
    if name == config["target_col"]:
        texts = exact_labels(values) if config["problem_type"] == "classification" else None
    elif name not in (config.get("time_col"), config.get("sample_weight_col"), *config["imputers"]):
        texts = exact_names(values)
    return stored(name, values if texts is None else texts)


def _as_written(columns: list[Column], reading: Reading, alerts: Alerts) -> None:
    """Numbers that a model takes as texts too: those with thousands, and with decimal commas those with marks such as `?`."""
    marked = {name for one in alerts.items if one["name"] == "mixed_types" for name in one["columns"]}
    for column in columns:
        if column.semantic != "numeric" or not column.is_number or column.units is not None:
            continue
        if sign := reading.thousands.get(column.name):
            column.units, column.decimal_comma = [], sign == "."
        elif reading.decimal_comma and (column.type.startswith("int") or column.name in marked):
            column.units = []


def _take(columns: list[Column], rows: np.ndarray) -> list[Column]:
    if len(columns) and len(rows) == len(columns[0].values):
        return columns
    table = pa.table([one.values for one in columns], names=[str(place) for place in range(len(columns))])
    taken = table.take(pa.array(rows))
    for column, values in zip(columns, taken.columns, strict=True):
        column.values = values
    return columns


def _target(column: Column, config: Config, alerts: Alerts) -> Target:
    if config["problem_type"] == "classification":
        return class_target(column, config.get("pos_label"), alerts)
    return number_target(column, alerts)


def _narrowed(features: list[Column], target: Target, split: Split, keys: np.ndarray, alerts: Alerts) -> list[Column]:
    if len(features) <= MOST_COLUMNS:
        return features
    rows = rows_that_choose(split, keys)
    best = best_columns(features, target, rows)
    for column in features:
        if column.name not in best:
            column.not_used(f"is not among the {MOST_COLUMNS} columns that tell most of the target")
    own = " These rows only ever train, so that the validation knows nothing of the choice." if split.kind == "folds" else ""
    alerts.add(
        "too_many_columns",
        "high",
        f"Of {len(features)} columns the {MOST_COLUMNS} that tell most of the target, each for itself, were kept, judged by "
        f"{len(rows)} training rows.{own}",
    )
    return [one for one in features if one.used]


def _unsupported_profile(name: str, values: pa.ChunkedArray, reason: str | None) -> dict[str, Any]:
    return {
        "name": name,
        "type": str(values.type),
        "semantic": "categorical",
        "missing": values.null_count,
        "unique": 0,
        "used": False,
        "reason": reason or why_unused(values.type),
        "examples": [],
    }
