import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

export const problems = ['classification', 'regression', 'forecasting'] as const;
export type Problem = (typeof problems)[number];

export interface AutomlBenchOptions {
  /** Empty: all. */
  readonly sets: readonly string[];
  readonly problems: readonly string[];
  readonly seconds: number;
  /** Empty: all that the problem has. */
  readonly peers: readonly string[];
  readonly threads: number;
  /** Whether `seconds` are those of a processor. */
  readonly cpu: boolean;
  /** Ends of each set of series; a search for each. */
  readonly cutoffs: number;
  readonly folder: string;
  readonly json: string | undefined;
}

const help = `Usage: bun bench/automl.ts [options]

Compares modelyard automl with FLAML, AutoGluon, LightGBM and a random forest as they come, and for forecasts with single
methods: each set by all in turn, the same budget, scored on rows that none has seen. Prints a table.

  --sets LIST        of the data sets (all)
  --problem LIST     of classification, regression, forecasting (all)
  --peers LIST       of flaml, autogluon, lightgbm, forest; arima, ets, theta, naive, prophet; or none (all)
  --seconds N        budget of each (60)
  --cpu-seconds      the budget is of processor time, for a machine with other work: each gets one thread on one core,
                     and as much longer as a busy loop takes there at that time
  --cutoffs N        forecasts from N ends of each set of series, a horizon apart, and their mean (1)
  --folder DIR       keeps environments, data and predictions (~/.cache/modelyard/bench-automl)
  --json FILE        writes all values there as well
`;

export function readOptions(args: readonly string[]): AutomlBenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      sets: { type: 'string', default: '' },
      problem: { type: 'string', default: problems.join(',') },
      peers: { type: 'string', default: '' },
      seconds: { type: 'string', default: '60' },
      cutoffs: { type: 'string', default: '1' },
      'cpu-seconds': { type: 'boolean', default: false },
      folder: { type: 'string', default: join(homedir(), '.cache/modelyard/bench-automl') },
      json: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    process.stdout.write(help);
    process.exit(0);
  }
  const seconds = Number(values.seconds);
  if (!(seconds > 0)) throw new Error(`--seconds must be a positive number, not '${values.seconds}'`);
  const cutoffs = Number(values.cutoffs);
  if (!Number.isInteger(cutoffs) || cutoffs < 1) {
    throw new Error(`--cutoffs must be a whole number from 1 on, not '${values.cutoffs}'`);
  }
  return {
    sets: listed(values.sets),
    problems: listed(values.problem),
    seconds,
    peers: listed(values.peers),
    cpu: values['cpu-seconds'],
    threads: values['cpu-seconds'] ? 1 : navigator.hardwareConcurrency,
    cutoffs,
    folder: values.folder,
    json: values.json,
  };
}

function listed(text: string): string[] {
  return text.split(',').filter((word) => word !== '');
}
