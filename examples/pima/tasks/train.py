"""Trains one kind of model and logs it."""

# %% tags=["parameters"]
upstream = {"features": {"data": "output/features.csv"}}
product = {"model": "output/model.json", "predictions": "output/predictions.csv"}
model = "logistic"
seed = 0

# %%
import json
from pathlib import Path

import mlflow
import pandas as pd
import sklearn
from mlflow.models import infer_signature
from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import cross_val_score, train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

# %% [markdown]
# Every model gets the same rows: the seed decides which are kept for the test.

# %%
table = pd.read_csv(upstream["features"]["data"]).astype({"pregnancies": float, "age": float})
rows, answers = table.drop(columns="diabetes"), table["diabetes"]
train, test, train_answers, test_answers = train_test_split(
    rows, answers, test_size=0.25, stratify=answers, random_state=seed
)

# %%
models = {
    "logistic": make_pipeline(SimpleImputer(), StandardScaler(), LogisticRegression()),
    "forest": make_pipeline(
        SimpleImputer(), RandomForestClassifier(n_estimators=100, min_samples_leaf=5, random_state=seed)
    ),
    "boosting": make_pipeline(
        SimpleImputer(), GradientBoostingClassifier(n_estimators=60, max_depth=2, random_state=seed)
    ),
}
classifier = models[model]

# %% [markdown]
# As a task of a pipeline this is the task's own run; by hand it is a run of its own.

# %%
with mlflow.start_run():
    folds = cross_val_score(classifier, train, train_answers, cv=5, scoring="roc_auc")
    classifier.fit(train, train_answers)
    probabilities = classifier.predict_proba(test)
    mlflow.log_params({"classifier": model, "rows": len(train)})
    mlflow.log_metrics(
        {
            "cv_roc_auc": folds.mean(),
            "cv_roc_auc_std": folds.std(),
            "roc_auc": roc_auc_score(test_answers, probabilities[:, 1]),
        }
    )
    logged = mlflow.sklearn.log_model(
        classifier,
        name="model",
        # A serving model answers with probabilities, and takes rows in which values are missing.
        pyfunc_predict_fn="predict_proba",
        signature=infer_signature(rows, probabilities),
        input_example=rows.head(3),
        pip_requirements=[f"mlflow=={mlflow.__version__}", f"scikit-learn=={sklearn.__version__}"],
        # A model is kept as data, not as a pickle; these parts of it may be read.
        skops_trusted_types=["numpy.dtype", "sklearn.tree._tree.Tree"],
    )

# %%
test.assign(diabetes=test_answers, probability=probabilities[:, 1])[["diabetes", "probability"]].to_csv(
    product["predictions"], index=False
)
Path(product["model"]).write_text(json.dumps({"model": model, "uri": logged.model_uri}))
