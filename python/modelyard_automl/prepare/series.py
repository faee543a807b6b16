"""Series made ready: regular steps, what is missing left empty, the end of each kept for the test."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from .alerts import Alerts, listed
from .backtest import check_measured, plan_backtest, split_series
from .columns import Column, judge, stored
from .day_or_month import settle, tell_ambiguous
from .errors import DataError, near_names
from .seasons import find_seasons
from .time_steps import (
    BY_FIRST_DAY, WORDS, check_frequency, form_by_steps, form_of_times, forms_of, frequency_of, has_offsets, on_steps, read_times,
)  # fmt: skip
from .two_digit_years import is_two_digit
from .units import measures_in

# Of a series: from one value nothing can be learnt.
LEAST_VALUES = 2
# Part of the rows that may have the time of another one by mistake.
FEW_TWICE = 0.05
# Part of the values that are 0 from which on errors in percent tell of these; part of the series from which on it is told.
MANY_ZEROS = 0.1
SOME_SERIES = 0.05
OF_ZEROS = {"smape": "counts each error there as 200 %, however small it is", "mdape": "leaves these out"}


def prepare_series(frame: pd.DataFrame, config: dict[str, Any], folder: Path, comma: bool = False) -> dict[str, Any]:
    """
    `comma`: numbers of the file have one before their decimals.

    Writes `series.parquet` (what models may learn from: series, ds, y, covariates; a row for each step, y empty where
    nothing was observed), `test.parquet` (the last horizon of each series, then rows whose covariates alone are known)
    and, where columns name the series, `names.parquet` (their values by series), and returns the ForecastProfile. Raises
    DataError.
    """
    alerts = Alerts()
    time, target, horizon = config.get("time_col"), config["target_col"], int(config["horizon"])
    if not time:
        raise DataError("A forecast needs the column of the times. Name it as time_col.")
    wanted = [time, target, *config["identity_col"], *config["covariates"]]
    for name in wanted:
        if name not in frame.columns:
            raise DataError(f"There is no column {name!r}.{near_names(name, frame.columns)}")
    if len(frame) == 0:
        raise DataError("The data has no rows.")
    if time != "ds" and "ds" in config["identity_col"]:
        raise DataError("The name 'ds' means the time to forecasts: rename this column, which names the series.")

    columns = {name: _column(frame[name]) for name in frame.columns}
    asked = config["frequency"]
    config = {**config, "frequency": BY_FIRST_DAY.get(asked, asked)}
    form = _form_of_times(columns[time], list(columns.values()), config["frequency"], alerts)
    if columns[time].is_text or columns[time].is_number:
        # By which models read what they are asked for.
        columns[time].format = form = form or form_of_times(frame[time], config["frequency"])
    series = _names(frame, config)
    if unnamed := int(series.isna().sum()):
        which = f"rows without a value of {listed(config['identity_col'])} were left out: that names their series."
        alerts.add("unnamed_series", "medium", f"{unnamed} {which}", list(config["identity_col"]))
    table = pd.DataFrame({"series": series, "time": _times(frame[time], config["frequency"], form, alerts)})
    config["frequency"] = frequency_of(table["time"].dropna(), asked)
    table["y"] = _target(frame[target], target, comma, alerts)
    covariates = _covariates(frame, config, table, alerts)
    table = table.dropna(subset=["time", "series"])
    if not config["identity_col"]:
        _check_single(frame.loc[table.index], table["time"], config)
    table, frequency = _on_steps(table, config, covariates, alerts)
    history, future = _regular(table, frequency, covariates, alerts)
    _tell_zeros(history, config, alerts)

    seasons = find_seasons([_line(y) for _, y in history.groupby("series")["y"]], config["frequency"])
    lengths = history.groupby("series").size()
    plan = plan_backtest(lengths, horizon, seasons, config, alerts)
    development, test = split_series(history, plan)
    check_measured(development, plan, config["frequency"])
    test = pd.concat([test, future], ignore_index=True).sort_values(["series", "ds"], ignore_index=True)
    if config["identity_col"]:
        _values_of_names(frame, series, config["identity_col"]).loc[lengths.index].to_parquet(folder / "names.parquet")
    development.to_parquet(folder / "series.parquet", index=False)
    test.to_parquet(folder / "test.parquet", index=False)

    digest = hashlib.sha256()
    for part in (development, test):
        digest.update(pd.util.hash_pandas_object(part, index=False).to_numpy().tobytes())
    used = {time, target, *config["identity_col"], *covariates}
    return {
        "kind": "forecast",
        "rows": len(frame),
        "columns": [_profile(one, name in used, name in config["exclude_cols"]) for name, one in columns.items()],
        "alerts": alerts.items,
        "data_hash": digest.hexdigest(),
        "series": len(lengths),
        "shortest": int(lengths.min()),
        "longest": int(lengths.max()),
        "start": history["ds"].min().isoformat(),
        "end": history["ds"].max().isoformat(),
        "frequency": frequency,
        "seasons": seasons,
        "backtest": {"windows": plan.windows, "step": plan.step, "minimum": plan.minimum},
        "test_steps": plan.test,
    }


def _names(frame: pd.DataFrame, config: dict[str, Any]) -> pd.Series:
    """The name of each row's series: the values of its columns, joined."""
    columns = config["identity_col"]
    if not columns:
        return pd.Series(str(config["target_col"]), index=frame.index, dtype=object)
    parts = frame[columns].map(_text)
    names = parts.apply(lambda row: None if row.isna().any() else " | ".join(row), axis=1) if len(columns) > 1 else parts.iloc[:, 0]
    if names.notna().sum() == 0:
        raise DataError(f"The columns that name the series, {listed(columns)}, are empty.")
    if len(columns) > 1 and names.nunique() < len(parts.dropna().drop_duplicates()):
        raise DataError(f"Some values of {listed(columns)} hold ' | ', by which they are joined. Write them in another way.")
    return names.astype(object)


