import { shortSeason, transformsFor } from '../series-setting.ts';
import type { Estimator } from './estimator.ts';
import { statsforecastImports, statsforecastMethods } from './statsforecast.ts';

export const autoEts: Estimator = {
  name: 'AutoETS',
  framework: 'ets',
  about: 'Exponential smoothing; what of error, trend and season is left open is chosen by the information criterion.',
  imports: statsforecastImports('AutoETS'),
  packages: ['statsforecast'],
  methods: ({ season_length, model, damped }, setting) => {
    const trend = damped === null ? '' : `, damped=${damped === true ? 'True' : 'False'}`;
    const code = `AutoETS(season_length=${String(season_length)}, model="${String(model)}"${trend}, alias="yhat")`;
    return statsforecastMethods(code, setting, 2000);
  },
  portfolio: (setting) => {
    const season_length = shortSeason(setting);
    return transformsFor(setting).map((transform) => ({ season_length, model: 'ZZZ', damped: null, transform }));
  },
  space: (setting) => ({
    season_length: { type: 'choice', of: [...new Set([shortSeason(setting), 1])] },
    model: { type: 'choice', of: ['ZZZ', 'ZNZ', 'ZAZ', 'AZZ'] },
    damped: { type: 'choice', of: [null, true, false] },
    transform: { type: 'choice', of: transformsFor(setting) },
  }),
};
