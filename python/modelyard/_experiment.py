"""What the verbs of all problems have in common: one session of the engine, and the models that it makes."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ._dataset import write_table
from ._display import display_picture, display_table
from ._engine import Engine
from ._model import Model, load, mlflow_at
from ._program import EngineError
from ._server import Server
from ._words import LOWER_IS_BETTER, check_arguments, estimator_of, logged_as, metric_of

_USUAL_MINUTES = 10.0


class Experiment:
    """One session at a time: ``setup`` begins it. All other verbs need one, and raise EngineError without."""

    #: As ``automl`` has it.
    problem: str
    #: The usual metric.
    metric: str
    #: Estimators by their short names.
    names: dict[str, str]
    #: Pictures by PyCaret's names.
    pictures: dict[str, str]
    #: How mlflow loads its models.
    flavor = "sklearn"

    def __init__(self) -> None:
        self._engine: Engine | None = None
        self._folder: Path | None = None
        self._shown: Any = None
        self._target = ""
        self.tracking_uri = ""
        atexit.register(self.end_session)

    def models(self) -> Any:
        """The estimators that there are, with the short names of the other verbs."""
        short = {estimator: name for name, estimator in reversed(self.names.items())}
        return self._show([{"ID": short.get(one, one), "Name": one} for one in self._ask("models")])

    def compare_models(
        self,
        include: Sequence[Any] | None = None,
        exclude: Sequence[Any] | None = None,
        *,
        sort: str | None = None,
        n_select: int = 1,
        budget_time: float | None = None,
        **more: Any,
    ) -> Any:
        """
        Makes one model of each estimator, within ``budget_time`` minutes (10). Gives the best by the metric ``sort``, that
        of the session when it is left out, or a list of the ``n_select`` best.
        """
        check_arguments("compare_models", more, self.problem)
        by = metric_of(sort or self.metric, self.problem)
        asked = [estimator_of(one, self.names)[0] for one in include] if include else list(self._ask("models"))
        left_out = {estimator_of(one, self.names)[0] for one in exclude or []}
        estimators = [one for one in asked if one not in left_out]
        if not estimators:
            raise ValueError("No estimator is left to compare: include names those that exclude does not.")
        made = [self._model(row) for row in self._ask("compare", estimators=estimators, seconds=_seconds(budget_time))]
        if sort is not None:
            made.sort(key=lambda one: self._value(one, by), reverse=by not in LOWER_IS_BETTER)
        self._show([self._line(one) for one in made])
        return made[0] if n_select == 1 else made[:n_select]

    def create_model(self, estimator: Any, **params: Any) -> Model:
        """
        One model: of a short name such as ``lightgbm``, the name of a class, or an unfitted estimator of scikit-learn's
        kind; ``params`` are its hyperparameters, where they differ from the usual ones.
        """
        name, given = estimator_of(estimator, self.names)
        ours = {key: params.pop(key) for key in ("fold", "cross_validation", "verbose", "fit_kwargs") if key in params}
        check_arguments("create_model", ours, self.problem)
        return self._made("create", estimator=name, params={**given, **params})

    def tune_model(
        self,
        estimator: Model,
        *,
        n_iter: int = 10,
        optimize: str | None = None,
        choose_better: bool = True,
        budget_time: float | None = None,
        **more: Any,
    ) -> Model:
        """
        Tries ``n_iter`` other hyperparameters; gives the best by the metric ``optimize``, which with ``choose_better`` may
        be what was given.
        """
        check_arguments("tune_model", more, self.problem)
        return self._made(
            "tune",
            run=self._run(estimator),
            rounds=n_iter,
            keep_better=choose_better,
            metric=metric_of(optimize or self.metric, self.problem),
            seconds=_seconds(budget_time),
        )

    def blend_models(
        self,
        estimator_list: Sequence[Model],
        *,
        weights: Sequence[float] | None = None,
        choose_better: bool = False,
        optimize: str | None = None,
        method: str = "auto",
        **more: Any,
    ) -> Model:
        """A mean of the models, with ``weights``, or with those that do best on the validation rows."""
        check_arguments("blend_models", more, self.problem)
        if method not in ("auto", "soft"):
            raise ValueError(f"blend_models(method={method!r}) is not supported: probabilities are averaged ('soft').")
        if weights is not None and (len(weights) != len(estimator_list) or min(weights, default=-1) < 0 or not sum(weights)):
            raise ValueError("weights holds a number for each model: 0 or more, and not all 0.")
        runs = [self._run(one) for one in estimator_list]
        made = self._made("blend", runs=runs, weights=None if weights is None else list(weights))
        return self._better([*estimator_list, made], optimize) if choose_better else made

    def finalize_model(self, estimator: Model, **more: Any) -> Model:
        """The same, fitted to all rows, those of the test too."""
        check_arguments("finalize_model", more, self.problem)
        return self._made("finalize", run=self._run(estimator))

    def plot_model(self, estimator: Model, plot: str | None = None, *, save: bool | str = False, **more: Any) -> str:
        """
        A picture of the validation rows, by PyCaret's name or ours; ``save`` is a folder, or True for the working one.
        Gives its file, which without ``save`` lasts as long as the session. Raises ValueError with the names that there are.
        """
        check_arguments("plot_model", more, self.problem)
        asked = plot or next(iter(self.pictures))
        name = self.pictures.get(asked, asked)
        known = self._plots(estimator)
        if name not in known:
            raise ValueError(f"{estimator.name} has no plot {asked!r}. It has: {', '.join(sorted(known)) or 'none'}.")
        own = self._own_folder() / estimator.validated_run
        folder = Path(save) if isinstance(save, str) else Path.cwd() if save else own
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{name}.png"
        Server(self.tracking_uri).download(estimator.validated_run, f"plots/{name}.png", file)
        display_picture(str(file))
        return str(file)

    def evaluate_model(self, estimator: Model, **more: Any) -> dict[str, str]:
        """Shows the metrics and all pictures of a model; gives their files by name."""
        check_arguments("evaluate_model", more, self.problem)
        self._show([{"Model": estimator.name, **estimator.metrics}])
        return {name: self.plot_model(estimator, name) for name in self._plots(estimator)}

    def save_model(self, model: Model, model_name: str, **more: Any) -> str:
        """The model as a folder of this machine, in MLflow's format. Gives its path."""
        check_arguments("save_model", more, self.problem)
        target = Path(model_name).expanduser().resolve()
        uri = self._own(model).uri
        with tempfile.TemporaryDirectory() as folder:
            found = Path(self._mlflow().artifacts.download_artifacts(artifact_uri=uri, dst_path=folder))
            shutil.copytree(found, target, dirs_exist_ok=True)
        return str(target)

    def load_model(self, model_name: str, **more: Any) -> Any:
        """What ``save_model`` left, for ``predict_model``. Needs no session."""
        check_arguments("load_model", more, self.problem)
        return load(self.flavor, str(Path(model_name).expanduser().resolve()))

    def register_model(self, model: Model, name: str) -> str:
        """A new version of a registered model; gives its number."""
        mlflow = self._mlflow()
        logged = mlflow.get_run(self._run(model)).outputs.model_outputs[-1]
        return str(mlflow.register_model(f"models:/{logged.model_id}", name).version)

    def automl(self, optimize: str | None = None, **more: Any) -> Model:
        """The best of all models of the session, by its metric."""
        check_arguments("automl", more, self.problem)
        if optimize is not None and metric_of(optimize, self.problem) != self.metric:
            raise ValueError(f"The session compares by {self.metric}: setup(metric={optimize!r}) compares by another.")
        row = self._ask("best")
        if row is None:
            raise EngineError("No model was made yet.")
        return self._model(row)

    def get_leaderboard(self, **more: Any) -> Any:
        """All models of the session, best first."""
        check_arguments("get_leaderboard", more, self.problem)
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
            shutil.rmtree(folder, ignore_errors=True)

    def _begin(self, data: Any, target: str, config: dict[str, Any], tracking_uri: str | None) -> None:
        """``config`` as a search takes it, but for the data and what a session decides."""
        self.end_session()
        server = Server(tracking_uri)
        self.tracking_uri = server.client_uri
        is_path = isinstance(data, (str, os.PathLike))
        whole = {
            "problem_type": self.problem,
            "dataset": os.fspath(data) if is_path else str(write_table(data, self._own_folder())),
            "target_col": target,
            "timeout_seconds": 86_400,
            **config,
        }
        self._target = target
        self.metric = config["primary_metric"]
        self._engine = Engine({name: value for name, value in whole.items() if value is not None}, server)
        columns = self._engine.profile.get("columns", [])
        self._show([{"Column": one["name"], "Taken for": one["semantic"], "Missing": one["missing"]} for one in columns])

    def _own_folder(self) -> Path:
        """Of the session: it goes with it."""
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="modelyard-data-"))
        return self._folder

    def _ask(self, do: str, **more: Any) -> Any:
        if self._engine is None:
            raise EngineError("There is no session: call setup first.")
        return self._engine.ask(do, **{name: value for name, value in more.items() if value is not None})

    def _made(self, do: str, **more: Any) -> Model:
        model = self._model(self._ask(do, **more))
        self._show([self._line(model)])
        return model

    def _model(self, row: dict[str, Any]) -> Model:
        return Model(row, self.tracking_uri, self.flavor)

    def _own(self, model: Any) -> Model:
        if isinstance(model, Model):
            return model
        raise ValueError(f"A model of this session is needed, as create_model gives it; not {type(model).__name__}.")

    def _run(self, model: Any) -> str:
        return self._own(model).run_id

    def _value(self, model: Model, metric: str) -> float:
        worst = float("inf") if metric in LOWER_IS_BETTER else float("-inf")
        return model.metrics.get(f"val_{logged_as(metric, self.problem)}", worst)

    def _better(self, models: Sequence[Model], optimize: str | None) -> Model:
        metric = metric_of(optimize or self.metric, self.problem)
        choose = min if metric in LOWER_IS_BETTER else max
        return choose(reversed(models), key=lambda one: self._value(one, metric))

    def _line(self, model: Model) -> dict[str, Any]:
        validated = {name[4:]: value for name, value in model.metrics.items() if name.startswith("val_")}
        return {"Model": model.name, "Estimator": model.estimator, **validated, "run_id": model.run_id}

    def _show(self, rows: list[dict[str, Any]]) -> Any:
        try:
            import pandas
        except ImportError:
            self._shown = rows
        else:
            self._shown = pandas.DataFrame(rows)
            display_table(self._shown)
        return self._shown

    def _mlflow(self) -> Any:
        return mlflow_at(self.tracking_uri)

    def _plots(self, estimator: Model) -> list[str]:
        run_id = self._own(estimator).validated_run
        found = Server(self.tracking_uri).get("mlflow/artifacts/list", run_id=run_id, path="plots").get("files", [])
        return [Path(one["path"]).stem for one in found if one["path"].endswith(".png")]

    def _scored(self, model: Model) -> None:
        """Shows what the test rows say of a model; they are logged to its run."""
        scores = self._ask("test", runs=[model.run_id])[model.run_id]
        self._show([{"Model": model.name, **scores}])


def _seconds(minutes: float | None) -> float:
    return (minutes or _USUAL_MINUTES) * 60