def _check_single(frame: pd.DataFrame, times: pd.Series, config: dict[str, Any]) -> None:
    """No column names the series: rows of the same times that one column tells apart are several of them, not one."""
    twice = int(times.duplicated().sum())
    if twice <= FEW_TWICE * len(times):
        return
    others = {config["target_col"], config["time_col"], *config["covariates"], *config["exclude_cols"]}
    for name in frame.columns.drop(list(others), errors="ignore"):
        values = frame[name].map(_text)
        # Neither measured, nor a number of each row.
        if pd.api.types.is_float_dtype(frame[name]) or values.isna().any() or values.nunique() > len(values) / LEAST_VALUES:
            continue
        if not pd.DataFrame({"time": times, "values": values}).duplicated().any():
            raise DataError(
                f"{twice} of {len(times)} rows have the time of another row, and {name!r} tells these apart. Are there several "
                f"series? Name that column with identity_col: {name!r}. Or leave it out with exclude_cols, and they are averaged."
            )


def _values_of_names(frame: pd.DataFrame, series: pd.Series, columns: list[str]) -> pd.DataFrame:
    """By series: the values of the columns that name it, whole numbers or texts."""
    first = frame.loc[series.dropna().drop_duplicates().index, columns]
    values = {}
    for name in columns:
        whole = pd.api.types.is_numeric_dtype(first[name]) and not pd.api.types.is_bool_dtype(first[name])
        whole = whole and bool((first[name] % 1 == 0).all())
        values[name] = first[name].astype("int64") if whole else first[name].map(_text)
    return pd.DataFrame(values).set_axis(series[first.index].to_list(), axis="index")


def _text(value: object) -> str | None:
    if pd.isna(value):
        return None
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _form_of_times(column: Column, every: list[Column], frequency: str, alerts: Alerts) -> str | None:
    """The format of texts such as 01/02/2024, in which the day may be the month."""
    forms = forms_of(column.values) if column.is_text else []
    column.format = form_by_steps(column.values, forms, frequency)
    settle(every)
    if column.format is None and forms and is_two_digit(forms[0]):
        column.format, column.ambiguous = forms[0], len(forms) > 1
    tell_ambiguous([column], alerts)
    return column.format


