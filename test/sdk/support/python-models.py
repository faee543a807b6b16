"""Models that Python logs, for the SDK to load. Prints their names."""

import json

import mlflow
import numpy as np
import onnx
import pandas as pd
from mlflow.models import ModelSignature, infer_signature
from mlflow.types.schema import ColSpec, Schema
from onnx import TensorProto, helper, numpy_helper


def model(nodes, inputs, outputs, weights=()):
    def ports(specs):
        return [helper.make_tensor_value_info(name, kind, shape) for name, kind, shape in specs]

    initializers = [numpy_helper.from_array(value, name) for name, value in weights]
    graph = helper.make_graph(nodes, "graph", ports(inputs), ports(outputs), initializer=initializers)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)


# As a converter of scikit-learn makes them: a label and scores. The weights are large enough to lie in a file of their own.
scores = np.zeros((400, 3), dtype=np.float32)
scores[0, 1] = scores[1, 2] = 1
classifier = model(
    [helper.make_node("MatMul", ["X", "W"], ["scores"]), helper.make_node("ArgMax", ["scores"], ["label"], axis=1, keepdims=0)],
    [("X", TensorProto.FLOAT, [None, 400])],
    [("label", TensorProto.INT64, [None]), ("scores", TensorProto.FLOAT, [None, 3])],
    [("W", scores)],
)
# One input for each column.
columns = model(
    [
        helper.make_node("Cast", ["count"], ["amount"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["price", "amount"], ["total"]),
        helper.make_node("Identity", ["name"], ["label"]),
        helper.make_node("Identity", ["count"], ["same"]),
    ],
    [("price", TensorProto.FLOAT, [None, 1]), ("count", TensorProto.INT64, [None, 1]), ("name", TensorProto.STRING, [None, 1])],
    [("total", TensorProto.FLOAT, [None, 1]), ("label", TensorProto.STRING, [None, 1]), ("same", TensorProto.INT64, [None, 1])],
)
frame = pd.DataFrame({"price": [1.5, 2.5], "count": [1, 2], "name": ["a", "b"]})
optional = Schema([*infer_signature(frame).inputs, ColSpec("double", "note", required=False)])

with mlflow.start_run() as run:
    tensor = np.zeros((2, 400), dtype=np.float32)
    answer = {"label": np.array([0, 1]), "scores": np.zeros((2, 3), dtype=np.float32)}
    mlflow.onnx.log_model(
        classifier, name="classifier", signature=infer_signature(tensor, answer), pip_requirements=["onnx"], registered_model_name="py-classifier"
    )
    needs = ["onnx", "onnxruntime"]
    described = ModelSignature(inputs=optional)
    mlflow.onnx.log_model(columns, name="columns", signature=described, metadata={"made": "here"}, pip_requirements=needs)
    bare = mlflow.onnx.log_model(columns, name="bare", pip_requirements=needs)
    other = mlflow.pyfunc.log_model(name="other", python_model=lambda model_input: model_input, pip_requirements=needs)
    mlflow.MlflowClient().set_registered_model_alias("py-classifier", "champion", 1)
print(json.dumps({"run": run.info.run_id, "bare": bare.model_uri, "other": other.model_uri}))
