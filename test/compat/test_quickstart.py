"""The quickstart that every MLflow user knows, unchanged."""

import mlflow
import numpy as np
import pandas as pd
import pytest
from mlflow.models import infer_signature
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split


def test_quickstart(server, client, unique):
    features, target = load_iris(return_X_y=True, as_frame=True)
    x_train, x_test, y_train, y_test = train_test_split(features, target, test_size=0.2, random_state=42)
    params = {"solver": "lbfgs", "max_iter": 1000, "random_state": 8888}
    model = LogisticRegression(**params).fit(x_train, y_train)
    expected = model.predict(x_test)
    accuracy = accuracy_score(y_test, expected)
    name = unique("iris quick+start ä")

    mlflow.set_experiment(unique("MLflow Quickstart"))
    with mlflow.start_run() as run:
        mlflow.log_params(params)
        mlflow.log_metric("accuracy", accuracy)
        mlflow.set_tag("Training Info", "Basic LR model for iris data")
        info = mlflow.sklearn.log_model(
            sk_model=model,
            name="iris_model",
            signature=infer_signature(x_train, model.predict(x_train)),
            input_example=x_train.head(3),
            registered_model_name=name,
        )

    stored = client.get_run(run.info.run_id)
    assert stored.info.status == "FINISHED"
    assert stored.data.params == {key: str(value) for key, value in params.items()}
    assert stored.data.metrics["accuracy"] == accuracy
    assert stored.data.tags["Training Info"] == "Basic LR model for iris data"
    assert [output.model_id for output in stored.outputs.model_outputs] == [info.model_id]

    version = client.get_model_version(name, "1")
    assert version.run_id == run.info.run_id
    assert version.status == "READY"
    assert version.source == f"models:/{info.model_id}"

    uris = [f"models:/{name}/1", f"models:/{name}/latest", f"models:/{info.model_id}", info.model_uri]
    uris.append(f"runs:/{run.info.run_id}/iris_model")
    for uri in uris:
        loaded = mlflow.pyfunc.load_model(uri)
        assert np.array_equal(loaded.predict(x_test), expected), uri
    assert loaded.metadata.signature == info.signature
    assert np.array_equal(mlflow.sklearn.load_model(f"models:/{name}/1").predict(x_test), expected)

    frame = pd.DataFrame(x_test).assign(predicted=loaded.predict(x_test))
    assert len(frame) == 30
    described = mlflow.models.get_model_info(f"models:/{name}/1")
    assert described.model_id == info.model_id
    assert set(described.flavors) == {"python_function", "sklearn"}


def test_second_version_and_alias_in_uri(client, unique, experiment):
    name = unique("two versions")
    models = [LogisticRegression(C=c).fit([[0.0], [1.0]], [0, 1]) for c in (1.0, 2.0)]
    for model in models:
        mlflow.sklearn.log_model(model, name="model", registered_model_name=name, pip_requirements=["scikit-learn"])
    assert {version.version for version in client.search_model_versions(f"name = '{name}'")} == {"1", "2"}

    client.set_registered_model_alias(name, "champion", "1")
    assert mlflow.sklearn.load_model(f"models:/{name}@champion").C == 1.0
    client.set_registered_model_alias(name, "champion", 2)
    assert mlflow.sklearn.load_model(f"models:/{name}@champion").C == 2.0
    client.transition_model_version_stage(name, "1", "Staging")
    assert mlflow.sklearn.load_model(f"models:/{name}/Staging").C == 1.0


def test_model_that_is_not_there(unique):
    for uri in (f"models:/{unique('none')}/1", "models:/m-00000000000000000000000000000000"):
        with pytest.raises(mlflow.MlflowException) as caught:
            mlflow.pyfunc.load_model(uri)
        assert caught.value.error_code == "RESOURCE_DOES_NOT_EXIST", uri
