"""What a search found, in the form that Databricks' AutoML gives it."""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field
from typing import Any

from ._local_search import run_program
from ._model import load, mlflow_at
from ._server import Server


@dataclass(frozen=True)
class Experiment:
    experiment_id: str
    name: str
    artifact_location: str
    lifecycle_stage: str
    tags: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Alert:
    """What a person should know of the data before trusting a model, such as a column that gives the answer away."""

    name: str
    #: low, medium or high.
    severity: str
    #: A sentence.
    message: str
    columns: list[str]


@dataclass(frozen=True)
class TrialInfo:
    """A trial: a model, and the notebook that made it."""

    mlflow_run_id: str
    #: Name of the notebook among the artifacts of the run; ``import_notebook`` fetches it.
    notebook_path: str
    notebook_url: str
    #: Address of the notebook, such as ``runs:/ID/lightgbm-7.ipynb``.
    artifact_uri: str
    #: All metrics by name, such as ``val_f1_score``.
    metrics: dict[str, float]
    params: dict[str, str]
    #: Such as ``models:/m-…``; None when the trial has no model.
    model_path: str | None
    #: The estimator with its hyperparameters.
    model_description: str
    #: Such as ``3.2 seconds``.
    duration: str
    #: Such as ``numeric: numbers, SimpleImputer, StandardScaler``; none of what is made of other trials.
    preprocessors: list[str]
    #: Of the metric that was asked for, on the validation rows; None when the trial failed.
    evaluation_metric_score: float | None
    _tracking_uri: str = field(repr=False, default="")

    def load_model(self) -> Any:
        """The model as ``mlflow.pyfunc`` loads it. Needs mlflow, and the libraries that the model was trained with."""
        if self.model_path is None:
            raise ValueError(f"The trial {self.mlflow_run_id} has no model.")
        mlflow = mlflow_at(None)
        before = mlflow.get_tracking_uri()
        try:
            return load("pyfunc", self.model_path, self._tracking_uri)
        finally:
            mlflow.set_tracking_uri(before)


@dataclass(frozen=True)
class AutoMLSummary:
    """A search at its end."""

    experiment: Experiment
    #: Trials that have a score, the best first.
    trials: list[TrialInfo]
    best_trial: TrialInfo
    #: Scores of all trials: count, mean, std, min, 25%, 50%, 75%, max.
    metric_distribution: dict[str, float]
    #: Forecasts are not written to a table: always None.
    output_table_name: str | None
    #: Of the search itself.
    mlflow_run_id: str
    #: Its page.
    url: str
    #: What was left out that the result is worse for, such as the refit of the best model to all rows.
    warnings: list[str]
    #: What is to be known of the data.
    alerts: list[Alert]
    _server: Server = field(repr=False)

    def register(self, name: str, trial: TrialInfo | None = None) -> str:
        """Registers the best model, or that of ``trial``, as a new version of ``name``; gives the version."""
        if not self._server.searches:
            chosen = [f"--trial={trial.mlflow_run_id}"] if trial else []
            return str(run_program(self._server, "automl", "register", self.mlflow_run_id, name, *chosen)["version"])
        body = {"name": name, "trial_run_id": trial.mlflow_run_id if trial else None}
        path = f"modelyard/automl/searches/{self.mlflow_run_id}/register"
        return str(self._server.post(path, body)["model_version"]["version"])

    def __str__(self) -> str:
        best = self.best_trial
        return (
            f"{len(self.trials)} trials in {self.experiment.name!r}\n"
            f"Best: {best.model_description}\n"
            f"Score: {best.evaluation_metric_score}\n"
            f"Notebook: {best.notebook_url}\n"
            f"All: {self.url}"
            + "".join(f"\nWarning: {one}" for one in self.warnings)
            + "".join(f"\nData, {one.severity}: {one.message}" for one in self.alerts if one.severity != "low")
        )


@dataclass(frozen=True)
class ImportNotebookResult:
    path: str
    url: str


def distribution(scores: list[float]) -> dict[str, float]:
    """As ``pandas.Series.describe`` has it. ``scores`` is not empty."""
    cuts = statistics.quantiles(scores, n=4, method="inclusive") if len(scores) > 1 else scores * 3
    return {
        "count": float(len(scores)),
        "mean": statistics.fmean(scores),
        "std": statistics.stdev(scores) if len(scores) > 1 else 0.0,
        "min": min(scores),
        **dict(zip(("25%", "50%", "75%"), cuts)),
        "max": max(scores),
    }
