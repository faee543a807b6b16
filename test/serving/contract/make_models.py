"""Makes the models that are asked: python make_models.py FOLDER [NAME ...]. Each echoes what reached it, or is an ONNX graph."""

import sys
from pathlib import Path

import mlflow
import numpy as np
import onnx
import pandas as pd
from mlflow.exceptions import MlflowException
from mlflow.models import ModelSignature
from mlflow.protos.databricks_pb2 import RESOURCE_DOES_NOT_EXIST
from mlflow.types import ColSpec, ParamSchema, ParamSpec, Schema, TensorSpec
from mlflow.types.schema import AnyType, Array, Map, Object, Property
from onnx import TensorProto, helper


def described(value):
    """What the model was given: the types too."""
    if isinstance(value, pd.DataFrame):
        return {
            "frame": [[str(name), str(value[name].dtype)] for name in value.columns],
            "index": [str(key) for key in value.index],
            "rows": [[described_cell(cell) for cell in row] for row in value.itertuples(index=False, name=None)],
        }
    if isinstance(value, np.ndarray):
        return {"array": str(value.dtype), "shape": list(value.shape), "values": [described_cell(v) for v in value.ravel().tolist()]}
    if isinstance(value, dict):
        return {"dict": {str(key): described(inner) for key, inner in value.items()}}
    if isinstance(value, list):
        return {"list": [described(inner) for inner in value]}
    return described_cell(value)


def described_cell(value):
    if value is pd.NaT:
        return "NaT"
    if isinstance(value, (list, dict, np.ndarray)):
        return described(value)
    if isinstance(value, (float, np.floating)):
        return {type(value).__name__: float(value)}
    if isinstance(value, (str, int, bool, type(None))):
        return value
    return {type(value).__name__: str(value)}


class Echo(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input, params=None):
        return {"input": described(model_input), "params": described(params)}


class Answers(mlflow.pyfunc.PythonModel):
    """Answers in the form that a parameter names."""

    def predict(self, context, model_input, params=None):
        kind = params["kind"]
        if kind == "missing":
            raise MlflowException("there is no such thing", error_code=RESOURCE_DOES_NOT_EXIST)
        numbers = np.array([1.0, np.nan, np.inf, -np.inf, 1e-7, 1e22, 123456789.123])
        return {
            "frame": lambda: pd.DataFrame({"a": [1, 2], "b": [0.1, 2.0], "c": ["x", None]}),
            "indexed": lambda: pd.DataFrame({"a": [1, 2]}, index=["p", "q"]),
            "series": lambda: pd.Series([1.0, 2.5], name="s"),
            "unnamed": lambda: pd.Series([1, 2]),
            "float64": lambda: numbers,
            "float32": lambda: numbers.astype(np.float32),
            "int64": lambda: np.array([[1, 2**60], [-3, 4]]),
            "bool": lambda: np.array([True, False]),
            "strings": lambda: np.array(["a", "ü"]),
            "bytes": lambda: [b"abc", b"\xff" * 70],
            "dates": lambda: pd.DataFrame({"t": pd.to_datetime(["2024-01-02", "2024-01-02T03:04:05.678901"])}),
            "scalar": lambda: np.float32(0.1),
            "dict": lambda: {"x": np.arange(3), "y": np.array([[0.5]], dtype=np.float32)},
            "list": lambda: [1, 2.0, "three", None, [True]],
            "text": lambda: "just text",
            "none": lambda: None,
            "empty": lambda: pd.DataFrame({"a": []}),
        }[kind]()


scalar_types = ["boolean", "integer", "long", "float", "double", "string", "binary", "datetime"]


def columns(required=True):
    return Schema([ColSpec(kind, kind, required=required) for kind in scalar_types])


pythons = {
    "columns": (Echo, ModelSignature(inputs=columns())),
    "optional": (Echo, ModelSignature(inputs=Schema([ColSpec("long", "id"), *columns(False)]))),
    "numbers": (Echo, ModelSignature(inputs=Schema([ColSpec("double", "a"), ColSpec("long", "b")]))),
    "tensors": (
        Echo,
        ModelSignature(
            inputs=Schema(
                [
                    TensorSpec(np.dtype("float32"), (-1, 2), "a"),
                    TensorSpec(np.dtype("int64"), (-1,), "b"),
                ]
            )
        ),
    ),
    "plain": (Echo, None),
    "params": (
        Echo,
        ModelSignature(
            inputs=Schema([ColSpec("double", "x")]),
            params=ParamSchema(
                [
                    ParamSpec("ratio", "double", 0.5),
                    ParamSpec("single", "float", 0.25),
                    ParamSpec("count", "long", 3),
                    ParamSpec("small", "integer", 4),
                    ParamSpec("on", "boolean", False),
                    ParamSpec("word", "string", "w"),
                    ParamSpec("when", "datetime", np.datetime64("2024-01-02 03:04:05")),
                    ParamSpec("list", "double", [1.0, 2.0], (-1,)),
                ]
            ),
        ),
    ),
    "nested": (
        Echo,
        ModelSignature(
            inputs=Schema(
                [
                    ColSpec(Array("double"), "doubles"),
                    ColSpec(Array("long"), "longs", required=False),
                    ColSpec(Array(Array("string")), "words", required=False),
                    ColSpec(
                        Object([Property("name", "string"), Property("age", "long", required=False)]),
                        "person",
                        required=False,
                    ),
                    ColSpec(Map("double"), "map", required=False),
                    ColSpec(AnyType(), "any", required=False),
                ]
            )
        ),
    ),
    "answers": (
        Answers,
        ModelSignature(
            inputs=Schema([ColSpec("double", "x")]),
            params=ParamSchema([ParamSpec("kind", "string", "frame")]),
        ),
    ),
}


