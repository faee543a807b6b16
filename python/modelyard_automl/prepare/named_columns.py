"""Columns that the configuration names."""

from __future__ import annotations

from typing import Any

from .columns import Column
from .errors import DataError, near_names
from .thinning import ROW

Config = dict[str, Any]


def check_names(config: Config, names: list[str]) -> None:
    names = [one for one in names if one != ROW]
    target = config["target_col"]
    if target not in names:
        raise DataError(f"The data has no column {target!r} to predict.{near_names(target, names)}")
    for option in ("time_col", "split_col", "sample_weight_col"):
        name = config.get(option)
        if name and name not in names:
            raise DataError(f"The data has no column {name!r} ({option}).{near_names(name, names)}")
        if name == target:
            raise DataError(f"{option} is the target {name!r}. Give another column, or none.")
    for option in ("exclude_cols", "imputers"):
        for name in config[option]:
            if name not in names:
                raise DataError(f"The data has no column {name!r} ({option}).{near_names(name, names)}")
    if target in config["exclude_cols"]:
        raise DataError(f"The target {target!r} is among exclude_cols. Take it out there, or predict another column.")
    if target in config["imputers"]:
        raise DataError(f"The target {target!r} has an imputer: rows without a target are left out, never guessed. Take it out.")


def single(columns: dict[str, Column | None], name: str) -> Column:
    """Raises DataError when the column is none of single values."""
    column = columns[name]
    if column is None:
        raise DataError(f"The column {name!r} holds lists or objects. Give a column of single values.")
    return column


def not_features(config: Config) -> dict[str, str]:
    """Why these columns are no features."""
    special = {name: "was excluded" for name in config["exclude_cols"]}
    special[config["target_col"]] = "is to be predicted"
    if name := config.get("split_col"):
        special[name] = "tells the split"
    if name := config.get("sample_weight_col"):
        special[name] = "holds the weights of the rows"
    return special


def check_imputers(columns: dict[str, Column], config: Config) -> None:
    for name, imputer in config["imputers"].items():
        column = columns.get(name)
        if column is None:
            raise DataError(f"The column {name!r} holds lists or objects, which nothing is imputed in. Take its imputer out.")
        if imputer in ("mean", "median") and not column.is_number:
            raise DataError(
                f"The column {name!r} holds no numbers, so it has no {imputer}. Impute with most_frequent or a constant."
            )
        if isinstance(imputer, dict) and column.is_number:
            value = imputer.get("fill_value")
            try:
                float(value)  # type: ignore[arg-type]
            except (TypeError, ValueError):
                raise DataError(f"The column {name!r} holds numbers; {value!r} is none. Give a number to fill in.") from None
