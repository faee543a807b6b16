"""Reads the table of patients."""

# %% tags=["parameters"]
# The pipeline puts its own values in place of these, which are for running this file by hand.
upstream = None
product = {"data": "output/raw.csv"}
resources_ = {"patients": "data/pima.csv"}

# %%
from pathlib import Path

import pandas as pd

table = pd.read_csv(resources_["patients"])
table.head()

# %%
Path(product["data"]).parent.mkdir(parents=True, exist_ok=True)
table.to_csv(product["data"], index=False)
print(f"{len(table)} patients")
