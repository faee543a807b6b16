"""Scores predictions: python score.py SET-FOLDER OURS THEIRS..., folders with predictions.parquet.

Prints JSON: {folder: {"score": number, "difference": [low, high]}}. All scores are losses (1 - AUC, log loss, RMSE, sMAPE):
less is better. The difference is theirs less ours, above zero where ours is better: the middle 95 % of a paired
bootstrap of the test rows (of forecasts: none).
"""

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import rankdata

Frame = pd.DataFrame
resamples = 1000


def auc_loss(truth: np.ndarray, score: np.ndarray) -> float:
    """1 - AUC by the sum of ranks."""
    positive = truth == 1
    n, m = positive.sum(), (~positive).sum()
    return float(1 - (rankdata(score)[positive].sum() - n * (n + 1) / 2) / (n * m))


def log_loss(truth: np.ndarray, probability: np.ndarray) -> float:
    shares = np.clip(probability, 1e-7, 1)
    own = shares[np.arange(len(truth)), truth] / shares.sum(axis=1)
    return float(-np.log(own).mean())


def rmse(truth: np.ndarray, prediction: np.ndarray) -> float:
    return float(np.sqrt(np.mean((truth - prediction) ** 2)))


def smape(truth: np.ndarray, prediction: np.ndarray) -> float:
    return float(np.mean(2 * np.abs(truth - prediction) / (np.abs(truth) + np.abs(prediction))))


losses = {"roc_auc": auc_loss, "log_loss": log_loss, "rmse": rmse, "smape": smape}


def read(folder: Path, metric: str, labels: list[str]) -> np.ndarray:
    """What the loss takes: of two classes the second's probability, of more a column for each."""
    frame = pd.read_parquet(folder / "predictions.parquet")
    if metric in ("rmse", "smape"):
        values = frame["prediction"].to_numpy(dtype=float)
    else:
        values = frame.rename(columns=str)[labels].to_numpy(dtype=float)
        values = values[:, 1] if metric == "roc_auc" else values
    if not np.isfinite(values).all():
        raise ValueError(f"{folder.name}: some predictions are no numbers")
    return values


def main(folder: str, *predicted: str) -> None:
    about = json.loads(Path(folder, "set.json").read_text())
    metric, target = about["metric"], about["target"]
    truth = pd.read_csv(Path(folder, "test.csv"))[target].to_numpy()
    labels = []
    if about["problem"] == "classification":
        # As text, as predictions name them; in the order of the values, so the second of two is the positive one.
        labels = sorted({str(value) for value in truth})
        truth = np.searchsorted(labels, [str(value) for value in truth])
    loss = losses[metric]
    answers = {name: read(Path(name), metric, labels) for name in predicted}
    scores = {name: {"score": loss(truth, values)} for name, values in answers.items()}
    if metric != "smape":
        random = np.random.default_rng(1)
        drawn = [random.integers(0, len(truth), len(truth)) for _ in range(resamples)]
        drawn = [rows for rows in drawn if metric != "roc_auc" or len(np.unique(truth[rows])) == 2]
        sampled = {name: np.array([loss(truth[rows], values[rows]) for rows in drawn]) for name, values in answers.items()}
        for name in predicted[1:]:
            scores[name]["difference"] = np.quantile(sampled[name] - sampled[predicted[0]], [0.025, 0.975]).tolist()
    print(json.dumps(scores))


main(*sys.argv[1:])
