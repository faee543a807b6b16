import os
from pathlib import Path

from modelyard import automl
from modelyard import classification, time_series
from told import flowers, refused


def search(*args, **more):
    automl.classify(*args, **{"target_col": "kind", **more})


refused("table", search, "catalogue.schema.table")
refused("kind", search, 7)
refused("option", search, flowers, nonsense=1)
refused("lookups", search, flowers, feature_store_lookups=[{}])
refused("server", search, flowers, tracking_uri="databricks")
refused("away", search, flowers, tracking_uri="http://127.0.0.1:9")
refused("remote", search, "/nowhere/x.csv")

refused("early", classification.create_model, "lr")
refused("fold", classification.setup, flowers, "kind", fold=10)
refused("outliers", classification.setup, flowers, "kind", remove_outliers=True)
refused("scaler", classification.setup, flowers, "kind", normalize=True, normalize_method="z")
refused("fill", classification.setup, flowers, "kind", numeric_imputation="drop")
refused("file", classification.setup, "/nowhere/x.csv", "kind", numeric_imputation="mean")
refused("recall", classification.setup, flowers, "kind", metric="Recall")
refused("word", classification.setup, flowers, "kind", nonsense=1)
refused("times", time_series.setup, flowers, target="petal", fh=3)
refused("cutoffs", time_series.setup, flowers.petal, fh=3, fold=3)
refused("steps", time_series.setup, flowers.petal, fh=0)

# A program that tells whom it was to be.
program = Path("who")
program.write_text("""#!/bin/sh
echo '{"event": "failed", "text": "'"$MLFLOW_TRACKING_USERNAME:$MLFLOW_TRACKING_PASSWORD at $MLFLOW_TRACKING_URI"'"}'
""")
program.chmod(0o700)
os.environ["MODELYARD_PROGRAM"] = str(program.resolve())
refused("who", classification.setup, flowers, "kind", tracking_uri="http://ann:a%3Ab@127.0.0.1:9/")
