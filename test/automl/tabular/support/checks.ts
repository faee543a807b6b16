/** Python that knows nothing of us, and asks models and files what they hold. */

/**
 * Loads the model of each run and gives it rows as they come: of the table, with values missing, and with some that
 * were never seen. @param args runs, table, target
 */
export const rawRows = `
import json, pickletools, sys
from pathlib import Path
import mlflow, numpy as np, pandas as pd
runs, path, target = sys.argv[1].split(","), sys.argv[2], sys.argv[3]
table = pd.read_csv(path)
rows = table.drop(columns=target).head(6)
rows.loc[0, rows.select_dtypes(["object", "str"]).columns.difference(["member"])] = "never seen"
rows.loc[1] = None
rows.loc[2, rows.select_dtypes("float").columns] = np.inf
rows = rows.infer_objects()
answers = {}
for run in runs:
    served = mlflow.pyfunc.load_model(f"runs:/{run}/model")
    model = served.get_raw_model()  # what mlflow.sklearn.load_model gives
    predictions = model.predict(rows)
    assert (np.asarray(served.predict(rows)) == predictions).all()
    assert served.input_example is not None and len(served.metadata.signature.inputs) <= rows.shape[1]
    folder = Path(mlflow.artifacts.download_artifacts(f"runs:/{run}/model"))
    pickled, required = (folder / "model.pkl").read_bytes(), (folder / "requirements.txt").read_text()
    held = {arg.split(".")[0] for _, arg, _ in pickletools.genops(pickled) if isinstance(arg, str)}
    for module in held & {"lightgbm", "numpy", "pandas", "scipy", "sklearn", "xgboost"}:
        assert f"\\n{module.replace('sklearn', 'scikit-learn')}" in required, (module, required)
    labels = set(table[target])
    answers[run] = {
        "labels": all(value in labels for value in predictions),
        "finite": bool(pd.notna(predictions).all()),
        "sums": model.predict_proba(rows).sum(axis=1).tolist() if hasattr(model, "predict_proba") else [],
        "foreign": sorted(name for name in sys.modules if name.startswith("modelyard")),
    }
print(json.dumps(answers))
`;

/** The metrics of each run, told by its predictions alone. @param args runs, the positive class as JSON or the empty text */
export const recomputed = `
import json, sys
import mlflow, pandas as pd
from sklearn import metrics as m
positive = sys.argv[2]


def recompute(run):
    table = pd.read_parquet(mlflow.artifacts.download_artifacts(run_id=run, artifact_path="predictions/validation.parquet"))
    y, predicted = table["target"], table["prediction"]
    by = {"sample_weight": table["weight"]} if "weight" in table else {}
    if not any(name.startswith("probability_") for name in table):
        found = {"r2_score": m.r2_score(y, predicted, **by), "mean_absolute_error": m.mean_absolute_error(y, predicted, **by)}
        found |= {"mean_squared_error": m.mean_squared_error(y, predicted, **by)}
        found |= {"root_mean_squared_error": m.root_mean_squared_error(y, predicted, **by)}
    else:
        probabilities = table.filter(like="probability_").to_numpy()
        labels = sorted(y.unique())
        how = {"pos_label": json.loads(positive)} if positive else {"average": "weighted"}
        how |= by
        found = {"f1_score": m.f1_score(y, predicted, **how), "precision_score": m.precision_score(y, predicted, **how)}
        found |= {"accuracy_score": m.accuracy_score(y, predicted, **by)}
        found["log_loss"] = m.log_loss(y, probabilities, labels=labels, **by)
        if positive:
            found["roc_auc"] = m.roc_auc_score(y == how["pos_label"], table[f"probability_{how['pos_label']}"], **by)
        else:
            found["roc_auc"] = m.roc_auc_score(y, probabilities, multi_class="ovr", average="weighted", labels=labels, **by)
    return found


print(json.dumps({run: recompute(run) for run in sys.argv[1].split(",")}))
`;

/** Data of scikit-learn as CSV, in one JSON text. @param args names */
export const packagedTables = `
import json, sys
from sklearn import datasets
frames = {name: getattr(datasets, f"load_{name}")(as_frame=True).frame for name in sys.argv[1:]}
print(json.dumps({name: frame.to_csv(index=False) for name, frame in frames.items()}))
`;
