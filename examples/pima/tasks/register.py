"""Registers the best model; it goes into production when it is better than what is there."""

# %% tags=["parameters"]
upstream = {"evaluate": {"best": "output/best.json"}}
product = {"version": "output/version.json"}
name = "pima-diabetes"

# %%
import json
from pathlib import Path

import mlflow
from mlflow import MlflowClient

client = MlflowClient()
best = json.loads(Path(upstream["evaluate"]["best"]).read_text())

# %%
version = mlflow.register_model(best["uri"], name, tags={"roc_auc": best["roc_auc"], "classifier": best["model"]})

# %%
registered = client.get_registered_model(name)
current = registered.aliases.get("production")
to_beat = float(client.get_model_version(name, current).tags["roc_auc"]) if current else 0
better = best["roc_auc"] > to_beat
if better:
    client.set_registered_model_alias(name, "production", version.version)
there = f"what version {current} has" if current else "nothing there yet"
print(f"Version {version.version}: ROC AUC {best['roc_auc']:.4f}, {to_beat:.4f} is to beat ({there}).")
print("It is in production now." if better else f"Version {current} stays in production.")

# %%
Path(product["version"]).write_text(
    json.dumps({"name": name, "version": version.version, "production": better, "roc_auc": best["roc_auc"]})
)
