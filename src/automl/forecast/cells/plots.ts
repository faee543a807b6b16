import { section, type Part } from '../../notebook/part.ts';

/** The forecast; defines `keep`, `line` and `shown`. */
export function forecastPlotPart(): Part {
  return section(
    'plots',
    'Forecast',
    'The forecast after the history, with its band. Beside each picture lie its numbers.',
    `
def keep(figure, name, plot):
    figure.tight_layout()
    client = mlflow.MlflowClient()
    client.log_figure(run.info.run_id, figure, f"plots/{name}.png")
    client.log_dict(run.info.run_id, plot, f"plots/{name}.json")


def line(table, value):
    table = table.dropna(subset=[value])
    return {"x": table["ds"].astype(str).tolist(), "y": table[value].tolist()}


shown = data["series"].unique()[:4]
figure, axes = plt.subplots(len(shown), 1, figsize=(9, 3 * len(shown)), squeeze=False)
lines = {}
for axis, name in zip(axes[:, 0], shown):
    history = data[data["series"] == name].tail(max(8 * HORIZON, 3 * SEASON))
    ahead = forecast[forecast["series"] == name]
    axis.plot(history["ds"], history["y"], color="black", label="observed")
    axis.plot(ahead["ds"], ahead["yhat"], label="forecast")
    axis.fill_between(ahead["ds"], ahead["yhat_lower"], ahead["yhat_upper"], alpha=0.2)
    axis.set_title(name)
    words = "" if len(shown) == 1 else f" of {name}"
    lines |= {f"observed{words}": line(history, "y"), f"forecast{words}": line(ahead, "yhat")}
    lines |= {f"{bound}{words}": line(ahead, f"yhat_{bound}") for bound in ("lower", "upper")}
axes[0, 0].legend()
keep(figure, "forecast", {"kind": "lines", "x": TIME, "y": TARGET, "lines": lines})`,
    ['matplotlib.pyplot as plt'],
  );
}

/** What the backtest has shown, and its errors. */
export function backtestPlotPart(): Part {
  return section(
    'plots',
    'Forecasts of the backtest',
    'Beside what was observed, and their errors.',
    `
figure, axes = plt.subplots(len(shown), 1, figsize=(9, 3 * len(shown)), squeeze=False)
lines = {}
for axis, name in zip(axes[:, 0], shown):
    table = validation[validation["series"] == name]
    observed = table.drop_duplicates("ds").sort_values("ds")
    axis.plot(observed["ds"], observed["target"], color="black", label="observed")
    words = "" if len(shown) == 1 else f" of {name}"
    lines[f"observed{words}"] = line(observed, "target")
    for cutoff, window in table.groupby("cutoff"):
        since = str(cutoff).removesuffix(" 00:00:00")
        axis.plot(window["ds"], window["prediction"], label=f"from {since}")
        lines[f"from {since}{words}"] = line(window, "prediction")
    axis.set_title(name)
axes[0, 0].legend()
keep(figure, "backtest", {"kind": "lines", "x": TIME, "y": TARGET, "lines": lines})

table = validation.dropna(subset=["target"]).tail(2000)
error = table["target"] - table["prediction"]
figure, axis = plt.subplots(figsize=(9, 3))
axis.scatter(table["prediction"], error, s=8)
axis.axhline(0, color="black", linewidth=1)
axis.set_xlabel("forecast")
axis.set_ylabel("observed less forecast")
points = {"x": table["prediction"].tolist(), "y": error.tolist()}
keep(figure, "residuals", {"kind": "points", "x": "forecast", "y": "observed less forecast", "points": points})`,
    ['matplotlib.pyplot as plt'],
  );
}
