import { section, type Part } from '../../notebook/part.ts';
import type { SeriesSetting } from '../series-setting.ts';

/** `metrics_of(table, history)`: all metrics. */
export function scoresPart(): Part {
  return section(
    'evaluate',
    'Metrics',
    'Those in percent are the same for large and small series; `mase` is the error in units of that of the season before.',
    `
def metrics_of(table, history):
    """Metrics of each series, averaged over the series; table: series, target, prediction, lower, upper."""
    table = table.dropna(subset=["target"])
    error = table["prediction"] - table["target"]
    size = table["target"].abs()
    parts = table[["series"]].assign(
        squared=error**2,
        absolute=error.abs(),
        percentage=(error.abs() / size).where(size > 0),
        symmetric=(2 * error.abs() / (size + table["prediction"].abs())).fillna(0),
        covered=table["target"].between(table["lower"], table["upper"]),
    )
    mean = parts.groupby("series").mean()
    naive = history.groupby("series")["y"].apply(lambda y: y.diff(SEASON).abs().mean())
    of_series = pd.DataFrame(
        {
            "smape": mean["symmetric"],
            "mse": mean["squared"],
            "rmse": np.sqrt(mean["squared"]),
            "mae": mean["absolute"],
            "mdape": parts.groupby("series")["percentage"].median(),
            "mape": mean["percentage"],
            "mase": mean["absolute"] / naive.where(naive > 0).reindex(mean.index),
            "coverage": mean["covered"],
        }
    )
    return of_series.mean().dropna().to_dict()`,
    [],
  );
}

/** Defines `validation`, the forecasts, and `metrics`. */
export function backtestPart({ backtest, covariates }: SeriesSetting): Part {
  return section(
    'evaluate',
    'Backtest',
    'At each cutoff a model is fitted to what came before it, and to nothing else, and forecasts the next steps.',
    `
WINDOWS = ${backtest.windows}  # cutoffs
STEP = ${backtest.step}  # steps from one to the next
MINIMUM = ${backtest.minimum}  # rows that a series needs before a cutoff


def backtest(data):
    from_end = data.groupby("series").cumcount(ascending=False)
    tables = []
    for window in reversed(range(WINDOWS)):
        after = HORIZON + window * STEP  # rows after the cutoff
        training = data[from_end >= after]
        training = training[training.groupby("series")["ds"].transform("size") >= MINIMUM]
        held_out = data[(from_end < after) & (from_end >= after - HORIZON)]
        forecast = Model().fit(training).forecast(HORIZON${covariates.length > 0 ? ', held_out' : ''})
        forecast["cutoff"] = forecast["series"].map(training.groupby("series")["ds"].max())
        tables.append(forecast.merge(held_out[["series", "ds", "y"]], on=["series", "ds"]))
    table = pd.concat(tables, ignore_index=True).rename(columns={"y": "target", "yhat": "prediction"})
    return table[["series", "cutoff", "ds", "target", "prediction", "lower", "upper"]]


validation = backtest(data)
metrics = {f"val_{name}": value for name, value in metrics_of(validation, data).items()}
pd.Series(metrics)`,
    [],
  );
}
