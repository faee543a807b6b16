/** The code around a model of statsforecast. */
import { pythonLiteral } from '../../notebook/python-code.ts';
import type { Params } from './estimator.ts';
import type { SeriesSetting } from '../series-setting.ts';

/**
 * @param model Python: its constructor with all arguments, `alias="yhat"` among them
 * @param rows the most that a series is fitted to: the latest
 * @param covariates whether the model looks at them
 */
export function statsforecastMethods(
  model: string,
  setting: SeriesSetting,
  rows = Number.POSITIVE_INFINITY,
  covariates = false,
): string {
  const regressors = covariates ? setting.covariates : [];
  const latest = rows < setting.longest ? `.groupby("series").tail(${rows})` : '';
  return `
    def train(self, history):
${modelsCode(model)}
        rows = history[${pythonLiteral(['series', 'ds', 'y', ...regressors])}]${latest}
        self.models.fit(rows, id_col="series", time_col="ds", target_col="y")

    def ahead(self, rows, steps):
        forecast = self.models.predict(h=steps, level=[INTERVAL]${regressors.length > 0 ? ', X_df=rows' : ''})
        return ${bandColumns}
`;
}

/** The same methods for series of so many rows or more: of shorter ones the library gives nothing, and says nothing. */
export function needing(rows: Params[string] | undefined, methods: string): string {
  return Number(rows) > 1 ? `\n    least = ${String(rows)}\n${methods}` : methods;
}

/** Defines `self.models`, to be fitted. @param model as above */
export function modelsCode(model: string): string {
  return `        self.models = StatsForecast(
            models=[${model}],
            freq=FREQUENCY,
            fallback_model=SeasonalNaive(1, alias="yhat"),  # for a series that is too short
        )`;
}

/** What `ahead` gives of the `forecast` of the models. */
export const bandColumns = 'forecast[["yhat", f"yhat-lo-{INTERVAL}", f"yhat-hi-{INTERVAL}"]]';

export function statsforecastImports(...models: readonly string[]): readonly string[] {
  return ['statsforecast:StatsForecast', ...['SeasonalNaive', ...models].map((name) => `statsforecast.models:${name}`)];
}
