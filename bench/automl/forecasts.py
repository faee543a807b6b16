"""One method alone on a set of series, one model a series: python forecasts.py METHOD SET-FOLDER SECONDS THREADS OUT.

Leaves OUT/predictions.parquet (a row for each row of test.csv: `prediction`) and OUT/cost.json. A method has no budget:
it takes the time that it takes.
"""

import json
import logging
import os
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

Frame = pd.DataFrame


def by_prophet(past: Frame, future: Frame) -> np.ndarray:
    from prophet import Prophet

    logging.getLogger("cmdstanpy").disabled = True
    columns = {"time": "ds", "value": "y"}
    model = Prophet().fit(past.rename(columns=columns)[["ds", "y"]])
    return model.predict(future.rename(columns=columns)[["ds"]])["yhat"].to_numpy()


def by_statsforecast(method: str, past: Frame, steps: int, season: int) -> np.ndarray:
    from statsforecast import models

    model = getattr(models, method)(season_length=season)
    return model.forecast(past["value"].to_numpy(dtype=float), h=steps)["mean"]


def main(method: str, folder: str, seconds: str, threads: str, out: str) -> None:
    about = json.loads(Path(folder, "set.json").read_text())
    train = pd.read_csv(Path(folder, "train.csv"), parse_dates=["time"])
    test = pd.read_csv(Path(folder, "test.csv"), parse_dates=["time"])
    Path(out).mkdir(parents=True, exist_ok=True)
    begin, before = time.perf_counter(), sum(os.times()[:4])
    prediction = pd.Series(np.nan, index=test.index)
    for name, future in test.groupby("series"):
        past = train[train["series"] == name]
        if method == "Prophet":
            prediction[future.index] = by_prophet(past, future)
        else:
            prediction[future.index] = by_statsforecast(method, past, len(future), about["season"])
    cost = {"seconds": time.perf_counter() - begin, "cpu_seconds": sum(os.times()[:4]) - before}
    Frame({"prediction": prediction}).to_parquet(Path(out, "predictions.parquet"))
    Path(out, "cost.json").write_text(json.dumps(cost))


main(*sys.argv[1:])
