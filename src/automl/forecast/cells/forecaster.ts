/** The class around every method: what MLflow loads and people call. */
import { section, type Part } from '../../notebook/part.ts';
import type { Estimator, Params } from '../estimators/estimator.ts';
import type { SeriesSetting } from '../series-setting.ts';

/** `class Forecaster`: fit, next_steps, forecast, predict; a class below it has `train` and `ahead`. */
export function forecasterPart(setting: SeriesSetting, logarithms = false): Part {
  const known = setting.covariates.length > 0;
  const single = setting.series === 1;
  const columns = [...(single ? [] : ['series']), 'ds', ...setting.covariates].join('`, `');
  return section(
    'features',
    'From history to forecast',
    `Every model is fitted to a history and forecasts the steps after it. As an MLflow model it answers rows of \`${columns}\`, or with the parameter \`horizon\` so many steps of each series.${
      logarithms ? ' It sees logarithms: growth by percents becomes growth by steps.' : ''
    }`,
    `
def fill(history):
    """Steps at which nothing was observed lie on the line between their neighbours in this history."""
    y = history.groupby("series")["y"].transform(lambda y: y.interpolate(limit_direction="both"))
    return history.assign(y=y)


class Forecaster(mlflow.pyfunc.PythonModel):
    """Forecasts the steps that follow each series."""

    def fit(self, history):
        """history: series, ds, y${known ? ' and covariates' : ''}; one row for each step."""
        history = fill(history)
        self.last = history.groupby("series").last()
        self.train(${logarithms ? 'history.assign(y=np.log(history["y"]))' : 'history'})
        return self
${nextSteps(known)}
    def forecast(self, steps${known ? ', known=None' : ''}):
        """series, ds, yhat, lower and upper of the next steps of each series."""
        rows = self.next_steps(steps${known ? ', known' : ''})
        values = np.asarray(self.ahead(rows, steps), dtype=float)
${logarithms ? '        values = np.exp(values)\n' : ''}${
      !logarithms && setting.least >= 0 ? '        values = values.clip(min=0)  # nothing observed is below\n' : ''
    }        return rows[["series", "ds"]].assign(yhat=values[:, 0], lower=values[:, 1], upper=values[:, 2])
${predict(known, single)}`,
    [],
  );
}

function nextSteps(known: boolean): string {
  if (!known) {
    return `
    def next_steps(self, steps):
        """The rows after each series."""
        after = {name: pd.date_range(ds, periods=steps + 1, freq=FREQUENCY)[1:] for name, ds in self.last["ds"].items()}
        return pd.concat([pd.DataFrame({"series": name, "ds": ds}) for name, ds in after.items()], ignore_index=True)
`;
  }
  return `
    def next_steps(self, steps, known=None):
        """The rows after each series, with covariates as far as these are known, else as they were last."""
        after = {name: pd.date_range(ds, periods=steps + 1, freq=FREQUENCY)[1:] for name, ds in self.last["ds"].items()}
        rows = pd.concat([pd.DataFrame({"series": name, "ds": ds}) for name, ds in after.items()], ignore_index=True)
        if known is not None:
            rows = rows.merge(known[["series", "ds", *COVARIATES]], how="left", on=["series", "ds"])
        rows = rows.reindex(columns=["series", "ds", *COVARIATES])
        for name in COVARIATES:
            rows[name] = rows.groupby("series")[name].ffill().fillna(rows["series"].map(self.last[name]))
        return rows
`;
}

function predict(known: boolean, single: boolean): string {
  const unknown = `
        unknown = sorted(set(rows["series"]) - set(self.last.index))
        if unknown:
            raise ValueError(f"No history of series {unknown[:5]}; known are {self.last.index.tolist()[:5]}")`;
  return `
    def predict(self, context, model_input, params=None):
        rows = model_input${single ? '.assign(series=self.last.index[0])' : ''}
        horizon = (params or {}).get("horizon") or 0
        if horizon > 0:
            return self.forecast(horizon${known ? ', rows' : ''})${single ? '' : unknown}
        until = rows.groupby("series")["ds"].max()
        steps = max(len(pd.date_range(self.last.loc[name, "ds"], ds, freq=FREQUENCY)) - 1 for name, ds in until.items())
        answer = rows[["series", "ds"]]
        if steps > 0:
            answer = answer.merge(self.forecast(steps${known ? ', rows' : ''}), how="left", on=["series", "ds"])
        if steps < 1 or answer["yhat"].isna().any():
            raise ValueError(f"Rows must be steps ({FREQUENCY}) after the history, which ends {self.last['ds'].max()}")
        return answer`;
}

/** `class Model`: the method itself. */
export function modelPart(estimator: Estimator, params: Params, setting: SeriesSetting): Part {
  const code = `class Model(Forecaster):\n    ${estimator.methods(params, setting).trim()}`;
  return section('model', estimator.name, estimator.about, code, estimator.imports);
}
