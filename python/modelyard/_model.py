"""A model of a session, and MLflow, which loads it."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import Any


class Model:
    """
    A trained model with its run. ``predict`` takes rows as the data has them; of classes there is ``predict_proba``.
    """

    def __init__(self, row: dict[str, Any], tracking_uri: str, flavor: str) -> None:
        self._tracking_uri = tracking_uri
        self._flavor = flavor
        self._loaded: Any = None
        self.run_id: str = row["run_id"]
        self.name: str = row["name"]
        self.estimator: str = row["estimator"]
        self.params: dict[str, Any] = row.get("params", {})
        #: Of the session's metric, on the validation rows.
        self.score: float = row["validation"]
        self.metrics: dict[str, float] = row.get("metrics", {})

    @property
    def uri(self) -> str:
        return f"runs:/{self.run_id}/model"

    @property
    def pipeline(self) -> Any:
        """
        The scikit-learn pipeline; of series the model of ``mlflow.pyfunc``. Needs mlflow, and the libraries that it was
        trained with.
        """
        if self._loaded is None:
            self._loaded = load(self._flavor, self.uri, self._tracking_uri)
        return self._loaded

    @property
    def validated_run(self) -> str:
        """A final model has seen all rows: what is known of it was found with the trial that it is made of."""
        return str(self.params.get("refit_of", self.run_id))

    @property
    def validated(self) -> Any:
        """The pipeline that the test has measured: that of ``validated_run``."""
        if self.validated_run == self.run_id:
            return self.pipeline
        return load(self._flavor, f"runs:/{self.validated_run}/model", self._tracking_uri)

    def predict(self, rows: Any) -> Any:
        return self.pipeline.predict(rows)

    def predict_proba(self, rows: Any) -> Any:
        return self.pipeline.predict_proba(rows)

    def __repr__(self) -> str:
        settings = ", ".join(f"{name}={value!r}" for name, value in self.params.items())
        return f"<{self.name}: {self.estimator}({settings}), score {self.score:.5g}>"


def load(flavor: str, uri: str, tracking_uri: str | None = None) -> Any:
    """``flavor``: sklearn or pyfunc. Raises ImportError that says what to install."""
    mlflow = mlflow_at(tracking_uri)
    try:
        return getattr(mlflow, flavor).load_model(uri)
    except ModuleNotFoundError as error:
        raise ImportError(_what_to_install(mlflow, uri, error)) from error


def _what_to_install(mlflow: Any, uri: str, error: ModuleNotFoundError) -> str:
    try:
        file = Path(mlflow.artifacts.download_artifacts(artifact_uri=f"{uri}/requirements.txt"))
        needs = [line.strip() for line in file.read_text().splitlines() if line.strip()]
    except Exception:  # Without its list the name of the module is what is known.
        needs = [str(error.name).split(".")[0]]
    return (
        f"The model needs {error.name}, which this Python does not have:\n"
        f"  {shlex.join([sys.executable, '-m', 'pip', 'install', *needs])}\n"
        f"Nothing is to be installed for: modelyard models predict -m {shlex.quote(uri)} -i rows.csv -o predictions.csv"
    )


def mlflow_at(tracking_uri: str | None) -> Any:
    try:
        import mlflow
        import mlflow.pyfunc
    except ImportError:
        raise ImportError("Models need mlflow: pip install mlflow-skinny scikit-learn") from None
    # A bar for each file of a model says nothing to who asked for the model.
    os.environ.setdefault("MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR", "false")
    if tracking_uri is not None and mlflow.get_tracking_uri() != tracking_uri:
        mlflow.set_tracking_uri(tracking_uri)
    return mlflow
