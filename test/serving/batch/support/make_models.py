"""Makes models that are scored in batches: python make_models.py FOLDER NAME..."""

import sys
from pathlib import Path

import mlflow
import numpy as np
import pandas as pd
from mlflow.models import infer_signature
from mlflow.types import ColSpec, Schema
from mlflow.types.schema import AnyType
from mlflow.models import ModelSignature

folder = Path(sys.argv[1])
# Said, so that nobody has to find out.
needs = {"pip_requirements": ["mlflow", "scikit-learn"]}


def flowers():
    rows = np.random.default_rng(7).uniform(0, 8, (60, 2)).round(1)
    frame = pd.DataFrame(rows, columns=["sepal length", "petal length"])
    return frame, infer_signature(frame, frame.sum(axis=1))


def save_iris():
    from sklearn.linear_model import LinearRegression

    frame, signature = flowers()
    model = LinearRegression().fit(frame, frame.sum(axis=1) / 3)
    mlflow.sklearn.save_model(model, folder / "iris", signature=signature, input_example=frame.head(2), **needs)


def save_odds():
    from sklearn.linear_model import LogisticRegression

    frame, signature = flowers()
    model = LogisticRegression().fit(frame, frame["sepal length"] > 4)
    mlflow.sklearn.save_model(model, folder / "odds", signature=signature, pyfunc_predict_fn="predict_proba", **needs)


class Table(mlflow.pyfunc.PythonModel):
    """A table of several types for each row."""

    def predict(self, context, model_input, params=None):
        number = model_input["n"].astype("float64")
        return pd.DataFrame(
            {
                "n": model_input["n"],
                "half": number / 2,
                "root": np.sqrt(number - 1),
                "word": ["a, \"%s\"\n" % value for value in model_input["n"]],
                "odd": model_input["n"] % 2 == 1,
                "both": [[value, value / 2] for value in number],
            }
        )


def save_table():
    mlflow.pyfunc.save_model(folder / "table", python_model=Table(), **needs)


def save_typed():
    """Says the types of its columns."""

    class Typed(mlflow.pyfunc.PythonModel):
        def predict(self, context, model_input, params=None):
            return [" ".join(map(str, model_input.dtypes)) + " " + str(row) for row in model_input.values.tolist()]

    columns = [("i", "long"), ("f", "float"), ("s", "string"), ("b", "boolean"), ("t", "datetime"), ("x", "binary")]
    inputs = Schema([ColSpec(kind, name, required=False) for name, kind in columns])
    mlflow.pyfunc.save_model(folder / "typed", python_model=Typed(), signature=ModelSignature(inputs), **needs)


def save_loose():
    """Takes a column of any type beside one that is text."""

    class Loose(mlflow.pyfunc.PythonModel):
        def predict(self, context, model_input, params=None):
            return [repr(row) for row in model_input.values.tolist()]

    inputs = Schema([ColSpec(AnyType(), "n"), ColSpec("string", "s")])
    mlflow.pyfunc.save_model(folder / "loose", python_model=Loose(), signature=ModelSignature(inputs), **needs)


for name in sys.argv[2:]:
    {"iris": save_iris, "odds": save_odds, "table": save_table, "typed": save_typed, "loose": save_loose}[name]()
