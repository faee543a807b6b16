"""What ``setup`` was given, in PyCaret's words, as the engine takes it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

_SCALERS = ("zscore", "minmax", "maxabs", "robust")
_SHAPES = ("yeo-johnson", "quantile")
_FILLED = {"mean": "mean", "median": "median", "mode": "most_frequent", "most_frequent": "most_frequent"}


def preparation_of(
    normalize: bool,
    normalize_method: str,
    transformation: bool,
    transformation_method: str,
    polynomial_features: bool,
    polynomial_degree: int,
    feature_selection: bool,
    n_features_to_select: float,
    pca: bool,
    pca_components: float | None,
) -> dict[str, Any]:
    """The steps between the columns made ready and the learner, as hyperparameters of each model. Raises ValueError."""
    found: dict[str, Any] = {}
    if polynomial_features:
        if polynomial_degree not in (2, 3):
            raise ValueError(f"polynomial_degree is 2 or 3, not {polynomial_degree!r}.")
        found["polynomial_degree"] = polynomial_degree
    if transformation:
        found["transformation"] = _one_of("transformation_method", transformation_method, _SHAPES)
    if normalize:
        found["normalize"] = _one_of("normalize_method", normalize_method, _SCALERS)
    if feature_selection:
        found["select_features"] = _share("n_features_to_select", n_features_to_select)
    if pca:
        found["pca_components"] = _share("pca_components", 0.99 if pca_components is None else pca_components)
    return found


def _one_of(name: str, value: str, known: Sequence[str]) -> str:
    if value not in known:
        raise ValueError(f"{name} is one of {', '.join(known)}; not {value!r}.")
    return value


def _share(name: str, value: float) -> float:
    """A part of the columns, or a number of them."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not (0 < value < 1 or value == int(value) >= 1):
        raise ValueError(f"{name} is a number of columns, or a share between 0 and 1; not {value!r}.")
    return value


def imputers_of(data: Any, used: Sequence[str], numeric: Any, categorical: Any) -> dict[str, Any]:
    """Of the columns ``used`` of a table; a number or another text than the usual words is what fills them."""
    if numeric is None and categorical is None:
        return {}
    if not hasattr(data, "dtypes"):
        raise ValueError(
            "numeric_imputation and categorical_imputation need a table in memory; of a file, say it by column: "
            "imputers={'column': 'median'}."
        )
    found: dict[str, Any] = {}
    for name in used:
        kind = data[name].dtype.kind if hasattr(data[name].dtype, "kind") else "O"
        how = numeric if kind in "iuf" else categorical if kind in "OUST" and not _holds_lists(data[name]) else None
        if how is not None:
            found[name] = _filled(how, kind in "iuf")
    return found


def _holds_lists(column: Any) -> bool:
    """Nothing is imputed in lists and objects."""
    first = next((one for one in column if one is not None and not isinstance(one, float)), None)
    return isinstance(first, (list, tuple, dict)) or hasattr(first, "__array__") and getattr(first, "ndim", 0) > 0


def _filled(how: Any, is_number: bool) -> Any:
    argument = "numeric_imputation" if is_number else "categorical_imputation"
    if how in ("drop", "knn", "iterative"):
        raise ValueError(f"{argument}={how!r} is not supported: leave the rows out of the data, or fill by mean or median.")
    if is_number and isinstance(how, str) and how not in _FILLED:
        raise ValueError(f"{argument} is mean, median, mode or a number; not {how!r}.")
    if not is_number and how in ("mean", "median"):
        raise ValueError(f"{argument} is mode, or the text to fill with; not {how!r}.")
    word = _FILLED.get(how) if isinstance(how, str) else None
    return word or {"strategy": "constant", "fill_value": how}


def with_types(data: Any, categorical: Sequence[str], dates: Sequence[str]) -> Any:
    """The table with these columns as what they are said to be. Raises ValueError for what is no table in memory."""
    if not categorical and not dates:
        return data
    if not hasattr(data, "assign"):
        raise ValueError("categorical_features and date_features need a table in memory (pandas).")
    import pandas

    data = data.copy(deep=False)
    for name in categorical:
        data[name] = data[name].map(_text, na_action="ignore").astype(object)
    for name in dates:
        data[name] = pandas.to_datetime(data[name])
    return data


def typed(numeric: Sequence[str] | None, categorical: Sequence[str] | None) -> dict[str, Any]:
    """Imputers of columns whose type is told: with one of its own a column is taken for what it is stored as."""
    missing = {"strategy": "constant", "fill_value": "(missing)"}
    return {**{name: "median" for name in numeric or []}, **{name: missing for name in categorical or []}}


def _text(value: Any) -> str:
    """As models have categories: the number 3 as "3"."""
    return f"{value:.0f}" if isinstance(value, float) and value.is_integer() else str(value)
