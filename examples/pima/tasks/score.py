"""Scores patients with the model version that is in production."""

# %% tags=["parameters"]
upstream = {"features": {"data": "output/features.csv"}}
product = {"predictions": "output/predictions.csv"}
name = "pima-diabetes"

# %%
import mlflow
import pandas as pd
from mlflow import MlflowClient

version = MlflowClient().get_model_version_by_alias(name, "production").version
model = mlflow.pyfunc.load_model(f"models:/{name}/{version}")

# %%
patients = pd.read_csv(upstream["features"]["data"])
rows = patients[model.metadata.get_input_schema().input_names()].astype(float)
scored = patients.assign(probability=model.predict(rows)[:, 1], version=version)
scored.sort_values("probability", ascending=False).head()

# %%
scored.to_csv(product["predictions"], index=False)

# %%
with mlflow.start_run():
    mlflow.log_params({"model": name, "version": version})
    mlflow.log_metrics({"patients": len(scored), "likely": int((scored["probability"] > 0.5).sum())})
