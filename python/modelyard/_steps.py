"""PyCaret's verbs over the engine of AutoML: each makes models with their runs and notebooks."""

from __future__ import annotations

import atexit
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ._dataset import write_table
from ._engine import Engine, EngineError
from ._server import Server

_PLOTS = {
    "auc": "roc",
    "pr": "precision_recall",
    "feature": "importance",
    "error": "predicted",
}


class Model:
    """A trained model with its run; ``predict`` and ``predict_proba`` take rows as the data has them."""

    def __init__(self, steps: Steps, row: dict[str, Any]) -> None:
        self._steps = steps
        self._loaded: Any = None
        self.run_id: str = row["run_id"]
        self.name: str = row["name"]
        self.estimator: str = row["estimator"]
        self.params: dict[str, Any] = row["params"]
        #: Of the session's metric, on the validation rows.
        self.score: float = row["validation"]
        self.metrics: dict[str, float] = row["metrics"]

    @property
    def pipeline(self) -> Any:
        """The scikit-learn pipeline. Needs mlflow, and the libraries that it was trained with."""
        if self._loaded is None:
            self._loaded = _mlflow(self._steps.tracking_uri).sklearn.load_model(f"runs:/{self.run_id}/model")
        return self._loaded

    def predict(self, rows: Any) -> Any:
        return self.pipeline.predict(rows)

    def predict_proba(self, rows: Any) -> Any:
        return self.pipeline.predict_proba(rows)

    def __repr__(self) -> str:
        settings = ", ".join(f"{name}={value!r}" for name, value in self.params.items())
        return f"<{self.name}: {self.estimator}({settings}), score {self.score:.5g}>"