def _times(column: pd.Series, frequency: str, form: str | None, alerts: Alerts) -> pd.Series:
    name, times = str(column.name), read_times(column, frequency, form)
    wrong = times.isna()
    if wrong.mean() > 0.05:
        examples = [str(one) for one in column[wrong & column.notna()].unique()[:3]]
        raise DataError(
            f"{wrong.sum()} of {len(column)} values of {name!r} are no times, such as {listed(examples)}. "
            "Write them like 2024-03-01 or 2024-03-01 13:00:00."
            if examples
            else f"{wrong.sum()} of {len(column)} values of {name!r} are missing. Each row needs its time."
        )
    if frequency in ("s", "min", "h") and has_offsets(column):
        alerts.add(
            "times_in_utc",
            "medium",
            f"The times of {name!r} have offsets: they are counted in UTC, as forecasts are. Ask a model for times with an offset, "
            "or in UTC.",
            [name],
        )
    if wrong.any():
        alerts.add("unreadable_times", "medium", f"{wrong.sum()} rows without a readable time were left out.", [name])
    return times


def _target(column: pd.Series, name: str, comma: bool, alerts: Alerts) -> pd.Series:
    values = pd.to_numeric(column, errors="coerce").astype(float).replace([np.inf, -np.inf], np.nan)
    lost = int((values.isna() & column.notna()).sum())
    if lost > 0.05 * len(column) and (measured := _measured(column, comma)) is not None:
        values, unit = measured
        lost = int((values.isna() & column.notna()).sum())
        with_unit = f" with the unit {unit!r}" if unit else ""
        alerts.add("target_with_unit", "low", f"The target {name!r} holds numbers{with_unit}: the numbers are forecast.", [name])
    if values.notna().sum() == 0:
        raise DataError(f"The target {name!r} holds no numbers. Choose a column of numbers.")
    if lost > 0.05 * len(column):
        raise DataError(f"{lost} of {len(column)} values of the target {name!r} are no numbers. Choose a column of numbers.")
    if lost:
        alerts.add("unreadable_target", "medium", f"{lost} values of the target are no numbers and count as missing.", [name])
    return values


def _measured(column: pd.Series, comma: bool) -> tuple[pd.Series, str] | None:
    """The numbers of texts such as "1,203" and "€ 5", and their unit; None where they are something else."""
    texts = pa.chunked_array([pa.array(column.map(_text), pa.string())])
    measures = measures_in(texts, comma) if len(texts) > texts.null_count else None
    if measures is None or measures.values is None:
        return None
    return pd.Series(measures.values.to_numpy(), index=column.index), measures.unit


def _covariates(frame: pd.DataFrame, config: dict[str, Any], table: pd.DataFrame, alerts: Alerts) -> list[str]:
    """Adds them to the table as numbers; those that are none are left out."""
    names = []
    for name in config["covariates"]:
        if name in config["exclude_cols"] or name in (config["target_col"], config["time_col"]):
            continue
        values = pd.to_numeric(frame[name], errors="coerce").astype(float).replace([np.inf, -np.inf], np.nan)
        if values.notna().sum() < 0.5 * len(values) or values.nunique() < 2 or name in ("series", "ds", "y", "time"):
            reason = "are no numbers" if values.notna().sum() < 0.5 * len(values) else "have one value alone"
            reason = "have a name that forecasts use themselves" if name in ("series", "ds", "y", "time") else reason
            alerts.add(f"unused_covariate_{name}", "medium", f"The covariate {name!r} is left out: its values {reason}.", [name])
            continue
        table[name] = values
        names.append(name)
    return names


def _on_steps(
    table: pd.DataFrame, config: dict[str, Any], covariates: list[str], alerts: Alerts
) -> tuple[pd.DataFrame, str]:
    """One row for each step of a series that has rows; those of one step are averaged."""
    frequency = config["frequency"]
    steps = on_steps(table["time"], frequency)
    better = check_frequency(table["time"], steps, table["series"], frequency)
    twice = int(table.duplicated(["series", "time"]).sum())
    table = table.assign(ds=steps.times)
    rows = len(table)
    moved = int((table["ds"] != table["time"]).sum())
    one = table.groupby(["series", "ds"], as_index=False)[["y", *covariates]].mean()
    if twice:
        named = bool(config["identity_col"])
        question = "" if named else " Are there several series? Name the column that tells them apart with identity_col."
        severity = "high" if not named and twice > FEW_TWICE * rows else "medium"
        alerts.add("duplicate_times", severity, f"{twice} rows have the time of another row of their series; such rows were averaged.{question}")
    if rows - twice > len(one):
        hint = f" The frequency {better!r} would keep them." if better else ""
        alerts.add(
            "averaged_steps",
            "high" if better else "medium",
            f"{rows - twice} rows lie in {len(one)} steps of {WORDS[frequency]}; those of one step were averaged.{hint}",
        )
    elif moved:
        alerts.add("aligned_times", "low", f"{moved} times were set on the steps of the frequency {steps.frequency!r}.")
    return one, steps.frequency


