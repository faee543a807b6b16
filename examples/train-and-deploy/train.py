"""Tries every combination of a parameter grid on a data set, and records each as a run with its model.

    python train.py '{"dataset": "iris", "model": "LogisticRegression", "grid": {"C": [0.1, 1, 10]}}'

MLFLOW_TRACKING_URI says where the runs go. Standard output is one JSON object a line: started, progress, finished or
error. Everything else that libraries print goes to standard error.
"""

import json
import signal
import sys

import mlflow
import pandas
import sklearn
from sklearn import datasets, metrics
from sklearn.base import clone
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.model_selection import GridSearchCV, ParameterGrid, train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

EXPERIMENT = "train-and-deploy"
FOLDS = 5

DATASETS = {
    "iris": (datasets.load_iris, "species"),
    "wine": (datasets.load_wine, "cultivar"),
    "breast-cancer": (datasets.load_breast_cancer, "diagnosis"),
    "diabetes": (lambda **options: datasets.load_diabetes(scaled=False, **options), "progression"),
}
MODELS = {
    "classification": {
        "LogisticRegression": LogisticRegression(max_iter=1000),
        "RandomForest": RandomForestClassifier(random_state=0),
    },
    "regression": {"LinearRegression": LinearRegression(), "RandomForest": RandomForestRegressor(random_state=0)},
}
# The first of each ranks the combinations.
METRICS = {
    "classification": {
        "accuracy": metrics.accuracy_score,
        "f1": lambda truth, guess: metrics.f1_score(truth, guess, average="macro"),
    },
    "regression": {"r2": metrics.r2_score, "rmse": metrics.root_mean_squared_error},
}

# Libraries print to standard output too, mlflow the addresses of runs: that is not for who reads our lines.
lines, sys.stdout = sys.stdout, sys.stderr


def tell(event, **more):
    print(json.dumps({"event": event, **more}), file=lines, flush=True)


def load(name):
    """The data set as a table with its answers in the column `target`, and what kind of question that is."""
    read, target = DATASETS[name]
    data = read(as_frame=True)
    names = data.get("target_names")
    answers = data.target if names is None else data.target.map(lambda index: str(names[index]))
    kind = "regression" if names is None else "classification"
    return data.data.assign(**{target: answers}), target, kind


def combinations(estimator, grid):
    allowed = sorted(estimator.get_params())
    unknown = [name for name in grid if name not in allowed]
    if unknown:
        raise ValueError(f"{type(estimator).__name__} has no parameter {unknown[0]!r}. It has: {', '.join(allowed)}.")
    return len(ParameterGrid(grid))


def search(estimator, grid, count, measure, table, target):
    """Cross-validates all combinations; a table with a row for each."""
    done = 0

    def score(model, features, truth):
        nonlocal done
        done += 1
        tell("progress", done=done, of=count * FOLDS, doing="cross-validating")
        return measure(model, features, truth)

    step = estimator.steps[-1][0]
    named = {f"{step}__{name}": values for name, values in grid.items()}
    found = GridSearchCV(estimator, named, scoring=score, refit=False, cv=FOLDS, error_score="raise")
    found.fit(table.drop(columns=target), table[target])
    return pandas.DataFrame(found.cv_results_)


def record(model, params, row, measure, names, table, holdout, target):
    """Trains one combination on everything but the rows held out, and keeps it as a child of the active run."""
    model.set_params(**params).fit(table.drop(columns=target), table[target])
    features = holdout.drop(columns=target)
    last, prefix = model.steps[-1][1], f"{model.steps[-1][0]}__"
    short = {name.removeprefix(prefix): value for name, value in params.items()}
    label = ", ".join(f"{name}={value}" for name, value in short.items()) or "defaults"
    with mlflow.start_run(run_name=label, nested=True, tags={"estimator": type(last).__name__}):
        mlflow.log_params(short)
        mlflow.log_metrics({f"cv_{name}": row[f"mean_test_{name}"] for name in names})
        mlflow.log_metrics({f"cv_{name}_std": row[f"std_test_{name}"] for name in names})
        mlflow.log_metrics({f"holdout_{name}": value for name, value in measure(model, features, holdout[target]).items()})
        guesses = pandas.Series(model.predict(features), name=target)
        mlflow.sklearn.log_model(
            model,
            name="model",
            signature=mlflow.models.infer_signature(features, guesses),
            input_example=features.head(3),
            # Said here because finding it out takes seconds for each model.
            pip_requirements=[f"mlflow=={mlflow.__version__}", f"scikit-learn=={sklearn.__version__}"],
            # What a random forest is made of, and mlflow takes for unsafe unless it is named.
            skops_trusted_types=["sklearn.tree._tree.Tree"],
        )


def train(name, model, grid):
    table, target, kind = load(name)
    estimator = MODELS[kind][model]
    count = combinations(estimator, grid)
    names = list(METRICS[kind])

    def measure(fitted, features, truth):
        guess = fitted.predict(features)
        return {metric: float(function(truth, guess)) for metric, function in METRICS[kind].items()}

    pipeline = make_pipeline(StandardScaler(), estimator)
    table, holdout = train_test_split(table, test_size=0.25, random_state=0)
    mlflow.set_experiment(EXPERIMENT)
    with mlflow.start_run(run_name=f"{name} {model}", tags={"dataset": name, "model": model, "kind": kind}) as parent:
        tell("started", runId=parent.info.run_id, combinations=count)
        try:
            mlflow.log_params({"dataset": name, "model": model, "folds": FOLDS, "combinations": count})
            mlflow.log_dict(grid, "grid.json")
            mlflow.log_text(holdout.to_csv(index=False), "holdout.csv")
            mlflow.log_input(mlflow.data.from_pandas(table, name=name, targets=target), context="training")
            results = search(pipeline, grid, count, measure, table, target)
            mlflow.log_text(results.to_csv(index=False), "cv_results.csv")
            for done, row in results.iterrows():
                record(clone(pipeline), row["params"], row, measure, names, table, holdout, target)
                tell("progress", done=done + 1, of=count, doing="recording runs")
            best = float(results[f"mean_test_{names[0]}"].max())
            mlflow.log_metric(f"best_cv_{names[0]}", best)
        except KeyboardInterrupt:
            while mlflow.active_run():
                mlflow.end_run("KILLED")
            raise
    tell("finished", runId=parent.info.run_id, combinations=count, metric=names[0], best=best)


def stop(*_):
    raise KeyboardInterrupt


signal.signal(signal.SIGTERM, stop)
try:
    order = json.loads(sys.argv[1])
    train(order["dataset"], order["model"], order["grid"])
except KeyboardInterrupt:
    sys.exit(130)
except Exception as error:  # pylint: disable=broad-except
    # A wrong value in a grid is told by scikit-learn, in words that say which values there are.
    tell("error", message=str(error).split("\n\n")[0].strip())
    raise
