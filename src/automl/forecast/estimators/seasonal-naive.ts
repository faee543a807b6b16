import type { Estimator } from './estimator.ts';
import { needing, statsforecastImports, statsforecastMethods } from './statsforecast.ts';

export const seasonalNaive: Estimator = {
  name: 'SeasonalNaive',
  framework: 'ets',
  seconds: 0,
  about: 'Repeats the last season: what every other model has to beat.',
  imports: statsforecastImports(),
  packages: ['statsforecast'],
  methods: ({ season_length }, setting) =>
    needing(season_length, statsforecastMethods(`SeasonalNaive(${String(season_length)}, alias="yhat")`, setting)),
  // The last value as it is, too: of prices and the like hardly anything is better.
  portfolio: ({ season }) => [{ season_length: season }, ...(season > 1 ? [{ season_length: 1 }] : [])],
};
