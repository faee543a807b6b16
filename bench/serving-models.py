"""Makes the models that bench/serving.ts serves: python serving-models.py FOLDER. Both tell irises apart."""

import sys

import mlflow
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression


def as_onnx(model):
    """The class alone: MLflow makes a table of the outputs, and takes no matrix for one."""
    weights = [
        numpy_helper.from_array(model.coef_.T.astype(np.float32), "weights"),
        numpy_helper.from_array(model.intercept_.astype(np.float32), "bias"),
    ]
    nodes = [
        helper.make_node("Gemm", ["x", "weights", "bias"], ["scores"]),
        helper.make_node("ArgMax", ["scores"], ["label"], axis=1, keepdims=0),
    ]
    graph = helper.make_graph(
        nodes,
        "iris",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["N", 4])],
        [helper.make_tensor_value_info("label", TensorProto.INT64, ["N"])],
        weights,
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)


def main(folder):
    data, target = load_iris(return_X_y=True, as_frame=True)
    model = LogisticRegression(max_iter=200).fit(data, target)
    signature = mlflow.models.infer_signature(data)
    pip = {"pip_requirements": ["mlflow"]}
    mlflow.sklearn.save_model(model, f"{folder}/scikit-learn", signature=signature, **pip)
    mlflow.onnx.save_model(as_onnx(model), f"{folder}/onnx", signature=signature, **pip)


main(sys.argv[1])
