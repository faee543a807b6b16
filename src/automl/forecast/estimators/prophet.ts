import { section } from '../../notebook/part.ts';
import { keywordArguments, pythonLiteral } from '../../notebook/python-code.ts';
import type { Estimator } from './estimator.ts';

export const prophet: Estimator = {
  name: 'Prophet',
  framework: 'prophet',
  seconds: 0.25,
  usesCovariates: true,
  about: 'A trend that changes its slope, seasons as waves, holidays and covariates; added up or multiplied.',
  imports: ['logging', 'prophet:Prophet'],
  packages: ['prophet', 'holidays'],
  methods: ({ transform: _, ...params }, { covariates, country }) => `
    def train(self, history):
        logging.getLogger("cmdstanpy").setLevel(logging.WARNING)
        self.models = {}
        for name, rows in history.groupby("series"):
            model = Prophet(
${keywordArguments(params, 16)}                interval_width=INTERVAL / 100,
                uncertainty_samples=300,
            )
${country === '' ? '' : `            model.add_country_holidays(${pythonLiteral(country)})\n`}${
    covariates.length === 0
      ? ''
      : '            for covariate in COVARIATES:\n                model.add_regressor(covariate)\n'
  }            self.models[name] = model.fit(rows, seed=SEED, iter=500)

    def ahead(self, rows, steps):
        np.random.seed(SEED)  # the band is drawn from samples
        forecast = pd.concat([self.models[name].predict(part) for name, part in rows.groupby("series")])
        return forecast[["yhat", "yhat_lower", "yhat_upper"]]
`,
  plots: () =>
    section(
      'plots',
      'Components',
      'What the forecast is made of: trend, seasons, holidays.',
      `
name, prophet = next(iter(model.models.items()))
parts = prophet.predict(data[data["series"] == name].tail(500))
shown = ["trend", *prophet.seasonalities, *(["holidays"] if "holidays" in parts else [])]
figure, axes = plt.subplots(len(shown), 1, figsize=(9, 2 * len(shown)), squeeze=False, sharex=True, layout="tight")
for axis, part in zip(axes[:, 0], shown):
    axis.plot(parts["ds"], parts[part])
    axis.set_ylabel(part)
lines = {part: {"x": parts["ds"].astype(str).tolist(), "y": parts[part].tolist()} for part in shown}
keep("components", figure, {"kind": "lines", "x": "ds", "y": f"Parts of {name}", "lines": lines})`,
      [],
    ),
  portfolio: () =>
    ['additive', 'multiplicative'].map((seasonality_mode) => ({
      changepoint_prior_scale: 0.05,
      seasonality_prior_scale: 10,
      holidays_prior_scale: 10,
      seasonality_mode,
    })),
  space: () => ({
    changepoint_prior_scale: { type: 'float', low: 0.001, high: 0.5, log: true },
    seasonality_prior_scale: { type: 'float', low: 0.01, high: 10, log: true },
    holidays_prior_scale: { type: 'float', low: 0.01, high: 10, log: true },
    seasonality_mode: { type: 'choice', of: ['additive', 'multiplicative'] },
  }),
};
