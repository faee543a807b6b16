import type { ForecastProfile } from '../../protocol/automl-record.ts';
import type { Notebook } from '../notebook/cell.ts';
import { notebookCells } from '../notebook/notebook-cells.ts';
import { section, type Part } from '../notebook/part.ts';
import { pythonLiteral } from '../notebook/python-code.ts';
import { cacheCode } from '../notebook/search-code.ts';
import type { SearchContext } from '../problem.ts';
import { setupCode, setupImports } from './exploration-setup.ts';
import * as code from './series-code.ts';
import { whatIsKnown } from './what-is-known.ts';

/** Lengths, gaps, seasons, the parts of a series, and how it goes with its own past. */
export function seriesExploration(context: SearchContext): Notebook {
  const { config, profile } = context;
  if (profile.kind !== 'forecast') throw new TypeError('Series are explored by the profile of series.');
  const season = profile.seasons.find((one) => one > 1) ?? 1;
  const covariates = config.covariates.filter((name) => profile.columns.some((one) => one.name === name && one.used));
  const settings = [
    `HORIZON = ${config.horizon}  # steps to forecast`,
    `SEASON = ${season}  # steps; 1: none shows`,
    ...(covariates.length > 0 ? [`COVARIATES = ${pythonLiteral(covariates)}`] : []),
  ].join('\n');
  const many = profile.series > 1;
  const parts: Part[] = [
    { imports: setupImports, cells: [] },
    section('load', 'Load the data', loadText(profile), `${cacheCode}\n${code.load}`, []),
    section(
      'evaluate',
      'Lengths and gaps',
      'When each series begins and ends, and how many of its steps were not observed.',
      code.lengths,
      [],
    ),
    section('evaluate', 'The series', many ? 'The longest ones.' : '', code.lines, []),
    section(
      'evaluate',
      'Distribution',
      many
        ? 'Of all values, and of each of the longest series.'
        : 'Of the values, and of their changes from step to step.',
      many ? code.spreadOfMany : code.spread,
      [],
    ),
    ...(season > 1
      ? [
          section(
            'evaluate',
            'Season',
            `The values by their place in the season of ${season} steps, each divided by the mean of its season.`,
            code.season,
            [],
          ),
          section(
            'evaluate',
            'Decomposition',
            'Of the longest series: the trend, the season, and what neither explains (STL).',
            code.decomposition,
            ['statsmodels.tsa.seasonal:STL'],
          ),
        ]
      : []),
    section(
      'evaluate',
      'Autocorrelation',
      'How a value goes with those before it. Bars beyond the grey band are not chance.',
      code.autocorrelation,
      [],
    ),
    ...(covariates.length > 0
      ? [
          section(
            'evaluate',
            'Covariates',
            'How they go with the values, and with their changes. A covariate that goes with the values perfectly may be a leak: it must be known for the future.',
            code.covariates,
            [],
          ),
        ]
      : []),
  ];
  return {
    name: 'data-exploration',
    cells: notebookCells('Data exploration', headText(context, profile), setupCode(context, settings), parts),
    results: [],
  };
}

function headText({ config }: SearchContext, profile: ForecastProfile): string {
  const what = profile.series === 1 ? 'one series' : `${profile.series} series`;
  const long =
    profile.shortest === profile.longest ? `${profile.longest}` : `${profile.shortest} to ${profile.longest}`;
  return `\`${config.target_col}\` is to be forecast ${config.horizon} steps ahead; the data has ${what} of ${long} steps, from ${profile.start} to ${profile.end}.

${whatIsKnown(profile)}`;
}

function loadText({ test_steps }: ForecastProfile): string {
  const test =
    test_steps > 0 ? ` The last ${test_steps} steps of each series are for the test and are not looked at here.` : '';
  return `One row for each step: \`series\`, \`ds\` (time), \`y\` (empty where nothing was observed).${test}`;
}
