/** The class around every method: what MLflow loads and people call. */
import { section, type Part } from '../../notebook/part.ts';
import type { Estimator, Params } from '../estimators/estimator.ts';
import type { SeriesSetting } from '../series-setting.ts';
import { doorCode, doorImports, hasLastDays } from './door.ts';

/** `class Forecaster`: fit, next_steps, forecast, predict; a class below it has `train` and `ahead`. */
export function forecasterPart(setting: SeriesSetting, logarithms = false): Part {
  const known = setting.covariates.length > 0;
  const clipped = setting.least >= 0 ? '        values = values.clip(min=0)' : '';
  const columns = [...setting.identity, setting.time, ...setting.covariates].join('`, `');
  return section(
    'features',
    'From history to forecast',
    `Every model is fitted to a history and forecasts the steps after it. As an MLflow model it answers rows of \`${columns}\`, or with the parameter \`horizon\` so many steps of each of their series, without rows of all.${
      setting.pace === 'sub-daily'
        ? ' Times are counted in UTC: one with an offset is moved there, one without is taken as it is.'
        : ''
    }${logarithms ? ' It sees logarithms: growth by percents becomes growth by steps.' : ''}`,
    `
def fill(history):
    """Steps at which nothing was observed lie on the line between their neighbours in this history."""
    y = history.groupby("series")["y"].transform(lambda y: y.interpolate(limit_direction="both"))
    return history.assign(y=y)

${doorCode(setting)}

MOST_STEPS = max(10_000, HORIZON)  # that are forecast at once: a date such as 9999-12-31 is no question


def day(time):
    """As people write it."""
    return str(time).removesuffix(" 00:00:00")


class Forecaster(mlflow.pyfunc.PythonModel):
    """Forecasts the steps that follow each series."""

    stretch = np.ones(1)  # of the band at each step ahead
    least = 1  # rows that a series needs
    begun = pd.DataFrame(columns=["yhat", "lower", "upper"])  # of series that have fewer

    def fit(self, history):
        """history: series, ds, y${known ? ' and covariates' : ''}; one row for each step."""
        history = fill(history)
        self.last = history.groupby("series").last()
        y = history.groupby("series")["y"]
        short = y.size().index[(y.size() < self.least) & (y.size().max() >= self.least)]
        # What has just begun goes on as it is, within what it was.
        self.begun = pd.DataFrame({"yhat": y.last(), "lower": y.min(), "upper": y.max()}).loc[short]
        history = history[~history["series"].isin(short)]
        self.train(${logarithms ? 'history.assign(y=np.log(history["y"]))' : 'history'})
        return self
${nextSteps(known)}
    def forecast(self, steps${known ? ', known=None' : ''}):
        """series, ds, yhat, yhat_lower and yhat_upper of the next steps of each series."""
        rows = self.next_steps(steps${known ? ', known' : ''})
        fitted = ~rows["series"].isin(self.begun.index)
        values = np.empty((len(rows), 3))
        values[fitted] = ${logarithms ? 'np.exp(' : ''}self.ahead(rows[fitted], steps)${logarithms ? ')' : ''}
        values[~fitted] = self.begun.loc[rows["series"][~fitted]]
        step = rows.groupby("series").cumcount().clip(upper=len(self.stretch) - 1)
${clipped && `${clipped}  # nothing observed is below\n`}        yhat = values[:, [0]]
        values = yhat + (values - yhat) * self.stretch[step][:, None]
${clipped && `${clipped}\n`}        return rows[["series", "ds"]].assign(
            yhat=values[:, 0], yhat_lower=values[:, 1], yhat_upper=values[:, 2]
        )
${predict(setting)}`,
    doorImports(setting),
  );
}

function nextSteps(known: boolean): string {
  const dates = `
        dates = [pd.date_range(ds, periods=steps + 1, freq=FREQUENCY)[1:] for ds in self.last["ds"]]
        rows = pd.DataFrame({"series": self.last.index.repeat(steps), "ds": np.concatenate(dates)})`;
  if (!known) {
    return `
    def next_steps(self, steps):
        """The rows after each series."""${dates}
        return rows
`;
  }
  return `
    def next_steps(self, steps, known=None):
        """The rows after each series, with covariates as far as these are known, else as they were last."""${dates}
        if known is not None:
            known = known.reindex(columns=["series", "ds", *COVARIATES]).astype({name: float for name in COVARIATES})
            rows = rows.merge(known, how="left", on=["series", "ds"])
        rows = rows.reindex(columns=["series", "ds", *COVARIATES])
        for name in COVARIATES:
            rows[name] = rows.groupby("series")[name].ffill().fillna(rows["series"].map(self.last[name]))
        return rows
`;
}

function predict(setting: SeriesSetting): string {
  const known = setting.covariates.length > 0;
  const named = setting.identity.length > 0;
  const asked = hasLastDays(setting) ? '.assign(ds=as_asked(model_input[TIME], answer["ds"]))' : '';
  const once = known
    ? `
        known = rows.reindex(columns=["series", "ds", *COVARIATES]).drop_duplicates()
        twice = known[known.duplicated(["series", "ds"])]
        if len(twice):
            series, ds = twice.iloc[0][["series", "ds"]]
            raise ValueError(f"{day(ds)} of {series} stands twice, with different values of {', '.join(COVARIATES)}")`
    : '';
  const covariates = known ? ', known' : '';
  const unknown = `
        unknown = sorted(set(rows["series"]) - set(self.last.index))
        if unknown:
            raise ValueError(f"No history of series {unknown[:5]}; known are {self.last.index.tolist()[:5]}")`;
  return `
    def predict(self, context, model_input, params=None):
        rows = inside(model_input)
        horizon = (params or {}).get("horizon") or 0
        if not 0 <= horizon <= MOST_STEPS:
            raise ValueError(f"The parameter horizon is a number of steps, {MOST_STEPS} at most, not {horizon}")${named ? unknown : ''}${once}
        if horizon > 0:
            answer = self.forecast(horizon${covariates})
            return outside(answer[answer["series"].isin(rows["series"])] if len(rows) else answer)
        if len(rows) == 0:
            return outside(self.forecast(1).head(0))
        until, ends = rows.groupby("series")["ds"].max(), self.last["ds"]
        about = (ends.max() + 100 * pd.tseries.frequencies.to_offset(FREQUENCY) - ends.max()) / 100  # one step
        for name, ds in until.items():
            if (ds - ends[name]) / about > MOST_STEPS:
                raise ValueError(f"{day(ds)} is more than {MOST_STEPS} steps ({FREQUENCY}) after {day(ends[name])}, where the history ends")
        steps = max(len(pd.date_range(ends[name], ds, freq=FREQUENCY)) - 1 for name, ds in until.items())
        answer = rows[["series", "ds"]].assign(yhat=np.nan)
        if steps > 0:
            answer = rows[["series", "ds"]].merge(self.forecast(steps${covariates}), how="left", on=["series", "ds"])
        wrong = answer[answer["yhat"].isna()]
        if len(wrong):
            name, ds = wrong.iloc[0][["series", "ds"]]
            raise ValueError(f"{day(ds)} is no step ({FREQUENCY}) after the history, which ends {day(ends[name])}")
        return outside(answer${asked})

    def to_ask(self, steps):
        """Rows as \`predict\` takes them, of the next steps."""
        return outside(self.next_steps(steps))`;
}

/** `class Model`: the method itself. */
export function modelPart(estimator: Estimator, params: Params, setting: SeriesSetting): Part {
  const code = `class Model(Forecaster):\n    ${estimator.methods(params, setting).trim()}`;
  return section('model', estimator.name, estimator.about, code, estimator.imports);
}
