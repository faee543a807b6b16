"""Makes the models of these tests: python make_models.py FOLDER [NAME…]."""

import os
import sys
import time

import mlflow
import numpy as np
from mlflow.models import ModelSignature
from mlflow.types import ColSpec, ParamSchema, ParamSpec, Schema
from sklearn.base import BaseEstimator


class Obedient(mlflow.pyfunc.PythonModel):
    """Does what each row says."""

    def predict(self, context, model_input, params=None):
        return [self.done(word) for word in model_input["do"]]

    def done(self, word):
        verb, _, rest = word.partition(" ")
        if verb == "wait":
            while not os.path.exists(rest):
                time.sleep(0.005)
        if verb == "raise":
            raise ValueError("this row is not taken")
        if verb == "die":
            os._exit(7)
        if verb == "exit":
            sys.exit(3)
        if verb == "print":
            print(rest)
        if verb == "pid":
            return os.getpid()
        if verb == "odd":
            return {1, 2}
        if verb == "size":
            return len(rest)
        if verb == "long":
            return "x" * int(rest)
        return word


class Rows(BaseEstimator):
    """Answers the number of rows that it was given at a time. From 1000 on: waits for the file of that name in GATES,
    where it also writes the rows of each call. -1 raises, -2 loses a row."""

    def predict(self, X):
        values = np.asarray(X)[:, 0]
        with open(f"{os.environ['GATES']}/calls", "a") as calls:
            calls.write(f"{values.tolist()}\n")
        for gate in values[values >= 1000]:
            while not os.path.exists(f"{os.environ['GATES']}/{int(gate)}"):
                time.sleep(0.005)
        if -1 in values:
            raise ValueError("a row is not taken")
        count = len(values) - (1 if -2 in values else 0)
        return np.full(count, float(len(values)))


class Scaled(mlflow.pyfunc.PythonModel):
    """Answers with the number of rows that were scored at a time."""

    def predict(self, context, model_input, params=None):
        return [[x * params["factor"], len(model_input)] for x in model_input["x"]]


class Seen(mlflow.pyfunc.PythonModel):
    """Answers what each row holds, with the types, as it reached the model."""

    def predict(self, context, model_input, params=None):
        types = {name: str(dtype) for name, dtype in model_input.dtypes.items()}
        rows = model_input.to_dict(orient="split")
        return [[types, rows["columns"], [repr(value) for value in row], params] for row in rows["data"]]


def signed(*columns, params=None):
    return ModelSignature(inputs=Schema([ColSpec(kind, name) for kind, name in columns]), params=params)


def parameter(name, default):
    return ParamSchema([ParamSpec(name, "double", default)])


def save_free(path, model, signature, **more):
    mlflow.pyfunc.save_model(path, python_model=model, signature=signature, pip_requirements=["mlflow"], **more)


def save_sklearn(path, model, signature, **more):
    pip = {"serialization_format": "cloudpickle", "pip_requirements": ["mlflow"]}
    mlflow.sklearn.save_model(model, path, signature=signature, **pip, **more)


def save_seen(path, batching):
    kinds = ("boolean", "integer", "long", "float", "double", "string", "datetime")
    inputs = Schema([ColSpec(kind, kind, required=kind == "double") for kind in kinds])
    signature = ModelSignature(inputs=inputs, params=parameter("p", 0.5))
    save_free(path, Seen(), signature, metadata={"modelyard.batching": batching})


def save_small(path):
    """Needs little, so that its environment is made quickly."""
    needs = [f"mlflow-skinny=={mlflow.__version__}", "pandas", "cloudpickle"]
    mlflow.pyfunc.save_model(path, python_model=Seen(), signature=number, pip_requirements=needs)


number = signed(("double", "x"))
together = {"modelyard.batching": True}
models = {
    "obedient": lambda path: save_free(path, Obedient(), signed(("string", "do"))),
    "rows": lambda path: save_sklearn(path, Rows(), number),
    "scaled": lambda path: save_free(
        path, Scaled(), signed(("double", "x"), params=parameter("factor", 1.0)), metadata=together
    ),
    "seen": lambda path: save_seen(path, True),
    "seen-raw": lambda path: save_seen(path, False),
    "small": save_small,
}


if __name__ == "__main__":
    for name in sys.argv[2:] or models:
        models[name](f"{sys.argv[1]}/{name}")
