import { keepPlotCode, keepPlotImports } from '../../notebook/keep-plot.ts';
import { section, type Part } from '../../notebook/part.ts';

/** The forecast; defines `keep`, `stacked`, `line` and `shown`. */
export function forecastPlotPart(): Part {
  return section(
    'plots',
    'Forecast',
    'The forecast after the history, with its band. Beside each picture lie its numbers.',
    `
${keepPlotCode}


def stacked(count):
    """Axes one below the other; to be laid out by matplotlib would take them half as long again."""
    height = 3 * count
    figure, axes = plt.subplots(count, 1, figsize=(9, height), squeeze=False)
    figure.subplots_adjust(left=0.1, right=0.98, top=1 - 0.4 / height, bottom=0.35 / height, hspace=0.3)
    return figure, axes[:, 0]


def line(table, value):
    table = table.dropna(subset=[value])
    return {"x": table["ds"].astype(str).tolist(), "y": table[value].tolist()}


shown = data["series"].unique()[:4]
figure, axes = stacked(len(shown))
lines = {}
for axis, name in zip(axes, shown):
    history = data[data["series"] == name].tail(max(8 * HORIZON, 3 * SEASON))
    ahead = forecast[forecast["series"] == name]
    axis.plot(history["ds"], history["y"], color="black", label="observed")
    axis.plot(ahead["ds"], ahead["yhat"], label="forecast")
    axis.fill_between(ahead["ds"], ahead["yhat_lower"], ahead["yhat_upper"], alpha=0.2)
    axis.set_title(name)
    words = "" if len(shown) == 1 else f" of {name}"
    lines |= {f"observed{words}": line(history, "y"), f"forecast{words}": line(ahead, "yhat")}
    lines |= {f"{bound}{words}": line(ahead, f"yhat_{bound}") for bound in ("lower", "upper")}
axes[0].legend()
keep("forecast", figure, {"kind": "lines", "x": TIME, "y": TARGET, "lines": lines})`,
    keepPlotImports,
  );
}

/** What the backtest has shown, and its errors. */
export function backtestPlotPart(): Part {
  return section(
    'plots',
    'Forecasts of the backtest',
    'Beside what was observed, and their errors.',
    `
figure, axes = stacked(len(shown))
lines = {}
for axis, name in zip(axes, shown):
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
axes[0].legend()
keep("backtest", figure, {"kind": "lines", "x": TIME, "y": TARGET, "lines": lines})

table = validation.dropna(subset=["target"]).tail(2000)
error = table["target"] - table["prediction"]
figure, axis = plt.subplots(figsize=(9, 3), layout="tight")
axis.scatter(table["prediction"], error, s=8)
axis.axhline(0, color="black", linewidth=1)
axis.set_xlabel("forecast")
axis.set_ylabel("observed less forecast")
points = {"x": table["prediction"].tolist(), "y": error.tolist()}
keep("residuals", figure, {"kind": "points", "x": "forecast", "y": "observed less forecast", "points": points})`,
    keepPlotImports,
  );
}
