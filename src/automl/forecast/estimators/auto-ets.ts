import type { Range } from '../../worker/worker.ts';
import { fitsTime, shortSeason, transformsFor, type SeriesSetting } from '../series-setting.ts';
import type { Estimator } from './estimator.ts';
import { statsforecastImports, statsforecastMethods } from './statsforecast.ts';

/** What the choice of the parts takes, where fitting one of them takes a tenth. */
const secondsOfChoice = 0.1;

export const autoEts: Estimator = {
  name: 'AutoETS',
  framework: 'ets',
  seconds: 0.01,
  about: 'Exponential smoothing; what of error, trend and season is left open is chosen by the information criterion.',
  imports: statsforecastImports('AutoETS'),
  packages: ['statsforecast'],
  methods: ({ season_length, model, damped }, setting) => {
    // Without a trend there is nothing to damp, and a model that is to do so cannot be fitted.
    const trend = damped === null || String(model)[1] === 'N' ? '' : `, damped=${damped === true ? 'True' : 'False'}`;
    const code = `AutoETS(season_length=${String(season_length)}, model="${String(model)}"${trend}, alias="yhat")`;
    return statsforecastMethods(code, setting, 2000);
  },
  portfolio: (setting) => {
    const season_length = shortSeason(setting);
    const chosen = fitsTime(setting, secondsOfChoice)
      ? { model: 'ZZZ', damped: null }
      : { model: season_length > 1 ? 'AAA' : 'AAN', damped: true };
    return transformsFor(setting).map((transform) => ({ season_length, ...chosen, transform }));
  },
  space: (setting) => ({
    ...partsOf(setting),
    damped: { type: 'choice', of: [null, true, false] },
    transform: { type: 'choice', of: transformsFor(setting) },
  }),
};

/** Seasons and parts that go together: a season that is named cannot be fitted where there is none. */
function partsOf(setting: SeriesSetting): Readonly<Record<'season_length' | 'model', Range>> {
  const season = shortSeason(setting);
  if (fitsTime(setting, secondsOfChoice)) {
    return {
      season_length: { type: 'choice', of: [...new Set([season, 1])] },
      model: { type: 'choice', of: ['ZZZ', 'ZNZ', 'ZAZ', 'AZZ'] },
    };
  }
  return {
    season_length: { type: 'choice', of: [season] },
    model: { type: 'choice', of: season > 1 ? ['AAA', 'ANA', 'AAN'] : ['AAN', 'ANN'] },
  };
}
