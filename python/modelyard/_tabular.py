"""The verbs for tables: classification and regression."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ._experiment import Experiment
from ._model import Model
from ._server import Server
from ._setup import imputers_of, preparation_of, typed, with_types
from ._words import check_arguments, metric_of

#: Options of ``automl.classify`` that setup takes too.
_OPTIONS = {"memory_mb", "pos_label", "query", "sample_weight_col", "split_col", "time_col"}


class TabularExperiment(Experiment):
    def setup(
        self,
        data: Any,
        target: str,
        *,
        metric: str | None = None,
        session_id: int | None = None,
        ignore_features: Sequence[str] | None = None,
        numeric_features: Sequence[str] | None = None,
        categorical_features: Sequence[str] | None = None,
        date_features: Sequence[str] | None = None,
        numeric_imputation: Any = None,
        categorical_imputation: str | None = None,
        imputers: dict[str, Any] | None = None,
        polynomial_features: bool = False,
        polynomial_degree: int = 2,
        transformation: bool = False,
        transformation_method: str = "yeo-johnson",
        normalize: bool = False,
        normalize_method: str = "zscore",
        feature_selection: bool = False,
        n_features_to_select: float = 0.2,
        pca: bool = False,
        pca_components: float | None = None,
        n_jobs: int | None = None,
        experiment_name: str | None = None,
        tracking_uri: str | None = None,
        **more: Any,
    ) -> TabularExperiment:
        """
        Prepares ``data`` (a table in memory, or a path) to predict ``target``: types, split and folds are decided, once.
        A fifth of the rows is the test; the others are validated in five folds, by a fifth of them from 5,000 on.

        ``metric`` is what models are compared by, ``session_id`` the seed, ``n_jobs`` how many models are made at a time.
        ``imputers`` gives for columns what ``automl.classify`` takes; so do query, time_col, split_col,
        sample_weight_col, pos_label, memory_mb. Raises ValueError for arguments of PyCaret that have no counterpart,
        which says what to do instead, and EngineError for data that cannot be learnt from.
        """
        options = {name: more.pop(name) for name in _OPTIONS & more.keys()}
        check_arguments("setup", more, self.problem)
        preparation = preparation_of(
            normalize,
            normalize_method,
            transformation,
            transformation_method,
            polynomial_features,
            polynomial_degree,
            feature_selection,
            n_features_to_select,
            pca,
            pca_components,
        )
        ignored = list(ignore_features or [])
        data = with_types(data, categorical_features or [], date_features or [])
        used = [name for name in getattr(data, "columns", []) if name != target and name not in ignored]
        config = {
            "primary_metric": metric_of(metric or type(self).metric, self.problem),
            "exclude_cols": ignored,
            "imputers": {
                **imputers_of(data, used, numeric_imputation, categorical_imputation),
                **typed(numeric_features, categorical_features),
                **(imputers or {}),
            },
            "seed": session_id,
            "experiment_name": experiment_name,
            "parallel_trials": n_jobs if n_jobs and n_jobs > 0 else None,
            **options,
        }
        self._begin(data, target, config, tracking_uri)
        if preparation:
            self._ask("prepare", params=preparation)
        return self

    def ensemble_model(
        self,
        estimator: Model,
        *,
        method: str = "Bagging",
        n_estimators: int = 10,
        choose_better: bool = False,
        optimize: str | None = None,
        **more: Any,
    ) -> Model:
        """Many of one model: ``Bagging`` or ``Boosting``. With ``choose_better`` the better of what was given and this."""
        check_arguments("ensemble_model", more, self.problem)
        made = self._made("ensemble", run=self._run(estimator), method=method.lower(), count=n_estimators)
        return self._better([estimator, made], optimize) if choose_better else made

    def stack_models(
        self,
        estimator_list: Sequence[Model],
        meta_model: Any = None,
        *,
        choose_better: bool = False,
        optimize: str | None = None,
        **more: Any,
    ) -> Model:
        """A linear model of the models' predictions."""
        usual = "ridge" if self.problem == "regression" else "lr"
        check_arguments("stack_models", {**more, "meta_model": None if meta_model == usual else meta_model}, self.problem)
        made = self._made("stack", runs=[self._run(one) for one in estimator_list])
        return self._better([*estimator_list, made], optimize) if choose_better else made

    def interpret_model(self, estimator: Model, **more: Any) -> str:
        """What its predictions depend on most. Gives the file of the picture."""
        check_arguments("interpret_model", more, self.problem)
        return self.plot_model(estimator, "feature")

    def predict_model(self, estimator: Any, data: Any = None, *, raw_score: bool = False, **more: Any) -> Any:
        """
        ``data`` with the column ``prediction_label`` and, of classes, ``prediction_score``: its probability, or with
        ``raw_score`` that of each class. Without data: the test rows, whose metrics are shown, logged to the run, and given
        by ``pull``; for a final model, which was fitted to them, by the model that it is made of. ``estimator`` is a model
        of the session or what ``load_model`` gives.
        """
        import numpy

        check_arguments("predict_model", more, self.problem)
        if data is None:
            self._scored(self._own(estimator))
            data, model = self._test_rows(), estimator.validated
        else:
            model = estimator.pipeline if isinstance(estimator, Model) else estimator
        rows = data.filter(regex="^(?!_automl_)")
        features = rows.drop(columns=[self._target], errors="ignore")
        # scikit-learn takes one row at least.
        predicted = rows.assign(prediction_label=model.predict(features) if len(rows) else [])
        if self.problem == "regression":
            return predicted
        scores = model.predict_proba(features) if len(rows) else numpy.empty((0, len(model.classes_)))
        if raw_score:
            return predicted.assign(**{f"prediction_score_{one}": scores[:, at] for at, one in enumerate(model.classes_)})
        places = [list(model.classes_).index(label) for label in predicted["prediction_label"]]
        return predicted.assign(prediction_score=scores[range(len(places)), places])

    def _test_rows(self) -> Any:
        import pandas

        if self._engine is None:
            raise ValueError("The test rows are those of a session: call setup first, or give data.")
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "test.parquet")
            Server(self.tracking_uri).download(self._engine.run_id, "data/test.parquet", file)
            return pandas.read_parquet(file)