def _regular(
    table: pd.DataFrame, frequency: str, covariates: list[str], alerts: Alerts
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A row for each step from a series' first value to its last, and the rows after that."""
    histories, futures, empty = [], [], []
    for name, rows in table.groupby("series"):
        rows = rows.set_index("ds").sort_index()
        observed = rows.index[rows["y"].notna()]
        if len(observed) < LEAST_VALUES:
            empty.append(str(name))
            continue
        steps = pd.date_range(observed[0], rows.index[-1], freq=frequency)
        rows = rows.reindex(steps).assign(series=name).rename_axis("ds").reset_index()
        rows = rows[["series", "ds", "y", *covariates]]
        histories.append(rows[rows["ds"] <= observed[-1]])
        futures.append(rows[rows["ds"] > observed[-1]])
    if empty:
        alerts.add("empty_series", "medium", f"{len(empty)} series have one value or none and were left out: {listed(empty)}.")
    if not histories:
        raise DataError("No series has two values. Check the columns that name the series, and the frequency.")
    history = pd.concat(histories, ignore_index=True)
    future = pd.concat(futures, ignore_index=True) if covariates else history.iloc[:0]
    missing = int(history["y"].isna().sum())
    if missing:
        share = missing / len(history)
        alerts.add(
            "missing_steps",
            "high" if share > 0.2 else "medium" if share > 0.02 else "low",
            f"{missing} of {len(history)} steps have no value. They are filled only in what a model learns from, never in "
            "what it is measured by.",
        )
    for name in covariates:
        gaps = int(history[name].isna().sum() + future[name].isna().sum())
        if gaps:
            alerts.add(f"missing_covariate_{name}", "low", f"{gaps} steps lack {name!r}; it is taken as it was last.", [name])
        for part in (history, future):
            part[name] = part.groupby("series")[name].transform(lambda values: values.ffill().bfill())
        history[name] = history[name].fillna(history[name].mean())
    return history, future


def _tell_zeros(history: pd.DataFrame, config: dict[str, Any], alerts: Alerts) -> None:
    metric = config["primary_metric"]
    observed = history.dropna(subset=["y"])
    zeros = observed["y"].eq(0).groupby(observed["series"]).mean()
    many = zeros[zeros >= MANY_ZEROS]
    if metric not in OF_ZEROS or len(many) < max(1, SOME_SERIES * len(zeros)):
        return
    if len(zeros) == 1:
        found = f"{zeros.iloc[0]:.0%} of the values are 0"
    else:
        found = f"Of {len(many)} of {len(zeros)} series {MANY_ZEROS:.0%} of the values or more are 0, up to {many.max():.0%}"
    alerts.add(
        "many_zeros",
        "high" if len(many) >= 0.5 * len(zeros) else "medium",
        f"{found.replace('%', ' %')}. {metric} {OF_ZEROS[metric]}. Compare by mae or rmse (primary_metric).",
        [config["target_col"]],
    )


def _line(values: pd.Series) -> np.ndarray:
    return values.interpolate(limit_direction="both").to_numpy()


def _column(values: pd.Series) -> Column:
    name, array = str(values.name), pa.chunked_array([pa.Array.from_pandas(values)])
    return stored(name, array) or Column(name, str(array.type), pa.chunked_array([pa.nulls(len(array), pa.string())]))


def _profile(column: Column, used: bool, excluded: bool) -> dict[str, Any]:
    """Of one column; what is neither time, target, name nor covariate is not used."""
    judge(column, native=False)
    column.used, column.reason = used, None
    if not used:
        unknown = "not known for the time to be forecast: name it as a covariate if it is"
        column.not_used("excluded" if excluded else unknown)
    return column.profile()
