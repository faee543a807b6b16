"""
Low-code classification, with PyCaret's verbs: ``from modelyard.classification import *``.

    setup(data, target="churned")
    best = compare_models()
    tuned = tune_model(best)
    blended = blend_models([best, tuned])
    final = finalize_model(blended)
    predict_model(final, data=new_rows)

Each verb makes models with their runs and notebooks on the tracking server; the engine is the program ``modelyard`` of
this machine. ``ClassificationExperiment()`` has the same verbs as methods, for several sessions side by side.
"""

from __future__ import annotations

from typing import Any

from ._model import Model
from ._program import EngineError
from ._tabular import TabularExperiment
from ._words import check_arguments, metric_of


class ClassificationExperiment(TabularExperiment):
    problem = "classification"
    metric = "accuracy"
    names = {
        "lr": "LogisticRegression",
        "dt": "DecisionTreeClassifier",
        "rf": "RandomForestClassifier",
        "et": "ExtraTreesClassifier",
        "svm": "SGDClassifier",
        "rbfsvm": "SVC",
        "mlp": "MLPClassifier",
        "lightgbm": "LGBMClassifier",
        "xgboost": "XGBClassifier",
        "dummy": "DummyClassifier",
    }
    pictures = {"auc": "roc", "pr": "precision_recall", "feature": "importance", "feature_all": "importance"}

    def calibrate_model(self, estimator: Model, *, method: str = "sigmoid", **more: Any) -> Model:
        """The same learner, its probabilities made true by ``sigmoid`` or ``isotonic``, within five folds of its rows."""
        check_arguments("calibrate_model", more, self.problem)
        if method not in ("sigmoid", "isotonic"):
            raise ValueError(f"calibrate_model takes the method sigmoid or isotonic, not {method!r}.")
        return self._made("calibrate", run=self._run(estimator), method=method)

    def optimize_threshold(self, estimator: Model, optimize: str = "Accuracy", **more: Any) -> Model:
        """
        Of two classes: the same model, which predicts the positive one from the probability on at which the metric
        ``optimize`` is best: Accuracy, F1 or Precision. The validation rows are decided by thresholds of other rows.
        """
        check_arguments("optimize_threshold", more, self.problem)
        return self._made("threshold", run=self._run(estimator), metric=metric_of(optimize, self.problem))


_experiment = ClassificationExperiment()

setup = _experiment.setup
models = _experiment.models
compare_models = _experiment.compare_models
create_model = _experiment.create_model
tune_model = _experiment.tune_model
ensemble_model = _experiment.ensemble_model
blend_models = _experiment.blend_models
stack_models = _experiment.stack_models
calibrate_model = _experiment.calibrate_model
optimize_threshold = _experiment.optimize_threshold
evaluate_model = _experiment.evaluate_model
plot_model = _experiment.plot_model
interpret_model = _experiment.interpret_model
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
    "ClassificationExperiment",
    "EngineError",
    "Model",
    "automl",
    "blend_models",
    "calibrate_model",
    "compare_models",
    "create_model",
    "end_session",
    "ensemble_model",
    "evaluate_model",
    "finalize_model",
    "get_leaderboard",
    "interpret_model",
    "load_model",
    "models",
    "optimize_threshold",
    "plot_model",
    "predict_model",
    "pull",
    "register_model",
    "save_model",
    "setup",
    "stack_models",
    "tune_model",
]
