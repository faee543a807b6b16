from modelyard.classification import *
from sklearn.linear_model import LogisticRegression
from told import flowers, refused, tell

setup(
    # Nothing is imputed in lists, and nothing learnt of the same in every row.
    flowers.assign(spot=[[1.0, 2.0]] * len(flowers)),
    target="kind",
    metric="AUC",
    session_id=7,
    fold=5,
    categorical_features=["colour"],
    numeric_imputation="mean",
    categorical_imputation="mode",
    polynomial_features=True,
    transformation=True,
    normalize=True,
    normalize_method="minmax",
    feature_selection=True,
    n_features_to_select=0.5,
    pca=True,
    verbose=False,
    experiment_name="steps",
)
linear, boosted = compare_models(include=["lr", "xgboost"], n_select=2, sort="F1")
compared = pull()
plain = create_model(LogisticRegression(C=0.5))
bagged = ensemble_model(linear, n_estimators=3)
calibrated = calibrate_model(boosted, method="isotonic")
blended = blend_models([linear, boosted], weights=[2, 1])
decided = optimize_threshold(blended, optimize="F1")
final = finalize_model(decided)
held_out = predict_model(final)
scored = pull()
chosen = automl()
drawn = evaluate_model(chosen)
told_of_chosen = pull()
predicted = predict_model(final, data=flowers.head(2))
raw = predict_model(final, data=flowers.head(2), raw_score=True)
save_model(final, "kept")
loaded = predict_model(load_model("kept"), data=flowers.head(2))
nothing = [predict_model(final, data=flowers.head(0), raw_score=raw) for raw in (False, True)]
steps = [name for name, _ in linear.pipeline.steps]
tell(
    compared=sorted(compared.columns),
    steps=steps,
    names=[one.name.rsplit("-", 1)[0] for one in (bagged, calibrated, blended, decided, final)],
    strength=plain.params["C"],
    weights=[round(one, 3) for one in blended.pipeline.weights],
    many=type(bagged.pipeline[-1]).__name__,
    true=type(calibrated.pipeline[-1]).__name__,
    threshold=decided.pipeline.threshold,
    held_out=len(held_out),
    right=float((held_out["kind"] == held_out["prediction_label"]).mean()),
    measured=float(scored["test_accuracy_score"].iloc[0]),
    drawn=sorted(drawn),
    chosen=[chosen.validated_run != final.run_id, *sorted(told_of_chosen.columns)],
    test=sorted(scored.columns),
    predicted=list(predicted["prediction_label"]),
    certain=float(predicted["prediction_score"].max()),
    raw=[column for column in raw.columns if column.startswith("prediction_score")],
    loaded=list(loaded["prediction_label"]),
    picture=plot_model(final, "auc", save=True),
    empty=[len(one) or list(one.columns[-2:]) for one in nothing],
    needs=open("kept/requirements.txt").read().split(),
)
refused("nothing", create_model, "nothing")
refused("folds", create_model, "lr", fold=10)
refused("alone", blend_models, [linear])
refused("nested", blend_models, [blended, linear])
refused("many_of_many", ensemble_model, bagged)
refused("plot", plot_model, linear, "nonsense")
refused("measure", optimize_threshold, linear, optimize="AUC")
end_session()
