"""Predicts test.csv with the best model of the newest search, by mlflow alone: python predict.py SET-FOLDER OUT.

The tracking server is MLFLOW_TRACKING_URI. Leaves OUT/predictions.parquet as peers.py and forecasts.py do.
"""

import json
import sys
from pathlib import Path

import mlflow
import pandas as pd

Frame = pd.DataFrame


def best_model() -> str:
    client = mlflow.MlflowClient()
    experiments = [experiment.experiment_id for experiment in client.search_experiments()]
    found = client.search_runs(
        experiments, "tags.`modelyard.automl.role` = 'search'", order_by=["attributes.start_time DESC"], max_results=1
    )
    if not found:
        raise SystemExit("No search was recorded.")
    best = found[0].data.tags.get("modelyard.automl.best_run")
    if best is None:
        raise SystemExit("The search has no best run.")
    return f"runs:/{best}/model"


def forecast(uri: str, test: Frame) -> Frame:
    model = mlflow.pyfunc.load_model(uri)
    columns = model.metadata.signature.inputs.input_names()
    rows = test.assign(time=pd.to_datetime(test["time"]))
    # A model of one series may ask for no series.
    answer = model.predict(rows[[name for name in columns if name in rows]])
    return Frame({"prediction": answer["yhat"].to_numpy()})


def predict(uri: str, test: Frame, about: dict) -> Frame:
    if about["problem"] == "forecasting":
        return forecast(uri, test)
    model = mlflow.sklearn.load_model(uri)
    rows = test.drop(columns=about["target"])
    if about["problem"] == "regression":
        return Frame({"prediction": model.predict(rows)})
    return Frame(model.predict_proba(rows), columns=[str(label) for label in model.classes_])


def main(folder: str, out: str) -> None:
    about = json.loads(Path(folder, "set.json").read_text())
    Path(out).mkdir(parents=True, exist_ok=True)
    predict(best_model(), pd.read_csv(Path(folder, "test.csv")), about).to_parquet(Path(out, "predictions.parquet"))


main(*sys.argv[1:])