def graph(nodes, inputs, outputs, initializers=()):
    made = helper.make_graph(list(nodes), "g", list(inputs), list(outputs), list(initializers))
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.checker.check_model(model)
    return model


def port(name, kind, shape):
    return helper.make_tensor_value_info(name, kind, shape)


def matrix():
    """x: float [N, 3] → sums [N, 1] and twice the input."""
    two = helper.make_tensor("two", TensorProto.FLOAT, [], [2.0])
    axes = helper.make_tensor("axes", TensorProto.INT64, [1], [1])
    return graph(
        [helper.make_node("ReduceSum", ["x", "axes"], ["sum"]), helper.make_node("Mul", ["x", "two"], ["twice"])],
        [port("x", TensorProto.FLOAT, ["N", 3])],
        [port("sum", TensorProto.FLOAT, ["N", 1]), port("twice", TensorProto.FLOAT, ["N", 3])],
        [two, axes],
    )


def total():
    """One output only, a value for each row."""
    axes = helper.make_tensor("axes", TensorProto.INT64, [1], [1])
    return graph(
        [helper.make_node("ReduceSum", ["x", "axes"], ["sum"], keepdims=0)],
        [port("x", TensorProto.FLOAT, ["N", 3])],
        [port("sum", TensorProto.FLOAT, ["N"])],
        [axes],
    )


def mixed():
    """An input of each kind, given back."""
    kinds = {
        "f": TensorProto.FLOAT,
        "d": TensorProto.DOUBLE,
        "l": TensorProto.INT64,
        "i": TensorProto.INT32,
        "s": TensorProto.STRING,
        "b": TensorProto.BOOL,
    }
    return graph(
        [helper.make_node("Identity", [name], [f"out_{name}"]) for name in kinds],
        [port(name, kind, ["N"]) for name, kind in kinds.items()],
        [port(f"out_{name}", kind, ["N"]) for name, kind in kinds.items()],
    )


def whole():
    """Whole numbers and truths, given back."""
    kinds = {"l": TensorProto.INT64, "i": TensorProto.INT32, "b": TensorProto.BOOL, "d": TensorProto.DOUBLE}
    return graph(
        [helper.make_node("Identity", [name], [f"out_{name}"]) for name in kinds],
        [port(name, kind, ["N"]) for name, kind in kinds.items()],
        [port(f"out_{name}", kind, ["N"]) for name, kind in kinds.items()],
    )


def beside_times():
    """Two inputs, so that the column of times, which no graph takes, is left out."""
    kinds = {"d": TensorProto.DOUBLE, "e": TensorProto.INT64}
    return graph(
        [helper.make_node("Identity", [name], [f"out_{name}"]) for name in kinds],
        [port(name, kind, ["N"]) for name, kind in kinds.items()],
        [port(f"out_{name}", kind, ["N"]) for name, kind in kinds.items()],
    )


def cube():
    return graph(
        [helper.make_node("Identity", ["x"], ["y"])],
        [port("x", TensorProto.FLOAT, ["N", 2, 2])],
        [port("y", TensorProto.FLOAT, ["N", 2, 2])],
    )


def pair():
    return graph(
        [helper.make_node("Identity", ["a"], ["p"]), helper.make_node("Identity", ["b"], ["q"])],
        [port("a", TensorProto.FLOAT, ["N", 2]), port("b", TensorProto.INT64, ["N"])],
        [port("p", TensorProto.FLOAT, ["N", 2]), port("q", TensorProto.INT64, ["N"])],
    )


def same(kind):
    """One column of a kind, given back."""
    return lambda: graph(
        [helper.make_node("Identity", ["x"], ["y"])], [port("x", kind, ["N", 1])], [port("y", kind, ["N", 1])]
    )


def loop():
    """Runs as long as it is told: x times the product of two matrices."""
    eye = helper.make_tensor("eye", TensorProto.FLOAT, [200, 200], np.eye(200, dtype=np.float32).ravel())
    body = helper.make_graph(
        [helper.make_node("Identity", ["going"], ["on"]), helper.make_node("MatMul", ["m", "eye"], ["n"])],
        "body",
        [port("i", TensorProto.INT64, []), port("going", TensorProto.BOOL, []), port("m", TensorProto.FLOAT, [200, 200])],
        [port("on", TensorProto.BOOL, []), port("n", TensorProto.FLOAT, [200, 200])],
        [eye],
    )
    start = helper.make_tensor("start", TensorProto.FLOAT, [200, 200], np.eye(200, dtype=np.float32).ravel())
    yes = helper.make_tensor("yes", TensorProto.BOOL, [], [True])
    return graph(
        [
            helper.make_node("Loop", ["x", "yes", "start"], ["end"], body=body),
            helper.make_node("ReduceSum", ["end"], ["sum"], keepdims=0),
        ],
        [port("x", TensorProto.INT64, [1])],
        [port("sum", TensorProto.FLOAT, [])],
        [start, yes],
    )


