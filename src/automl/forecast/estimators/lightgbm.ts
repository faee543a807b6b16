import { section } from '../../notebook/part.ts';
import { keywordArguments, pythonLiteral } from '../../notebook/python-code.ts';
import { hasRatios, type SeriesSetting } from '../series-setting.ts';
import type { Estimator } from './estimator.ts';

/** Rows that the trees learn from, about: more take long and bring little. */
const most = 10_000;

export const lightgbm: Estimator = {
  name: 'LightGBM',
  framework: 'lightgbm',
  seconds: 0.005,
  isGlobal: true,
  usesCovariates: true,
  about:
    'Trees that know the last values, the value a season before, the calendar and the covariates; one model for all series and all steps ahead. Values are seen relative to the level of the last ones, so that trees can follow what grows.',
  imports: ['holidays', 'lightgbm as lgb'],
  packages: ['lightgbm', 'holidays'],
  methods: ({ lags, relative, ...trees }, setting) => `
    LAGS = ${Number(lags)}

    def train(self, history):
        self.codes = {name: code for code, name in enumerate(self.last.index)}
        self.tail = history.groupby("series").tail(max(self.LAGS, SEASON))
${relative === 'ratio' ? '' : '        self.scale = history.groupby("series")["y"].std().fillna(0).clip(lower=1e-9)\n'}        every = 1 + len(history) * HORIZON // ${most}  # origins of a long history are thinned
        tables = []
        for _, rows in history.groupby("series"):
            earliest = min(SEASON, len(rows) // 2, (len(rows) - HORIZON) // 2)
            origins = np.arange(len(rows) - HORIZON - 1, earliest - 1, -every)
            if len(origins) == 0:
                continue  # too short to learn from
            table, level, unit = self.examples(rows, origins, HORIZON)
            after = origins[:, None] + np.arange(1, HORIZON + 1)
            tables.append(table.assign(target=(rows["y"].to_numpy()[after.ravel()] - level) / unit))
        if not tables:
            raise ValueError(f"no series has values enough before a cutoff to learn from what follows {HORIZON} steps later")
        table = self.with_calendar(pd.concat(tables, ignore_index=True))
        settings = dict(
${keywordArguments(trees, 12)}            random_state=SEED,
            n_jobs=1,
            verbose=-1,
        )
        sides = [{"objective": "quantile", "alpha": 0.5 + side * INTERVAL / 200} for side in (-1, 1)]
        self.models = [
            lgb.LGBMRegressor(**(settings | objective)).fit(table.drop(columns="target"), table["target"])
            for objective in [{}, *sides]
        ]

    def examples(self, rows, origins, steps):
        """One row for each origin, the place of the last value known, and each step after it; their level and unit."""
        y, name = rows["y"].to_numpy(), rows["series"].iloc[0]
        origin, step = (grid.ravel() for grid in np.meshgrid(origins, np.arange(1, steps + 1), indexing="ij"))
        level = rows["y"].rolling(self.LAGS, min_periods=1).mean().to_numpy()[origin]
        unit = ${relative === 'ratio' ? 'level' : 'np.full(len(level), self.scale[name])'}
        season_before = origin + step - SEASON * -(-step // SEASON)
        places = {f"lag_{lag}": origin - lag for lag in range(self.LAGS)} | {"season_before": season_before}
        table = {"series": self.codes[name], "step": np.minimum(step, HORIZON)}
        table |= {lag: (y[np.maximum(place, 0)] - level) / unit for lag, place in places.items()}
        table["ds"] = rows["ds"].to_numpy()[origin + step]
${setting.covariates.length > 0 ? '        table |= {name: rows[name].to_numpy()[origin + step] for name in COVARIATES}\n' : ''}        return pd.DataFrame(table), level, unit

    def with_calendar(self, table):
        """What the calendar says, looked up once for each time."""
        ds = pd.Series(table["ds"].unique())
        when = ds.dt
        known = {${calendar(setting)}}
${
  setting.country === ''
    ? ''
    : `        free = holidays.country_holidays(${pythonLiteral(setting.country)}, years=range(when.year.min(), when.year.max() + 1))\n        known["holiday"] = [day in free for day in when.date]\n`
}        return table.merge(pd.DataFrame(known).assign(ds=ds), on="ds", how="left").drop(columns="ds")

    def ahead(self, rows, steps):
        known = pd.concat([self.tail, rows]).groupby("series", sort=False)
        ends = self.tail.groupby("series").size() - 1
        parts = [self.examples(part, np.array([ends[name]]), steps) for name, part in known]
        table = self.with_calendar(pd.concat([table for table, _, _ in parts], ignore_index=True))
        level, unit = (np.concatenate(values) for values in list(zip(*parts))[1:])
        point, lower, upper = (model.predict(table) * unit + level for model in self.models)
        return np.column_stack([point, np.minimum(lower, point), np.maximum(upper, point)])
`,
  plots: () =>
    section(
      'plots',
      'Importance',
      'How often the trees ask for each column.',
      `
trees = model.models[0]
importance = pd.Series(trees.feature_importances_, trees.feature_name_).sort_values(ascending=False).head(20)
figure, axis = plt.subplots(figsize=(9, 5), layout="tight")
axis.barh(importance.index[::-1], importance[::-1])
bars = {name: int(count) for name, count in importance.items()}
keep("importance", figure, {"kind": "bars", "x": "Splits", "bars": bars})`,
      [],
    ),
  portfolio: (setting) =>
    isLongEnough(setting)
      ? [{ lags: lagsOf(setting), relative: relatives(setting)[0] ?? 'difference', ...firstTrees }]
      : [],
  space: (setting) =>
    isLongEnough(setting)
      ? {
          lags: { type: 'int', low: 2, high: Math.max(4, 2 * lagsOf(setting)) },
          relative: { type: 'choice', of: relatives(setting) },
          objective: { type: 'choice', of: ['regression', 'regression_l1'] },
          n_estimators: { type: 'int', low: 30, high: 400, log: true },
          learning_rate: { type: 'float', low: 0.02, high: 0.2, log: true },
          num_leaves: { type: 'int', low: 3, high: 63, log: true },
          min_child_samples: { type: 'int', low: 3, high: 50, log: true },
          colsample_bytree: { type: 'float', low: 0.4, high: 1 },
        }
      : {},
};

const firstTrees = {
  objective: 'regression',
  n_estimators: 150,
  learning_rate: 0.05,
  num_leaves: 15,
  min_child_samples: 10,
  colsample_bytree: 0.8,
};

function isLongEnough({ backtest, horizon }: SeriesSetting): boolean {
  return backtest.minimum >= Math.max(2 * horizon, 10);
}

function lagsOf({ season }: SeriesSetting): number {
  return Math.max(4, Math.min(season, 24));
}

function relatives(setting: SeriesSetting): readonly string[] {
  return hasRatios(setting) ? ['ratio', 'difference'] : ['difference'];
}

function calendar({ pace }: SeriesSetting): string {
  const parts = {
    'sub-daily': ['hour', 'dayofweek', 'month'],
    daily: ['dayofweek', 'dayofyear'],
    weekly: ['dayofyear'],
    longer: ['month'],
  }[pace];
  return parts.map((part) => `"${part}": when.${part}.to_numpy()`).join(', ');
}
