"""PyCaret's words: of metrics, of estimators, and of what is done in another way here."""

from __future__ import annotations

from typing import Any

#: Of each metric the name that models log it by, behind ``val_`` and ``test_``.
LOGGED_AS = {
    "f1": "f1_score",
    "precision": "precision_score",
    "accuracy": "accuracy_score",
    "r2": "r2_score",
    "mae": "mean_absolute_error",
    "mse": "mean_squared_error",
    "rmse": "root_mean_squared_error",
}
LOWER_IS_BETTER = {"log_loss", "mae", "mse", "rmse", "smape", "mdape"}
_METRICS = {
    "classification": ("accuracy", "roc_auc", "f1", "precision", "log_loss"),
    "regression": ("mae", "mse", "rmse", "r2"),
    "forecasting": ("smape", "mae", "mse", "rmse", "mdape"),
}
_OTHER_NAMES = {"auc": "roc_auc", "prec.": "precision", "acc": "accuracy", "logloss": "log_loss"}


def metric_of(word: str, problem: str) -> str:
    """The metric that is meant, such as ``roc_auc`` by ``AUC``. Raises ValueError for one that is not measured."""
    name = _OTHER_NAMES.get(word.lower(), word.lower())
    if name not in _METRICS[problem]:
        raise ValueError(f"Models are measured by {', '.join(_METRICS[problem])}, not by {word!r}.")
    return name


def logged_as(metric: str, problem: str) -> str:
    """Forecasts are logged by the short names."""
    return metric if problem == "forecasting" else LOGGED_AS.get(metric, metric)


def estimator_of(given: Any, names: dict[str, str]) -> tuple[str, dict[str, Any]]:
    """
    The class that is meant by a short name, the name of a class, or an unfitted estimator, and the hyperparameters that
    it was given.
    """
    if isinstance(given, str):
        return names.get(given, given), {}
    if not hasattr(given, "get_params"):
        raise ValueError(f"An estimator is named, as models() lists them, or is one of scikit-learn; not {given!r}.")
    usual = type(given)().get_params()
    set_by_session = {"random_state", "n_jobs", "verbose", "verbosity"}
    params = {
        name: value
        for name, value in given.get_params(deep=False).items()
        if name not in set_by_session and value is not usual.get(name) and value != usual.get(name)
    }
    return type(given).__name__, params


#: Arguments that ask for what is done anyway, or for nothing.
_HARMLESS = set(
    "data_split_stratify display_format engine errors experiment_custom_tags fit_kwargs fold_shuffle groups html index "
    "keep_features log_data log_experiment log_plots log_profile memory n_jobs plot_kwargs preprocess profile profile_kwargs "
    "return_train_score round scale search_library silent system_log turbo tuner_verbose use_train_data verbose".split()
)
#: Arguments that may say this alone.
_USUAL = {
    "cross_validation": True,
    "data_split_shuffle": True,
    "fold": 5,
    "fold_strategy": "stratifiedkfold",
    "imputation_type": "simple",
    "train_size": 0.8,
}
#: What to do instead.
_INSTEAD = {
    "bin_numeric_features": "trees cut numbers into ranges by themselves; of linear models tune_model tries splines",
    "cross_validation": "all models of a session are validated by the same rows",
    "custom_grid": "create_model takes hyperparameters as arguments; tune_model chooses them by itself",
    "custom_pipeline": "open the notebook of a model, change its pipeline and run it: it logs beside the others",
    "custom_scorer": "optimize names one of the metrics that are measured",
    "data_func": "give data",
    "data_split_shuffle": "time_col='column' splits by time instead of by chance",
    "encoding_method": "categories with many values are encoded by the mean of the target",
    "fix_imbalance": "create_model('lr', class_weight='balanced') weighs classes, and optimize_threshold(model, 'F1') chooses a threshold",
    "fold": "rows are validated in 5 folds below 5,000 rows, else by a fifth of them; split_col='column' says train, validate or test for each row",
    "fold_groups": "split_col='column' says train, validate or test for each row",
    "fold_strategy": "time_col='column' validates by later rows, split_col='column' by those that it names",
    "group_features": "add the columns to the data",
    "imputation_type": "numeric_imputation, categorical_imputation or imputers={'column': 'median'} say what fills a column",
    "low_variance_threshold": "columns that hold one value are left out anyway; ignore_features names others",
    "meta_model": "what stands on top is a logistic regression ('lr'), and of numbers a ridge regression ('ridge')",
    "ordinal_features": "give the column as numbers in their order",
    "outliers_method": "take the rows out of the data; normalize_method='robust' makes less of them",
    "parallel": "n_jobs says how many models are made at a time",
    "probability_threshold": "optimize_threshold(model) chooses one, and the model keeps it",
    "remove_multicollinearity": "pca=True or feature_selection=True, or name the columns in ignore_features",
    "remove_outliers": "take the rows out of the data; normalize_method='robust' makes less of them",
    "restack": "what stands on top sees the models' predictions alone",
    "search_algorithm": "Optuna chooses",
    "test_data": "one table, with split_col='column' that says train, validate or test for each row",
    "text_features": "columns of sentences are found by themselves, and counted by words",
    "train_size": "a fifth of the rows is the test; split_col='column' says train, validate or test for each row",
    "transform_target": "the logarithm is tried by itself where all values are positive",
    "use_gpu": "models are trained on the cores of this machine",
}


#: The same of forecasts.
_USUAL_OF_FORECASTS = {"cross_validation": True, "fold_strategy": "expanding"}
_INSTEAD_OF_FORECASTS = {
    **_INSTEAD,
    "cross_validation": "all models of a session are validated by the same forecasts of the past",
    "fold": "models forecast from 5 times of the past, from more of them when the horizon is short, as far as the series reach",
    "fold_strategy": "for each forecast of the past a model is fitted to all that came before it ('expanding')",
    "test_data": "give the series whole: their last steps are the test",
    "train_size": "the last steps of the series are the test, as many as fh says",
    "transform_target": "logarithms are tried by themselves where all values are positive",
}


def check_arguments(verb: str, given: dict[str, Any], problem: str) -> None:
    """Raises ValueError for an argument that would have changed something, and says what to do instead."""
    is_forecast = problem == "forecasting"
    usual, instead = (_USUAL_OF_FORECASTS, _INSTEAD_OF_FORECASTS) if is_forecast else (_USUAL, _INSTEAD)
    for name, value in given.items():
        if name in _HARMLESS:
            continue
        if name not in instead:
            raise TypeError(f"{verb}() has no argument {name!r}.")
        if value is not None and value is not False and value != usual.get(name):
            raise ValueError(f"{verb}({name}={value!r}) is not supported: {instead[name]}.")
