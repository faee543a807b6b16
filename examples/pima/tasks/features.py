"""Adds what a model can make more of than of the bare values."""

# %% tags=["parameters"]
upstream = {"clean": {"data": "output/clean.csv"}}
product = {"data": "output/features.csv"}

# %%
import numpy as np
import pandas as pd

table = pd.read_csv(upstream["clean"]["data"])

# %%
features = table.assign(
    log_insulin=np.log(table["insulin"]),
    glucose_by_insulin=table["glucose"] / table["insulin"],
    obese=(table["bmi"] >= 30).astype(float).where(table["bmi"].notna()),
).drop(columns="insulin")
features.describe()

# %%
features.to_csv(product["data"], index=False)