def zipmap():
    """A label and a map of probabilities for each row, as converters of scikit-learn make them."""
    kinds = "ai.onnx.ml"
    made = helper.make_graph(
        [
            helper.make_node(
                "LinearClassifier",
                ["x"],
                ["label", "scores"],
                domain=kinds,
                classlabels_ints=[0, 1],
                coefficients=[1.0, 0.5, -1.0, -1.0, -0.5, 1.0],
                intercepts=[0.0, 0.0],
                post_transform="SOFTMAX",
            ),
            helper.make_node("ZipMap", ["scores"], ["probabilities"], domain=kinds, classlabels_int64s=[0, 1]),
        ],
        "g",
        [port("x", TensorProto.FLOAT, ["N", 3])],
        [
            port("label", TensorProto.INT64, ["N"]),
            helper.make_value_info(
                "probabilities",
                helper.make_sequence_type_proto(
                    helper.make_map_type_proto(
                        TensorProto.INT64, helper.make_tensor_type_proto(TensorProto.FLOAT, [])
                    )
                ),
            ),
        ],
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(kinds, 3)]
    return helper.make_model(made, opset_imports=opsets, ir_version=9)


def doubles(*names):
    return Schema([ColSpec("double", name) for name in names])


mixed_schema = Schema(
    [
        ColSpec("float", "f"),
        ColSpec("double", "d"),
        ColSpec("long", "l"),
        ColSpec("integer", "i"),
        ColSpec("string", "s"),
        ColSpec("boolean", "b"),
    ]
)
onnxes = {
    "onnx-columns": (matrix, ModelSignature(inputs=doubles("a", "b", "c"))),
    "onnx-floats": (total, ModelSignature(inputs=Schema([ColSpec("float", name) for name in "abc"]))),
    "onnx-total": (total, ModelSignature(inputs=doubles("a", "b", "c"))),
    "onnx-one": (same(TensorProto.FLOAT), ModelSignature(inputs=doubles("x"))),
    "onnx-words": (same(TensorProto.STRING), ModelSignature(inputs=Schema([ColSpec("string", "text")]))),
    "onnx-unnamed": (total, ModelSignature(inputs=Schema([ColSpec("double")] * 3))),
    "onnx-loop": (loop, ModelSignature(inputs=Schema([TensorSpec(np.dtype("int64"), (1,))]))),
    "onnx-zipmap": (zipmap, ModelSignature(inputs=doubles("a", "b", "c"))),
    "onnx-plain": (matrix, None),
    "onnx-mixed": (mixed, ModelSignature(inputs=mixed_schema)),
    "onnx-mixed-plain": (mixed, None),
    "onnx-whole": (
        whole,
        ModelSignature(
            inputs=Schema([ColSpec("long", "l"), ColSpec("integer", "i"), ColSpec("boolean", "b"), ColSpec("double", "d")])
        ),
    ),
    "onnx-times": (
        beside_times,
        ModelSignature(inputs=Schema([ColSpec("datetime", "t"), ColSpec("double", "d"), ColSpec("long", "e")])),
    ),
    "onnx-tensor": (matrix, ModelSignature(inputs=Schema([TensorSpec(np.dtype("float32"), (-1, 3))]))),
    "onnx-tensor64": (matrix, ModelSignature(inputs=Schema([TensorSpec(np.dtype("float64"), (-1, 3))]))),
    "onnx-cube": (cube, ModelSignature(inputs=Schema([TensorSpec(np.dtype("float32"), (-1, 2, 2))]))),
    "onnx-pair": (
        pair,
        ModelSignature(
            inputs=Schema(
                [TensorSpec(np.dtype("float32"), (-1, 2), "a"), TensorSpec(np.dtype("int64"), (-1,), "b")]
            )
        ),
    ),
    "onnx-params": (
        total,
        ModelSignature(inputs=doubles("a", "b", "c"), params=ParamSchema([ParamSpec("t", "double", 0.5)])),
    ),
}


def main(folder, *names):
    for name, (model, signature) in pythons.items():
        if names and name not in names:
            continue
        mlflow.pyfunc.save_model(folder / name, python_model=model(), signature=signature, pip_requirements=["mlflow"])
    for name, (model, signature) in onnxes.items():
        if names and name not in names:
            continue
        example = {"input_example": np.ones((2, 3), dtype=np.float32)} if name == "onnx-tensor" else {}
        mlflow.onnx.save_model(model(), folder / name, signature=signature, pip_requirements=["mlflow"], **example)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
