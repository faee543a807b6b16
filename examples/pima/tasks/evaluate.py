"""Compares the models on the rows that none of them has seen."""

# %% tags=["parameters"]
upstream = {
    "train-*": {
        "train-logistic": {"model": "output/model-0.json", "predictions": "output/predictions-0.csv"},
        "train-forest": {"model": "output/model-1.json", "predictions": "output/predictions-1.csv"},
        "train-boosting": {"model": "output/model-2.json", "predictions": "output/predictions-2.csv"},
    }
}
product = {"best": "output/best.json", "curves": "output/curves.png"}

# %%
import json
from pathlib import Path

import matplotlib.pyplot as plt
import mlflow
import pandas as pd
from sklearn.metrics import RocCurveDisplay, average_precision_score, brier_score_loss, roc_auc_score

# %%
scores, models = {}, {}
figure, axes = plt.subplots()
for trained in upstream["train-*"].values():
    model = json.loads(Path(trained["model"]).read_text())
    name = model["model"]
    predictions = pd.read_csv(trained["predictions"])
    answers, probability = predictions["diabetes"], predictions["probability"]
    RocCurveDisplay.from_predictions(answers, probability, name=name, ax=axes)
    models[name] = model
    scores[name] = {
        "roc_auc": roc_auc_score(answers, probability),
        "average_precision": average_precision_score(answers, probability),
        "brier": brier_score_loss(answers, probability),
    }
axes.plot([0, 1], [0, 1], linestyle=":", color="grey")
axes.set_title("On the rows kept for the test");

# %%
table = pd.DataFrame(scores).T.sort_values("roc_auc", ascending=False)
table

# %%
best = table.index[0]
figure.savefig(product["curves"], dpi=120)
Path(product["best"]).write_text(json.dumps({**models[best], **scores[best]}))

# %%
with mlflow.start_run():
    mlflow.log_metrics({f"{name}.{metric}": value for name, row in scores.items() for metric, value in row.items()})
    mlflow.set_tag("best", best)
    mlflow.log_figure(figure, "curves.png")
