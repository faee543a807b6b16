"""Fills a tracking store of the real MLflow with one of everything, deleted things too: make_mlflow.py TRACKING_URI."""

import os
import sys

os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
os.environ["GIT_PYTHON_REFRESH"] = "quiet"

import mlflow
import numpy
from mlflow import MlflowClient
from mlflow.entities import LoggedModelInput, LoggedModelOutput, Metric, Param

uri = sys.argv[1]
mlflow.set_tracking_uri(uri)
mlflow.set_registry_uri(uri)
client = MlflowClient()

experiment = client.create_experiment("naïve 日本", tags={"team": "a: b", "odd/key": "x"})
run = client.create_run(experiment, run_name="1e5", tags={"x/y": "two\nlines", "long": "t" * 8000, "lsep": "a\u2028b"})
run_id = run.info.run_id
client.log_batch(
    run_id,
    metrics=[
        Metric("loss", float("nan"), 1000, 1),
        Metric("loss", float("inf"), 1001, 2),
        Metric("loss", -0.5, 1002, 2**60 + 1),
        Metric("loss", -0.5, 999, 0),
        Metric("val/a b", 1e-300, 5, -3),
    ],
    params=[Param("p/q", "v\nw"), Param("ü", "日本")],
)
dataset = mlflow.data.from_numpy(numpy.array([1, 2, 3]), name="ds")
with mlflow.start_run(run_id=run_id):
    mlflow.log_input(dataset, context="train")
    mlflow.log_text("hello", "model/weights.txt")
    mlflow.log_text("", "empty.txt")
    mlflow.log_text("ü", "ordner/ü 1.txt")
model = client.create_logged_model(experiment, "lm", run_id, {"t": "1"}, {"p": "1"}, "agent")
client.log_metric(run_id, "acc", 0.5, timestamp=7, step=1, dataset_name="ds", dataset_digest="dd", model_id=model.model_id)
client.finalize_logged_model(model.model_id, "READY")
client.log_outputs(run_id, [LoggedModelOutput(model.model_id, 3)])
client.log_inputs(run_id, models=[LoggedModelInput(model.model_id)])

client.create_registered_model("reg", tags={"k": "v"}, description="described")
for number in range(4):
    client.create_model_version("reg", f"{run.info.artifact_uri}/model", run_id, {"vt": "1"}, description=f"v{number}")
client.delete_model_version("reg", "2")
client.delete_model_version("reg", "4")
client.transition_model_version_stage("reg", "3", "Production")
client.set_registered_model_alias("reg", "champion", "1")

client.delete_run(client.create_run(experiment, run_name="deleted").info.run_id)
gone = client.create_experiment("gone")
client.create_run(gone)
client.delete_experiment(gone)
client.delete_logged_model(client.create_logged_model(experiment, "deleted").model_id)
mlflow.register_prompt("greeting", "Hello {{name}}") if hasattr(mlflow, "register_prompt") else None
