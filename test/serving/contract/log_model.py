"""Logs and registers a model: python log_model.py TRACKING_URI. Prints the addresses that it has then, as JSON."""

import json
import sys

import mlflow
from make_models import onnxes

mlflow.set_tracking_uri(sys.argv[1])
client = mlflow.MlflowClient()
graph, signature = onnxes["onnx-total"]
with mlflow.start_run() as run:
    info = mlflow.onnx.log_model(graph(), name="total", signature=signature, registered_model_name="total", pip_requirements=["mlflow"])
client.set_registered_model_alias("total", "champion", 1)
client.transition_model_version_stage("total", 1, "Production")
logged = client.get_logged_model(info.model_id)
print(
    json.dumps(
        [
            f"runs:/{run.info.run_id}/total",
            "models:/total/1",
            "models:/total/Production",
            "models:/total@champion",
            "models:/total/latest",
            f"models:/{info.model_id}",
            logged.artifact_location,
        ]
    )
)
