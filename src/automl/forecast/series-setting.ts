/** What the notebooks and the spaces of a search have in common: facts of its series. */
import type { SearchContext } from '../problem.ts';

export interface SeriesSetting {
  /** Columns of the data: what is forecast, the time, and those that name the series. */
  readonly target: string;
  readonly time: string;
  readonly identity: readonly string[];
  /** Of times that are numbers, or texts of another form than ISO 8601: as `prepare/time_steps.py` names it. */
  readonly timeFormat?: string | undefined;
  readonly horizon: number;
  /** As pandas names it, with its anchor: `W-MON`. */
  readonly frequency: string;
  /** How long a step is. */
  readonly pace: 'sub-daily' | 'daily' | 'weekly' | 'longer';
  /** Steps in the seasons that show, the most pronounced first; empty when there are none. */
  readonly seasons: readonly number[];
  /** The season that comes first, or 1. */
  readonly season: number;
  readonly series: number;
  /** Rows of the longest. */
  readonly longest: number;
  /** What a fit to one series may take, so that a trial ends in a part of the time of the search; few series: any. */
  readonly secondsPerFit: number;
  /** Columns known for the future, that models see. */
  readonly covariates: readonly string[];
  /** Country of the holidays; the empty text when a step is longer than a day, or for none. */
  readonly country: string;
  /** The least value observed, and the mean. */
  readonly least: number;
  readonly mean: number;
  readonly backtest: { readonly windows: number; readonly step: number; readonly minimum: number };
  /** Steps of the test; 0: there is none. */
  readonly test: number;
}

export const fewSeries = 20;
/** Of the search, for a trial; one that takes a third is ended. */
const partOfTime = 0.2;

export function seriesSetting({ config, profile }: SearchContext): SeriesSetting {
  if (profile.kind !== 'forecast') throw new Error('A forecast needs the profile of series');
  const seasons = profile.seasons.filter((season) => season > 1);
  const pace = paceOf(config.frequency);
  const target = profile.columns.find((column) => column.name === config.target_col);
  const format = profile.columns.find((column) => column.name === config.time_col)?.format;
  const used = new Set(profile.columns.filter((column) => column.used).map((column) => column.name));
  return {
    target: config.target_col,
    time: config.time_col ?? 'ds',
    identity: config.identity_col,
    timeFormat: format === 'ISO8601' ? undefined : format,
    horizon: config.horizon,
    frequency: profile.frequency,
    pace,
    seasons,
    season: seasons[0] ?? 1,
    series: profile.series,
    longest: profile.longest,
    secondsPerFit:
      profile.series > fewSeries
        ? (partOfTime * config.timeout_seconds) / (profile.series * (profile.backtest.windows + 1))
        : Infinity,
    covariates: config.covariates.filter((name) => used.has(name)),
    country: pace === 'daily' || pace === 'sub-daily' ? config.country_code : '',
    least: target?.min ?? Number.NEGATIVE_INFINITY,
    mean: target?.mean ?? 0,
    backtest: profile.backtest,
    test: profile.test_steps,
  };
}

function paceOf(frequency: SearchContext['config']['frequency']): SeriesSetting['pace'] {
  if (['h', 'min', 's'].includes(frequency)) return 'sub-daily';
  if (['D', 'B'].includes(frequency)) return 'daily';
  return frequency === 'W' ? 'weekly' : 'longer';
}

/** The season that methods of at most 24 steps can hold, or 1. */
export function shortSeason({ seasons }: SeriesSetting): number {
  return seasons.find((season) => season <= 24) ?? 1;
}

/** Whether values can be told by ratios: all are positive, and none is next to nothing. */
export function hasRatios({ least, mean }: SeriesSetting): boolean {
  return least > 0.02 * mean && least > 0;
}

/** Ways to look at the values, the first one first: what grows does so by percents. */
export function transformsFor(setting: SeriesSetting): readonly ('none' | 'log')[] {
  return hasRatios(setting) ? ['log', 'none'] : ['none'];
}

/** Whether fits to each of the series end in time. @param seconds of a core, for a series of 150 steps */
export function fitsTime({ secondsPerFit, longest }: SeriesSetting, seconds: number): boolean {
  return seconds * Math.max(1, Math.min(longest, 1000) / 150) <= secondsPerFit;
}
