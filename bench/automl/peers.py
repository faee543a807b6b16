"""Another library on one set: python peers.py PEER SET-FOLDER SECONDS THREADS OUT.

Leaves OUT/predictions.parquet, a row for each row of test.csv: of classes their probabilities (columns named by the
class), else `prediction`; and OUT/cost.json: wall and CPU seconds of fitting, without imports and reading.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

Frame = pd.DataFrame


def with_categories(train: Frame, test: Frame) -> tuple[Frame, Frame]:
    """Text as categories, which LightGBM takes as they are."""
    train, test = train.copy(), test.copy()
    for column in train.columns:
        if not pd.api.types.is_numeric_dtype(train[column]):
            kind = pd.CategoricalDtype(sorted(train[column].dropna().astype(str).unique()))
            for part in (train, test):
                text = part[column].astype(str)
                part[column] = text.where(text.isin(kind.categories)).astype(kind)
    return train, test


def with_codes(train: Frame, test: Frame) -> tuple[Frame, Frame]:
    train, test = with_categories(train, test)
    for column in train.select_dtypes("category"):
        train[column], test[column] = train[column].cat.codes, test[column].cat.codes
    return train, test


def answer(model: object, test: Frame, classes: bool) -> Frame:
    if classes:
        return Frame(model.predict_proba(test), columns=[str(label) for label in model.classes_])
    return Frame({"prediction": np.asarray(model.predict(test), dtype=float)})


def flaml(train: Frame, test: Frame, about: dict, seconds: float, threads: int, out: Path) -> Frame:
    from flaml import AutoML

    x, y = train.drop(columns=about["target"]), train[about["target"]]
    task = "regression" if about["problem"] == "regression" else "classification"
    model = AutoML()
    model.fit(x, y, task=task, metric=about["metric"], time_budget=seconds, n_jobs=threads, seed=1, verbose=0)
    return answer(model, test, task == "classification")


def autogluon(train: Frame, test: Frame, about: dict, seconds: float, threads: int, out: Path) -> Frame:
    from autogluon.tabular import TabularPredictor

    metric = {"rmse": "root_mean_squared_error"}.get(about["metric"], about["metric"])
    predictor = TabularPredictor(label=about["target"], eval_metric=metric, path=str(out / "models"), verbosity=1)
    predictor.fit(train, presets="medium_quality", time_limit=seconds, num_cpus=threads, num_gpus=0)
    if about["problem"] == "regression":
        return Frame({"prediction": predictor.predict(test)})
    return predictor.predict_proba(test).rename(columns=str)


def lightgbm(train: Frame, test: Frame, about: dict, seconds: float, threads: int, out: Path) -> Frame:
    from lightgbm import LGBMClassifier, LGBMRegressor

    x, test = with_categories(train.drop(columns=about["target"]), test)
    kind = LGBMRegressor if about["problem"] == "regression" else LGBMClassifier
    model = kind(n_jobs=threads, random_state=1, verbose=-1).fit(x, train[about["target"]])
    return answer(model, test, kind is LGBMClassifier)


def forest(train: Frame, test: Frame, about: dict, seconds: float, threads: int, out: Path) -> Frame:
    from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor

    x, test = with_codes(train.drop(columns=about["target"]), test)
    kind = RandomForestRegressor if about["problem"] == "regression" else RandomForestClassifier
    model = kind(n_jobs=threads, random_state=1).fit(x, train[about["target"]])
    return answer(model, test, kind is RandomForestClassifier)


peers: dict[str, Callable[[Frame, Frame, dict, float, int, Path], Frame]] = {
    "flaml": flaml,
    "autogluon": autogluon,
    "lightgbm": lightgbm,
    "forest": forest,
}


def main(peer: str, folder: str, seconds: str, threads: str, out: str) -> None:
    about = json.loads(Path(folder, "set.json").read_text())
    train = pd.read_csv(Path(folder, "train.csv"))
    test = pd.read_csv(Path(folder, "test.csv")).drop(columns=about["target"])
    Path(out).mkdir(parents=True, exist_ok=True)
    begin, before = time.perf_counter(), sum(os.times()[:4])
    prediction = peers[peer](train, test, about, float(seconds), int(threads), Path(out))
    cost = {"seconds": time.perf_counter() - begin, "cpu_seconds": sum(os.times()[:4]) - before}
    prediction.reset_index(drop=True).to_parquet(Path(out, "predictions.parquet"))
    Path(out, "cost.json").write_text(json.dumps(cost))


if __name__ == "__main__":
    main(*sys.argv[1:])