class Steps:
    """One session at a time: ``setup`` begins it. All other verbs need one, and raise EngineError without."""

    def __init__(self, problem: str, metric: str, names: dict[str, str]) -> None:
        self._problem = problem
        self._metric = metric
        self._names = names
        self._engine: Engine | None = None
        self._folder: Path | None = None
        self._shown: Any = None
        self._target = ""
        self.tracking_uri = ""
        atexit.register(self.end_session)

    def setup(
        self,
        data: Any,
        target: str,
        *,
        metric: str | None = None,
        ignore_features: Sequence[str] | None = None,
        imputers: dict[str, Any] | None = None,
        session_id: int | None = None,
        experiment_name: str | None = None,
        n_jobs: int | None = None,
        tracking_uri: str | None = None,
        **more: Any,
    ) -> Steps:
        """
        Prepares ``data`` (a table in memory, or a path) to predict ``target``: types, split and folds are decided, once.

        ``metric`` is what models are compared by, ``session_id`` the seed, ``n_jobs`` how many models are made at a time;
        ``imputers`` and ``more`` are as for ``automl.classify``.
        """
        self.end_session()
        self.tracking_uri = Server(tracking_uri).uri
        self._folder = Path(tempfile.mkdtemp(prefix="modelyard-data-"))
        is_path = isinstance(data, (str, os.PathLike))
        config = {
            "problem_type": self._problem,
            "dataset": os.fspath(data) if is_path else str(write_table(data, self._folder)),
            "target_col": target,
            "primary_metric": metric or self._metric,
            "exclude_cols": list(ignore_features or []),
            "imputers": imputers or {},
            "seed": session_id,
            "experiment_name": experiment_name,
            "parallel_trials": n_jobs,
            "timeout_seconds": 86_400,
            **more,
        }
        self._target = target
        self._engine = Engine({name: value for name, value in config.items() if value is not None}, self.tracking_uri)
        columns = self._engine.profile.get("columns", [])
        self._show([{"Column": one["name"], "Taken for": one["semantic"], "Missing": one["missing"]} for one in columns])
        return self

    def models(self) -> Any:
        """The estimators that there are, with the short names of the other verbs."""
        short = {estimator: name for name, estimator in self._names.items()}
        return self._show([{"ID": short.get(one, one), "Name": one} for one in self._ask("models")])

    def compare_models(
        self,
        include: Sequence[str] | None = None,
        exclude: Sequence[str] | None = None,
        *,
        n_select: int = 1,
        budget_time: float | None = None,
    ) -> Any:
        """
        Makes one model of each estimator, within ``budget_time`` minutes. Gives the best, or a list of the ``n_select``
        best.
        """
        names = [self._estimator(one) for one in include] if include else list(self._ask("models"))
        left_out = {self._estimator(one) for one in exclude or []}
        rows = self._ask(
            "compare", estimators=[one for one in names if one not in left_out], seconds=(budget_time or 10) * 60
        )
        made = [Model(self, row) for row in rows]
        self._show([self._line(one) for one in made])
        return made[0] if n_select == 1 else made[:n_select]

    def create_model(self, estimator: str, **params: Any) -> Model:
        """One model: of a short name such as ``lightgbm`` or a class name, with ``params`` other than the usual ones."""
        return self._made(self._ask("create", estimator=self._estimator(estimator), params=params))

    def tune_model(
        self, estimator: Model, *, n_iter: int = 10, choose_better: bool = True, budget_time: float | None = None
    ) -> Model:
        """Tries ``n_iter`` other hyperparameters; gives the best, which with ``choose_better`` may be what was given."""
        return self._made(
            self._ask(
                "tune",
                run=estimator.run_id,
                rounds=n_iter,
                keep_better=choose_better,
                seconds=(budget_time or 10) * 60,
            )
        )

    def ensemble_model(self, estimator: Model, *, method: str = "Bagging", n_estimators: int = 10) -> Model:
        """Many of one model: ``Bagging`` or ``Boosting``."""
        return self._made(self._ask("ensemble", run=estimator.run_id, method=method.lower(), count=n_estimators))

    def blend_models(self, estimator_list: Sequence[Model]) -> Model:
        """A vote of the models, with the weights that do best on the validation rows."""
        return self._made(self._ask("blend", runs=[one.run_id for one in estimator_list]))

    def stack_models(self, estimator_list: Sequence[Model]) -> Model:
        """A model of the models' predictions."""
        return self._made(self._ask("stack", runs=[one.run_id for one in estimator_list]))

    def finalize_model(self, estimator: Model) -> Model:
        """The same, fitted to all rows that it may see."""
        return self._made(self._ask("finalize", run=estimator.run_id))

    def predict_model(self, estimator: Any, data: Any = None) -> Any:
        """
        ``data`` with the columns ``prediction_label`` and, of classes, ``prediction_score``. Without data: the test rows,
        whose metrics are shown, logged to the run, and given by ``pull``.
        """
        if data is None:
            if not isinstance(estimator, Model):
                raise ValueError("The test rows are for a model of this session; give data for another.")
            scores = self._ask("test", runs=[estimator.run_id])[estimator.run_id]
            self._show([{"Model": estimator.name, **scores}])
            data = self._test_rows()
        model = estimator.pipeline if isinstance(estimator, Model) else estimator
        features = data.drop(columns=[self._target], errors="ignore").filter(regex="^(?!_automl_)")
        predicted = data.filter(regex="^(?!_automl_)").copy()
        predicted["prediction_label"] = model.predict(features)
        if self._problem == "classification":
            predicted["prediction_score"] = model.predict_proba(features).max(axis=1)
        return predicted

    def plot_model(self, estimator: Model, plot: str = "auc", *, save: bool | str = False) -> str:
        """A picture: auc, pr, confusion_matrix, calibration, feature, residuals, error. Gives its file."""
        name = _PLOTS.get(plot, plot)
        folder = Path(save) if isinstance(save, str) else Path.cwd() if save else Path(tempfile.mkdtemp())
        uri = f"runs:/{_validated_run(estimator)}/plots/{name}.png"
        try:
            file = self._mlflow().artifacts.download_artifacts(artifact_uri=uri, dst_path=str(folder))
        except Exception as error:
            known = ", ".join(sorted(self._plots(estimator))) or "none"
            raise ValueError(f"{estimator.name} has no plot {plot!r}. It has: {known}.") from error
        _display_picture(file)
        return str(file)

    def evaluate_model(self, estimator: Model) -> dict[str, str]:
        """Shows all pictures of a model; gives their files by name."""
        self._show([{"Model": estimator.name, **estimator.metrics}])
        return {name: self.plot_model(estimator, name) for name in self._plots(estimator)}

    def interpret_model(self, estimator: Model) -> str:
        """What its predictions depend on most."""
        return self.plot_model(estimator, "feature")

    def save_model(self, model: Model, model_name: str) -> str:
        """The model as a folder of this machine, in MLflow's format. Gives its path."""
        target = Path(model_name).expanduser().resolve()
        with tempfile.TemporaryDirectory() as folder:
            uri = f"runs:/{model.run_id}/model"
            found = Path(self._mlflow().artifacts.download_artifacts(artifact_uri=uri, dst_path=folder))
            target.parent.mkdir(parents=True, exist_ok=True)
            _copy_folder(found, target)
        return str(target)

    def load_model(self, model_name: str) -> Any:
        """What ``save_model`` left, as the scikit-learn pipeline."""
        return _mlflow(None).sklearn.load_model(str(Path(model_name).expanduser().resolve()))

    def register_model(self, model: Model, name: str) -> str:
        """A new version of a registered model; gives its number."""
        return str(self._mlflow().register_model(f"runs:/{model.run_id}/model", name).version)

    def automl(self) -> Model:
        """The best of all models of the session."""
        return self._models_by_rank()[0]

    def get_leaderboard(self) -> Any:
        """All models of the session, best first."""
        return self._show(self._ask("leaderboard"))

    def pull(self) -> Any:
        """The table that was shown last."""
        return self._shown

    def end_session(self) -> None:
        """Ranks what was made. Another ``setup`` and the end of Python do it too."""
        engine, self._engine = self._engine, None
        if engine is not None:
            engine.close()
        folder, self._folder = self._folder, None
        if folder is not None:
            _remove_folder(folder)

    def _ask(self, do: str, **more: Any) -> Any:
        if self._engine is None:
            raise EngineError("There is no session: call setup first.")
        return self._engine.ask(do, **more)

    def _made(self, row: dict[str, Any]) -> Model:
        model = Model(self, row)
        self._show([self._line(model)])
        return model

    def _line(self, model: Model) -> dict[str, Any]:
        validated = {name[4:]: value for name, value in model.metrics.items() if name.startswith("val_")}
        return {"Model": model.name, "Estimator": model.estimator, **validated, "run_id": model.run_id}

    def _estimator(self, name: str) -> str:
        return self._names.get(name, name)

    def _show(self, rows: list[dict[str, Any]]) -> Any:
        try:
            import pandas
        except ImportError:
            self._shown = rows
        else:
            self._shown = pandas.DataFrame(rows)
            _display_table(self._shown)
        return self._shown

    def _models_by_rank(self) -> list[Model]:
        found = []
        for row in self._ask("leaderboard"):
            found.append(Model(self, {"params": {}, "metrics": {}, **row}))
        if not found:
            raise EngineError("No model was made yet.")
        return found

    def _mlflow(self) -> Any:
        return _mlflow(self.tracking_uri)

    def _plots(self, estimator: Model) -> list[str]:
        found = self._mlflow().artifacts.list_artifacts(run_id=_validated_run(estimator), artifact_path="plots")
        return [Path(one.path).stem for one in found if one.path.endswith(".png")]

    def _test_rows(self) -> Any:
        import pandas

        if self._engine is None:
            raise EngineError("There is no session: call setup first.")
        with tempfile.TemporaryDirectory() as folder:
            uri = f"runs:/{self._engine.run_id}/data/test.parquet"
            return pandas.read_parquet(self._mlflow().artifacts.download_artifacts(artifact_uri=uri, dst_path=folder))


def _validated_run(model: Model) -> str:
    """A final model has seen all rows: what is known of it was found with the trial that it is made of."""
    return str(model.params.get("refit_of", model.run_id))


def _mlflow(tracking_uri: str | None) -> Any:
    try:
        import mlflow
        import mlflow.sklearn
    except ImportError:
        raise ImportError("Models need mlflow: pip install mlflow-skinny scikit-learn") from None
    if tracking_uri is not None and mlflow.get_tracking_uri() != tracking_uri:
        mlflow.set_tracking_uri(tracking_uri)
    return mlflow


def _in_notebook() -> bool:
    try:
        from IPython import get_ipython
    except ImportError:
        return False
    shell = get_ipython()
    return shell is not None and "IPKernelApp" in getattr(shell, "config", {})


def _display_table(frame: Any) -> None:
    if _in_notebook():
        from IPython.display import display

        display(frame)


def _display_picture(file: str) -> None:
    if _in_notebook():
        from IPython.display import Image, display

        display(Image(filename=file))


def _copy_folder(source: Path, target: Path) -> None:
    import shutil

    shutil.copytree(source, target, dirs_exist_ok=True)


def _remove_folder(folder: Path) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)
