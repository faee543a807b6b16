import json
import sys

from modelyard import automl
from told import flowers, refused, tell

summary = automl.classify(
    flowers.assign(planet="earth"),
    target_col="kind",
    primary_metric="roc_auc",
    experiment_name="py",
    max_trials=1,
    timeout_minutes=5,
    exclude_frameworks=["xgboost"],
    imputers={"petal": "median"},
    exclude_cols=["width"],
)
best = summary.best_trial
notebook = automl.import_notebook(best.artifact_uri, f"{sys.argv[1]}.ipynb")
refused("twice", automl.import_notebook, best.artifact_uri, f"{sys.argv[1]}.ipynb")
tell(
    experiment=summary.experiment.name,
    trials=len(summary.trials),
    score=best.evaluation_metric_score,
    scores=[one.evaluation_metric_score for one in summary.trials],
    distribution=summary.metric_distribution,
    duration=best.duration,
    description=best.model_description,
    metrics=sorted(best.metrics),
    params=sorted(best.params),
    preprocessors=best.preprocessors,
    predicted=list(best.load_model().predict(flowers.drop(columns="kind").head(2))),
    text=str(summary),
    url=summary.url,
    warnings=summary.warnings,
    alerts=[[one.name, one.severity, one.message, one.columns] for one in summary.alerts],
    cells=len(json.load(open(notebook.path))["cells"]),
    version=summary.register("flowers"),
    second=summary.register("flowers", summary.trials[-1]),
)
refused("metric", automl.classify, flowers, target_col="kind", primary_metric="r2")
