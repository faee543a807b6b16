import { transformsFor, type SeriesSetting } from '../series-setting.ts';
import type { Estimator } from './estimator.ts';
import { needing, statsforecastImports, statsforecastMethods } from './statsforecast.ts';

const trends = { AutoETS: 'AutoETS(model="ZZN")', AutoARIMA: 'AutoARIMA(max_p=3, max_q=3, approximation=True)' };

export const mstl: Estimator = {
  name: 'MSTL',
  framework: 'ets',
  seconds: 0.01,
  about: 'Takes each season out by loess, one after the other, forecasts what is left, and puts the seasons back.',
  imports: statsforecastImports('MSTL', 'AutoETS', 'AutoARIMA'),
  packages: ['statsforecast'],
  methods: ({ seasons, trend }, setting) => {
    const forecaster = trends[trend === 'AutoARIMA' ? trend : 'AutoETS'];
    const model = `MSTL(season_length=[${String(seasons)}], trend_forecaster=${forecaster}, alias="yhat")`;
    const shortest = String(seasons).split(', ')[0] ?? '1';
    return needing(shortest, statsforecastMethods(model, setting, 5000));
  },
  portfolio: (setting) =>
    setting.seasons.length === 0
      ? []
      : [
          { seasons: allSeasons(setting), trend: 'AutoETS', transform: transformsFor(setting)[0] ?? 'none' },
          { seasons: allSeasons(setting), trend: 'AutoARIMA', transform: 'none' },
        ],
  space: (setting): ReturnType<NonNullable<Estimator['space']>> =>
    setting.seasons.length === 0
      ? {}
      : {
          seasons: { type: 'choice', of: [...new Set([allSeasons(setting), String(setting.season)])] },
          trend: { type: 'choice', of: Object.keys(trends) },
          transform: { type: 'choice', of: transformsFor(setting) },
        },
};

function allSeasons({ seasons }: SeriesSetting): string {
  return seasons.toSorted((a, b) => a - b).join(', ');
}
