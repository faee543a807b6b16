"""Takes out the zeros that stand for a value nobody measured."""

# %% tags=["parameters"]
upstream = {"get": {"data": "output/raw.csv"}}
product = {"data": "output/clean.csv"}

# %%
import pandas as pd

table = pd.read_csv(upstream["get"]["data"])

# %% [markdown]
# No living patient has a blood pressure or a body mass index of zero. The number of pregnancies may well be.

# %%
measured = ["glucose", "blood_pressure", "skin_thickness", "insulin", "bmi"]
table[measured] = table[measured].mask(table[measured] == 0)
table[measured].isna().sum().rename("not measured")

# %%
table.to_csv(product["data"], index=False)
