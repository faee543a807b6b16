import { hasRatios, shortSeason, transformsFor } from '../series-setting.ts';
import type { Estimator } from './estimator.ts';
import { statsforecastImports, statsforecastMethods } from './statsforecast.ts';

/** The latest rows of a series, that it is fitted to: of more a fit takes seconds, and of some of them half a minute. */
const rows = 500;

export const autoTheta: Estimator = {
  name: 'AutoTheta',
  framework: 'theta',
  seconds: 0.01,
  about: 'Half of a straight trend and a smoothed level, on values without their season; the best of four variants.',
  imports: statsforecastImports('AutoTheta'),
  packages: ['statsforecast'],
  methods: ({ season_length, decomposition_type }, setting) => {
    const how = `decomposition_type="${String(decomposition_type)}"`;
    return statsforecastMethods(
      `AutoTheta(season_length=${String(season_length)}, ${how}, alias="yhat")`,
      setting,
      Math.max(rows, 3 * Number(season_length)),
    );
  },
  portfolio: (setting) => {
    const decomposition_type = hasRatios(setting) ? 'multiplicative' : 'additive';
    const seasons = [...new Set([setting.season, shortSeason(setting)])];
    return seasons.map((season_length) => ({ season_length, decomposition_type, transform: 'none' }));
  },
  space: (setting) => ({
    season_length: { type: 'choice', of: [...new Set([setting.season, shortSeason(setting), 1])] },
    decomposition_type: { type: 'choice', of: hasRatios(setting) ? ['multiplicative', 'additive'] : ['additive'] },
    transform: { type: 'choice', of: transformsFor(setting) },
  }),
};
