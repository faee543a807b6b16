"""What mlflow 3 does on the side must never stop the user's own program, whatever the server offers of it."""

import mlflow
import numpy as np
import pandas as pd
import pytest
from mlflow.exceptions import MlflowException
from mlflow.models import infer_signature
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression


def test_traced_functions_run(experiment):
    @mlflow.trace
    def double(x):
        with mlflow.start_span("inside") as span:
            span.set_inputs({"x": x})
            span.set_outputs(x * 2)
        return x * 2

    @mlflow.trace(name="fails", attributes={"k": "v"})
    def fail():
        raise KeyError("of the user")

    with mlflow.start_run() as run:
        assert double(21) == 42
        with pytest.raises(KeyError, match="of the user"):
            fail()
        with mlflow.start_span("outer") as span:
            span.set_attribute("a", 1)
        mlflow.flush_trace_async_logging()
        mlflow.log_metric("after", 1)
    assert mlflow.get_run(run.info.run_id).data.metrics == {"after": 1.0}


@pytest.mark.filterwarnings("ignore")
def test_evaluate_classifier(client, experiment):
    features, target = load_iris(return_X_y=True, as_frame=True)
    model = LogisticRegression(max_iter=500).fit(features, target)
    with mlflow.start_run() as run:
        info = mlflow.sklearn.log_model(
            model,
            name="model",
            signature=infer_signature(features, model.predict(features)),
            pip_requirements=["scikit-learn"],
        )
        result = mlflow.models.evaluate(
            info.model_uri,
            features.assign(label=target),
            targets="label",
            model_type="classifier",
            evaluator_config={"log_explainer": False},
        )
    stored = client.get_run(run.info.run_id)
    assert stored.data.metrics["accuracy_score"] == pytest.approx(result.metrics["accuracy_score"])
    names = {item.path for item in client.list_artifacts(run.info.run_id)}
    assert any("confusion_matrix" in name for name in names)
    assert any("per_class_metrics" in name for name in names)
    assert {metric.key for metric in client.get_logged_model(info.model_id).metrics} >= {"accuracy_score"}


def test_custom_python_model(client, experiment, unique):
    class Adder(mlflow.pyfunc.PythonModel):
        def __init__(self, n):
            self.n = n

        def predict(self, context, model_input, params=None):
            return model_input.apply(lambda column: column + self.n)

    name = unique("adder")
    with mlflow.start_run():
        mlflow.pyfunc.log_model(
            name="adder", python_model=Adder(5), registered_model_name=name, pip_requirements=["mlflow"]
        )
    frame = pd.DataFrame({"a": np.arange(3.0)})
    assert list(mlflow.pyfunc.load_model(f"models:/{name}/1").predict(frame)["a"]) == [5.0, 6.0, 7.0]


def test_asking_for_traces_says_that_there_are_none_yet(server, experiment):
    if server.is_mlflow:
        assert len(mlflow.search_traces()) == 0
        return
    # The name that mlflow gives the error is what its users see; a program that only logs traces goes on (above).
    with pytest.raises(MlflowException, match="ENDPOINT_NOT_FOUND: Traces are not offered by this server yet"):
        mlflow.search_traces()
