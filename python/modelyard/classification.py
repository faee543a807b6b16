"""
Low-code classification, with PyCaret's verbs: ``from modelyard.classification import *``.

    setup(data, target="churned")
    best = compare_models()
    tuned = tune_model(best)
    blended = blend_models([best, tuned])
    final = finalize_model(blended)
    predict_model(final, data=new_rows)

Each verb makes models with their runs and notebooks on the tracking server; the engine is the program ``modelyard`` of
this machine.
"""

from __future__ import annotations

from ._engine import EngineError
from ._steps import Model, Steps

_steps = Steps(
    "classification",
    "accuracy",
    {
        "lr": "LogisticRegression",
        "dt": "DecisionTreeClassifier",
        "rf": "RandomForestClassifier",
        "et": "ExtraTreesClassifier",
        "svm": "SGDClassifier",
        "lightgbm": "LGBMClassifier",
        "xgboost": "XGBClassifier",
        "dummy": "DummyClassifier",
    },
)

setup = _steps.setup
models = _steps.models
compare_models = _steps.compare_models
create_model = _steps.create_model
tune_model = _steps.tune_model
ensemble_model = _steps.ensemble_model
blend_models = _steps.blend_models
stack_models = _steps.stack_models
evaluate_model = _steps.evaluate_model
plot_model = _steps.plot_model
interpret_model = _steps.interpret_model
finalize_model = _steps.finalize_model
predict_model = _steps.predict_model
save_model = _steps.save_model
load_model = _steps.load_model
register_model = _steps.register_model
automl = _steps.automl
get_leaderboard = _steps.get_leaderboard
pull = _steps.pull
end_session = _steps.end_session

__all__ = [
    "EngineError",
    "Model",
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
