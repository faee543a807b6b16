"""scikit-learn autologging, with a grid search: what MLflow's users turn on in one line."""

import mlflow
import pandas as pd
import pytest
from sklearn.datasets import load_iris
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV


@pytest.mark.filterwarnings("ignore")
def test_grid_search(client, experiment, tmp_path):
    features, target = load_iris(return_X_y=True, as_frame=True)
    mlflow.sklearn.autolog(max_tuning_runs=3, silent=True)
    grid = {"n_estimators": [2, 4], "max_depth": [1, 3]}
    with mlflow.start_run() as run:
        search = GridSearchCV(RandomForestClassifier(random_state=0), grid, cv=3).fit(features, target)
    parent = client.get_run(run.info.run_id)
    assert parent.info.status == "FINISHED"
    assert parent.data.params["best_n_estimators"] == str(search.best_params_["n_estimators"])
    assert parent.data.params["cv"] == "3"
    assert parent.data.metrics["best_cv_score"] == pytest.approx(search.best_score_)
    assert 0 < parent.data.metrics["training_accuracy_score"] <= 1
    assert parent.data.tags["estimator_name"] == "GridSearchCV"

    children = client.search_runs(
        [experiment.experiment_id],
        f"tags.mlflow.parentRunId = '{run.info.run_id}'",
        order_by=["metrics.mean_test_score DESC"],
    )
    assert len(children) == 3
    assert all(child.info.status == "FINISHED" for child in children)
    assert children[0].data.metrics["mean_test_score"] == pytest.approx(search.best_score_)
    assert {"n_estimators", "max_depth"} <= set(children[0].data.params)

    files = {item.path for item in client.list_artifacts(run.info.run_id)}
    assert {"cv_results.csv", "estimator.html", "training_confusion_matrix.png"} <= files
    results = pd.read_csv(client.download_artifacts(run.info.run_id, "cv_results.csv", tmp_path))
    assert len(results) == 4

    models = client.search_logged_models([experiment.experiment_id])
    assert {model.name for model in models} >= {"model", "best_estimator"}
    best = next(model for model in models if model.name == "best_estimator")
    loaded = mlflow.sklearn.load_model(f"models:/{best.model_id}")
    assert (loaded.predict(features) == search.predict(features)).all()
    assert parent.inputs.dataset_inputs[0].tags[0].value == "train"


@pytest.mark.filterwarnings("ignore")
def test_plain_estimator_and_scoring(client, experiment):
    features, target = load_iris(return_X_y=True)
    mlflow.autolog(log_models=False, silent=True)
    with mlflow.start_run() as run:
        model = LogisticRegression(max_iter=500).fit(features[::2], target[::2])
        score = model.score(features[1::2], target[1::2])
    stored = client.get_run(run.info.run_id)
    assert stored.data.params["max_iter"] == "500"
    scores = [value for key, value in stored.data.metrics.items() if key.startswith("LogisticRegression_score")]
    assert scores == [pytest.approx(score)]
    assert stored.data.tags["estimator_class"] == "sklearn.linear_model._logistic.LogisticRegression"
