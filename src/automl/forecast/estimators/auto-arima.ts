import { pythonLiteral } from '../../notebook/python-code.ts';
import { shortSeason, transformsFor, type SeriesSetting } from '../series-setting.ts';
import type { Estimator } from './estimator.ts';
import { bandColumns, modelsCode, statsforecastImports, statsforecastMethods } from './statsforecast.ts';

/** The latest rows of a series, that it is fitted to: enough, and not many minutes. Long seasons take more of them. */
const rows = 500;
const rowsOfWaves = 1000;

export const autoArima: Estimator = {
  name: 'AutoARIMA',
  framework: 'arima',
  seconds: 0.15,
  usesCovariates: true,
  about:
    'Autoregression and moving averages of differences; a stepwise search chooses their orders. Long seasons are waves beside it, and so are covariates.',
  imports: statsforecastImports('AutoARIMA'),
  packages: ['statsforecast'],
  methods: ({ season_length, waves }, setting) => {
    const long = setting.seasons.filter((season) => season > Number(season_length)).toSorted((a, b) => a - b);
    const code = `AutoARIMA(season_length=${String(season_length)}, max_p=3, max_q=3, approximation=True, nmodels=12, alias="yhat")`;
    return Number(waves) > 0 && long.length > 0
      ? withWaves(code, long, Number(waves), setting)
      : statsforecastMethods(code, setting, rows, true);
  },
  portfolio: (setting) =>
    transformsFor(setting).map((transform) => ({
      season_length: monthlyAtMost(setting),
      waves: longWaves(setting),
      transform,
    })),
  space: (setting) => ({
    season_length: { type: 'choice', of: [...new Set([monthlyAtMost(setting), 1])] },
    waves: { type: 'choice', of: setting.season > monthlyAtMost(setting) ? [0, 2, 4, 6] : [0] },
    transform: { type: 'choice', of: transformsFor(setting) },
  }),
};

/** A season of many steps makes ARIMA slow: it is given as waves instead. */
function monthlyAtMost(setting: SeriesSetting): number {
  const season = shortSeason(setting);
  return season <= 12 ? season : 1;
}

function longWaves(setting: SeriesSetting): number {
  return setting.seasons.some((season) => season > monthlyAtMost(setting)) ? 3 : 0;
}

function withWaves(model: string, seasons: readonly number[], waves: number, setting: SeriesSetting): string {
  const columns = pythonLiteral(['series', 'ds', ...setting.covariates]);
  return `
    def train(self, history):
${modelsCode(model)}
        rows = history.groupby("series").tail(${rowsOfWaves})
        self.sizes = rows.groupby("series").size()
        rows = self.with_waves(rows, 0).assign(y=rows["y"])
        self.models.fit(rows, id_col="series", time_col="ds", target_col="y")

    def with_waves(self, rows, before):
        """Sines and cosines of the long seasons; before: steps of the history before the first of these rows."""
        place = rows.groupby("series").cumcount() + before
        waves = {
            f"{wave.__name__}_{season}_{times}": wave(2 * np.pi * times * place / season)
            for season in ${pythonLiteral(seasons)}
            for times in range(1, ${waves + 1})
            for wave in (np.sin, np.cos)
        }
        return rows[${columns}].assign(**waves)

    def ahead(self, rows, steps):
        known = self.with_waves(rows, rows["series"].map(self.sizes))
        forecast = self.models.predict(h=steps, level=[INTERVAL], X_df=known)
        return ${bandColumns}
`;
}
