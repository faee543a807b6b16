import numpy as np
import pandas as pd
from modelyard.time_series import *
from told import refused, tell

steps = np.arange(72)
months = pd.period_range("2016-01", periods=len(steps), freq="M")
passengers = pd.Series(
    100 + steps + 20 * np.sin(steps * np.pi / 6) + (steps * 7919 % 13) / 5, index=months, name="passengers"
)
setup(passengers, fh=[1, 2, 3], session_id=3, experiment_name="series")
first, second = compare_models(include=["ets", "theta"], n_select=2, sort="MAE")
compared = pull()
blended = blend_models([first, second], weights=[3, 2])
tested = predict_model(blended)
scored = pull()
# The middle of two is the one that weighs more.
heavier = bool(np.allclose(tested["y_pred"], predict_model(first)["y_pred"]))
final = finalize_model(blended)
ahead = predict_model(final, fh=5, return_pred_int=True)
save_model(final, "kept-series")
loaded = predict_model(load_model("kept-series"), fh=2)
board = get_leaderboard()
chosen = automl()
drawn = evaluate_model(chosen)
tell(
    compared=sorted(compared.columns),
    names=[one.name.rsplit("-", 1)[0] for one in (blended, final)],
    tested=[str(one.date()) for one in tested.index],
    scored=sorted(scored.columns),
    heavier=heavier,
    ahead=[str(one.date()) for one in ahead.index],
    columns=list(ahead.columns),
    near=float(abs(ahead["y_pred"].iloc[0] - 172)),
    same=bool(np.allclose(loaded["y_pred"], ahead["y_pred"].head(2))),
    picture=plot_model(final),
    board=len(board),
    drawn=sorted(drawn),
    chosen=[chosen.validated_run != final.run_id, "val_smape" in chosen.metrics],
    version=register_model(final, "passengers"),
)
refused("estimator", create_model, "rf")
end_session()
afar = TSForecastingExperiment()
kept = afar.load_model("kept-series")
refused("unsaid", afar.predict_model, kept)
known = pd.DataFrame({"unknown": [1, 0]}, index=loaded.index)
tell(afar=bool(np.allclose(afar.predict_model(kept, fh=2, X=known)["y_pred"], loaded["y_pred"])))
