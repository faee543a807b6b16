"""
Searches for the best model of a table, run by a Modelyard server: ``classify``, ``regress`` and ``forecast`` with
Databricks' parameters.

The server is that of ``MLFLOW_TRACKING_URI`` or ``mlflow.set_tracking_uri``; for one that is no Modelyard server the program
``modelyard`` of this machine searches. A call shows how it goes and returns when the search has ended; Ctrl-C ends it with
the best model so far. Wrong parameters raise ``ServerError`` with all that is wrong, before anything begins.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ._search import run_search
from ._server import Server
from .summary import Alert, AutoMLSummary, Experiment, ImportNotebookResult, TrialInfo

__all__ = [
    "Alert",
    "AutoMLSummary",
    "Experiment",
    "ImportNotebookResult",
    "TrialInfo",
    "classify",
    "forecast",
    "import_notebook",
    "regress",
]


def classify(
    dataset: Any,
    *,
    target_col: str,
    primary_metric: str = "f1",
    data_dir: str | None = None,
    experiment_dir: str | None = None,
    experiment_name: str | None = None,
    exclude_cols: Sequence[str] | None = None,
    exclude_frameworks: Sequence[str] | None = None,
    feature_store_lookups: Sequence[Mapping[str, Any]] | None = None,
    imputers: Mapping[str, Any] | None = None,
    pos_label: Any = None,
    time_col: str | None = None,
    split_col: str | None = None,
    sample_weight_col: str | None = None,
    max_trials: int | None = None,
    timeout_minutes: float | None = None,
    **more: Any,
) -> AutoMLSummary:
    """
    Searches for the best classifier of ``target_col``.

    ``dataset`` is a pandas, Polars, Arrow or Spark table, a file (CSV, Parquet, JSON lines) by its path or http address,
    an artifact ``runs:/ID/path``, or with ``query=`` a database. ``primary_metric`` is f1, log_loss, precision, accuracy
    or roc_auc; ``exclude_frameworks`` names sklearn, lightgbm, xgboost; ``imputers`` gives for columns mean, median,
    most_frequent or ``{"strategy": "constant", "fill_value": value}``. ``timeout_minutes`` is a hard limit, 10 by default.

    ``more``: query, timeout_seconds, parallel_trials, memory_mb, early_stopping, seed, register, tracking_uri.
    """
    return _search(
        "classification",
        dataset,
        _databricks(data_dir, experiment_dir, experiment_name, feature_store_lookups),
        more,
        target_col=target_col,
        primary_metric=primary_metric,
        exclude_cols=_listed(exclude_cols),
        exclude_frameworks=_listed(exclude_frameworks),
        imputers=dict(imputers or {}),
        pos_label=None if pos_label is None else str(pos_label),
        time_col=time_col,
        split_col=split_col,
        sample_weight_col=sample_weight_col,
        max_trials=max_trials,
        timeout_minutes=timeout_minutes,
    )


def regress(
    dataset: Any,
    *,
    target_col: str,
    primary_metric: str = "r2",
    data_dir: str | None = None,
    experiment_dir: str | None = None,
    experiment_name: str | None = None,
    exclude_cols: Sequence[str] | None = None,
    exclude_frameworks: Sequence[str] | None = None,
    feature_store_lookups: Sequence[Mapping[str, Any]] | None = None,
    imputers: Mapping[str, Any] | None = None,
    time_col: str | None = None,
    split_col: str | None = None,
    sample_weight_col: str | None = None,
    max_trials: int | None = None,
    timeout_minutes: float | None = None,
    **more: Any,
) -> AutoMLSummary:
    """
    Searches for the best regression of the numeric ``target_col``. ``primary_metric`` is r2, mae, rmse or mse; all else
    is as for ``classify``.
    """
    return _search(
        "regression",
        dataset,
        _databricks(data_dir, experiment_dir, experiment_name, feature_store_lookups),
        more,
        target_col=target_col,
        primary_metric=primary_metric,
        exclude_cols=_listed(exclude_cols),
        exclude_frameworks=_listed(exclude_frameworks),
        imputers=dict(imputers or {}),
        time_col=time_col,
        split_col=split_col,
        sample_weight_col=sample_weight_col,
        max_trials=max_trials,
        timeout_minutes=timeout_minutes,
    )


def forecast(
    dataset: Any,
    *,
    target_col: str,
    time_col: str,
    primary_metric: str = "smape",
    country_code: str = "US",
    frequency: str = "D",
    horizon: int = 1,
    data_dir: str | None = None,
    experiment_dir: str | None = None,
    experiment_name: str | None = None,
    exclude_frameworks: Sequence[str] | None = None,
    feature_store_lookups: Sequence[Mapping[str, Any]] | None = None,
    identity_col: str | Sequence[str] | None = None,
    sample_weight_col: str | None = None,
    output_database: str | None = None,
    timeout_minutes: float | None = None,
    **more: Any,
) -> AutoMLSummary:
    """
    Searches for the best forecast of ``target_col`` for the next ``horizon`` steps of ``frequency``.

    ``identity_col`` names the columns that together name a series; ``country_code`` is that of the holidays, the empty
    text for none. ``primary_metric`` is smape, mse, rmse, mae or mdape. ``more`` as for ``classify``, and covariates:
    columns that are known for the time to be forecast too.
    """
    if output_database is not None:
        warnings.warn("output_database is ignored: forecasts stay with the runs.", stacklevel=2)
    return _search(
        "forecasting",
        dataset,
        _databricks(data_dir, experiment_dir, experiment_name, feature_store_lookups),
        more,
        target_col=target_col,
        time_col=time_col,
        primary_metric=primary_metric,
        country_code=country_code,
        frequency=frequency,
        horizon=horizon,
        exclude_frameworks=_listed(exclude_frameworks),
        identity_col=_listed(identity_col),
        sample_weight_col=sample_weight_col,
        timeout_minutes=timeout_minutes,
    )


def import_notebook(
    artifact_uri: str, path: str, overwrite: bool = False, *, tracking_uri: str | None = None
) -> ImportNotebookResult:
    """
    Fetches the notebook of a trial (``TrialInfo.artifact_uri``) to the file ``path``, which must not be there unless
    ``overwrite``.
    """
    scheme, _, rest = artifact_uri.partition(":/")
    run_id, _, name = rest.lstrip("/").partition("/")
    if scheme != "runs" or not name:
        raise ValueError(f"artifact_uri is that of a trial, such as runs:/ID/lightgbm-7.ipynb, not {artifact_uri!r}.")
    target = Path(path).expanduser()
    target = target / name if target.is_dir() else target
    if target.exists() and not overwrite:
        raise FileExistsError(f"{target} is there already: overwrite=True replaces it.")
    target.parent.mkdir(parents=True, exist_ok=True)
    Server(tracking_uri).download(run_id, name, target)
    return ImportNotebookResult(path=str(target), url=target.resolve().as_uri())


def _search(
    problem: str, dataset: Any, common: dict[str, Any], more: dict[str, Any], **config: Any
) -> AutoMLSummary:
    server = Server(more.pop("tracking_uri", None))
    return run_search(server, dataset, {"problem_type": problem, **common, **config, **more})


def _databricks(data_dir: Any, folder: str | None, name: str | None, lookups: Any) -> dict[str, Any]:
    if lookups:
        raise ValueError("feature_store_lookups is not supported: join the features to the data set before.")
    if data_dir is not None:
        warnings.warn("data_dir is ignored: the data is kept with the run of the search.", stacklevel=3)
    if folder and not name:
        warnings.warn("experiment_dir is ignored without experiment_name.", stacklevel=3)
    return {"experiment_name": f"{folder.rstrip('/')}/{name}" if folder and name else name}


def _listed(given: str | Sequence[str] | None) -> list[str]:
    return [given] if isinstance(given, str) else list(given or [])
