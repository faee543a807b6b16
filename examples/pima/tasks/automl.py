"""Finds a model in ten lines: compared, tuned, stacked, blended, evaluated, fitted to all rows, registered."""

# %% tags=["parameters"]
upstream = {"clean": {"data": "output/automl/clean.csv"}}
product = {"leaderboard": "output/automl/leaderboard.csv"}
name = "pima-diabetes-automl"
seed = 0

# %%
from modelyard.classification import *

# %% [markdown]
# The types of the columns, the test rows and the folds are decided once, and are the same for all models. Each step below
# is a run with the notebook that made it.

# %%
setup(upstream["clean"]["data"], target="diabetes", metric="AUC", session_id=seed)
pull()

# %%
best = compare_models(include=["lr", "rf", "et", "lightgbm"], n_select=3)
pull()

# %%
tuned = tune_model(best[0], n_iter=5)
stacked = stack_models(best)
blended = blend_models([*best, tuned])
leaderboard = get_leaderboard()
leaderboard

# %%
chosen = automl()
evaluate_model(chosen)

# %% [markdown]
# The model that goes on is fitted to all rows.

# %%
final = finalize_model(chosen)
version = register_model(final, name)
leaderboard.to_csv(product["leaderboard"], index=False)
print(f"Version {version} of {name} is {chosen.name}: ROC AUC {chosen.score:.4f}.")
