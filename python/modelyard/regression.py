"""
Low-code regression, with PyCaret's verbs: ``from modelyard.regression import *``.

    setup(data, target="price")
    best = compare_models()
    tuned = tune_model(best)
    blended = blend_models([best, tuned])
    final = finalize_model(blended)
    predict_model(final, data=new_rows)

Each verb makes models with their runs and notebooks on the tracking server; the engine is the program ``modelyard`` of
this machine. ``RegressionExperiment()`` has the same verbs as methods, for several sessions side by side.
"""

from __future__ import annotations

from ._model import Model
from ._program import EngineError
from ._tabular import TabularExperiment


class RegressionExperiment(TabularExperiment):
    problem = "regression"
    metric = "r2"
    names = {
        "lr": "Ridge",
        "ridge": "Ridge",
        "en": "ElasticNet",
        "dt": "DecisionTreeRegressor",
        "rf": "RandomForestRegressor",
        "et": "ExtraTreesRegressor",
        "sgd": "SGDRegressor",
        "svm": "SVR",
        "mlp": "MLPRegressor",
        "lightgbm": "LGBMRegressor",
        "xgboost": "XGBRegressor",
        "dummy": "DummyRegressor",
    }
    pictures = {"residuals": "residuals", "error": "predicted", "feature": "importance", "feature_all": "importance"}


_experiment = RegressionExperiment()

setup = _experiment.setup
models = _experiment.models
compare_models = _experiment.compare_models
create_model = _experiment.create_model
tune_model = _experiment.tune_model
ensemble_model = _experiment.ensemble_model
blend_models = _experiment.blend_models
stack_models = _experiment.stack_models
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
    "EngineError",
    "Model",
    "RegressionExperiment",
    "automl",
    "blend_models",
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
    "plot_model",
    "predict_model",
    "pull",
    "register_model",
    "save_model",
    "setup",
    "stack_models",
    "tune_model",
]
