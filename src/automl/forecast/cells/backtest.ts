import { typicalNameOf } from '../../../protocol/automl-record.ts';
import { section, type Part } from '../../notebook/part.ts';
import type { SearchContext } from '../../problem.ts';
import type { SeriesSetting } from '../series-setting.ts';

/** `metrics_of(table, history)`: all metrics. */
export function scoresPart(): Part {
  return section(
    'evaluate',
    'Metrics',
    'Those in percent are the same for large and small series; `mase` is the error in units of that of the season before.',
    `
COLUMNS = {"y": "target", "yhat": "prediction", "yhat_lower": "lower", "yhat_upper": "upper"}


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

/** `stretch_of(table)`: what the bands of a backtest must be stretched by; `stretched(table)`: stretched so. */
export function bandsPart(): Part {
  return section(
    'evaluate',
    'Bands',
    'A band that a method draws by its own assumptions is mostly too narrow. How far beside the forecast the values of the backtest lay, in units of its band, tells how much: for each step ahead with those beside it. What is measured is stretched by the other windows alone.',
    `
def stretch_of(table):
    """By step ahead: what the band must be stretched by to hold INTERVAL percent of the values."""
    side = table["upper"].where(table["target"] > table["prediction"], table["lower"])
    ratio = (table["target"] - table["prediction"]) / (side - table["prediction"])
    table = table.assign(ratio=ratio.replace([np.inf, -np.inf], np.nan)).dropna(subset=["ratio"])
    near = [table["ratio"][(table["step"] - step).abs() <= HORIZON // 4] for step in range(1, HORIZON + 1)]
    # A bit more than asked for where there are few.
    levels = [min(1, INTERVAL / 100 * (1 + 1 / max(1, len(ratios)))) for ratios in near]
    return np.nan_to_num([ratios.quantile(level) for ratios, level in zip(near, levels)], nan=1.0)


def stretched(table):
    """Each window with the bands that the others ask for, beside those of the method."""
    table = table.assign(own_lower=table["lower"], own_upper=table["upper"])
    for window in table["window"].unique():
        rows = table["window"] == window
        stretch = stretch_of(table[~rows])
        part = table[rows]
        by = stretch[part["step"].clip(upper=len(stretch)) - 1]
        for side in ("lower", "upper"):
            table.loc[rows, side] = part["prediction"] + (part[side] - part["prediction"]) * by
    return table`,
    [],
  );
}

/** `metrics_of_backtest(table)`. */
export function backtestScoresPart({ config }: SearchContext): Part {
  const name = typicalNameOf(config);
  return section(
    'evaluate',
    'Metrics of a backtest',
    `An outage, or another event that nobody foresees, outweighs all other windows and tells nothing of the methods. In \`${name}\` the errors of a window are smaller as far as even the season before misses it by more than three times as much as others; methods are weighed by it where they are combined.`,
    `
def calmed(table):
    """With smaller errors in windows like no other."""
    steps = data.assign(place=data.groupby("series").cumcount())
    rows = table.merge(steps[["series", "ds", "place"]], on=["series", "ds"])
    rows["place"] -= SEASON * -(-rows["step"] // SEASON)
    rows = rows.merge(steps[["series", "place", "y"]], on=["series", "place"], how="left")
    missed = (rows["y"] - rows["target"]).abs()
    size = (missed / missed.groupby(rows["series"]).transform("mean")).groupby(rows["window"]).mean()
    usual = size.median()
    by = (size / (3 * usual)).clip(lower=1).fillna(1) if usual > 0 else size * 0 + 1
    error = (table["prediction"] - table["target"]) / table["window"].map(by).fillna(1)
    return table.assign(prediction=table["target"] + error)


def metrics_of_backtest(table):
    metrics = {f"val_{name}": value for name, value in metrics_of(table, data).items()}
    return metrics | {"${name}": metrics_of(calmed(table), data)["${config.primary_metric}"]}`,
    [],
  );
}

/** Defines `validation`, the forecasts, `stretch`, of the bands, and `metrics`. */
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
        forecast["window"] = window
        forecast["step"] = forecast.groupby("series").cumcount() + 1
        tables.append(forecast.merge(held_out[["series", "ds", "y"]], on=["series", "ds"]))
    return pd.concat(tables, ignore_index=True).rename(columns=COLUMNS)


validation = backtest(data)
stretch = stretch_of(validation)
validation = stretched(validation)
metrics = metrics_of_backtest(validation)
pd.Series(metrics)`,
    [],
  );
}
