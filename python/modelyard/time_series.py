"""
Low-code forecasts, with PyCaret's verbs: ``from modelyard.time_series import *``.

    setup(passengers, fh=12)
    best = compare_models()
    tuned = tune_model(best)
    final = finalize_model(tuned)
    predict_model(final, fh=24)

Each verb makes models with their runs and notebooks on the tracking server; the engine is the program ``modelyard`` of
this machine. ``TSForecastingExperiment()`` has the same verbs as methods, for several sessions side by side.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ._experiment import Experiment
from ._model import Model
from ._program import EngineError
from ._series import horizon_of, series_of
from ._words import check_arguments, metric_of


class TSForecastingExperiment(Experiment):
    problem = "forecasting"
    metric = "smape"
    names = {
        "naive": "SeasonalNaive",
        "snaive": "SeasonalNaive",
        "ets": "AutoETS",
        "exp_smooth": "AutoETS",
        "theta": "AutoTheta",
        "stlf": "MSTL",
        "arima": "AutoARIMA",
        "auto_arima": "AutoARIMA",
        "prophet": "Prophet",
        "lightgbm_cds_dt": "LightGBM",
        "lightgbm": "LightGBM",
    }
    pictures = {"forecast": "forecast", "cv": "backtest", "residuals": "residuals"}
    flavor = "pyfunc"
    _fh: int | None = None

    def setup(
        self,
        data: Any,
        target: str | None = None,
        index: str | None = None,
        fh: Any = 1,
        *,
        identity_col: str | Sequence[str] | None = None,
        covariates: Sequence[str] | None = None,
        frequency: str | None = None,
        country_code: str = "",
        metric: str | None = None,
        ignore_features: Sequence[str] | None = None,
        session_id: int | None = None,
        n_jobs: int | None = None,
        experiment_name: str | None = None,
        tracking_uri: str | None = None,
        **more: Any,
    ) -> TSForecastingExperiment:
        """
        Prepares ``data`` to forecast ``target`` for ``fh`` steps. Models are compared by forecasts of the past, and the
        last steps are kept for the test.

        ``data`` is a pandas Series or table with times as its index, or a table whose column ``index`` holds them.
        ``identity_col`` names the columns that together name one of many series; ``covariates`` the columns that are known
        for the time to be forecast too, all others when it is left out; ``country_code`` that of the holidays. Raises
        ValueError and EngineError as the setup of tables does.
        """
        check_arguments("setup", more, self.problem)
        identity = [identity_col] if isinstance(identity_col, str) else list(identity_col or [])
        self._fh = horizon_of(fh)
        series = series_of(data, target, index, identity, frequency)
        taken = {series.target, series.time_col, *identity, *(ignore_features or [])}
        others = [name for name in series.table.columns if name not in taken]
        config = {
            "primary_metric": metric_of(metric or type(self).metric, self.problem),
            "time_col": series.time_col,
            "horizon": self._fh,
            "frequency": series.frequency,
            "identity_col": identity,
            "covariates": others if covariates is None else list(covariates),
            "exclude_cols": list(ignore_features or []),
            "country_code": country_code,
            "seed": session_id,
            "experiment_name": experiment_name,
            "parallel_trials": n_jobs if n_jobs and n_jobs > 0 else None,
        }
        self._begin(series.table, series.target, config, tracking_uri)
        return self

    def predict_model(
        self, estimator: Any, fh: Any = None, X: Any = None, *, return_pred_int: bool = False, **more: Any
    ) -> Any:
        """
        The next ``fh`` steps of each series as ``y_pred``, with ``lower`` and ``upper`` of a band where
        ``return_pred_int``; ``X`` has the covariates of these steps. Without ``fh`` a model that was not finalized is
        measured by the test steps: shown, logged to its run, and given by ``pull``. Without a session ``fh`` is needed.
        """
        check_arguments("predict_model", more, self.problem)
        if fh is None and isinstance(estimator, Model) and estimator.validated_run == estimator.run_id:
            self._scored(estimator)
        steps = self._fh if fh is None else horizon_of(fh)
        if steps is None:
            raise ValueError("How many steps are to be forecast? There is no session that says it: give fh.")
        model = estimator.pipeline if isinstance(estimator, Model) else estimator
        rows = model.input_example if X is None else _rows(model, X)
        forecast = model.predict(rows, params={"horizon": steps})
        named = {"yhat": "y_pred", "yhat_lower": "lower", "yhat_upper": "upper"}
        columns = list(named.values()) if return_pred_int else ["y_pred"]
        keys = [name for name in forecast.columns if name not in named]
        return forecast.rename(columns=named).set_index(keys)[columns]


def _rows(model: Any, given: Any) -> Any:
    """Covariates of steps to come, as the model takes them."""
    from mlflow.types.schema import AnyType, DataType

    inputs = model.metadata.get_input_schema()
    # Times may be texts as well, so their type is any.
    time = next(one.name for one in inputs if isinstance(one.type, AnyType) or one.type == DataType.datetime)
    table = given if time in given.columns else given.rename_axis(time).reset_index()
    missing = [name for name in inputs.required_input_names() if name not in table.columns]
    if missing:
        raise ValueError(f"X lacks {', '.join(missing)}: models were fitted with these columns.")
    return table[[name for name in inputs.input_names() if name in table.columns]]


_experiment = TSForecastingExperiment()

setup = _experiment.setup
models = _experiment.models
compare_models = _experiment.compare_models
create_model = _experiment.create_model
tune_model = _experiment.tune_model
blend_models = _experiment.blend_models
evaluate_model = _experiment.evaluate_model
plot_model = _experiment.plot_model
finalize_model = _experiment.finalize_model
predict_model = _experiment.predict_model
save_model = _experiment.save_model
load_model = _experiment.load_model
register_model = _experiment.register_model
automl = _experiment.automl
get_leaderboard = _experiment.get_leaderboard
pull = _experiment.pull
end_session = _experiment.end_session

__all__ = [
    "EngineError",
    "Model",
    "TSForecastingExperiment",
    "automl",
    "blend_models",
    "compare_models",
    "create_model",
    "end_session",
    "evaluate_model",
    "finalize_model",
    "get_leaderboard",
    "load_model",
    "models",
    "plot_model",
    "predict_model",
    "pull",
    "register_model",
    "save_model",
    "setup",
    "tune_model",
]
