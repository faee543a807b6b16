import type { Run } from '../../sdk/entities.ts';
import { getRun } from '../../sdk/fluent-runs.ts';
import { action } from '../action.ts';
import { CommandError } from '../command.ts';
import type { Column } from '../output/table.ts';
import type { Cell } from '../output/values.ts';
import { durationOf, keysOf, statusText } from './columns.ts';

interface Row {
  readonly kind: 'run' | 'metric' | 'param';
  readonly key: string;
  readonly values: readonly Cell[];
  readonly differs: boolean;
}

export const compare = action({
  name: 'compare',
  summary: 'set runs side by side, a row for each metric and param',
  detail:
    'Rows in which the runs differ are bold. With --json: runs, metrics and params, each row with values in the\norder of the runs, null where a run has none, and whether they differ.',
  flags: {
    'run-ids': { type: 'string', value: 'LIST', required: true, meaning: 'two runs or more, with commas between' },
    differing: { type: 'boolean', meaning: 'only what differs' },
  },
  example:
    'modelyard runs compare --run-ids 3f2a9c0d5e7b4a1f8c6d2e9b0a7f5c31,8b1d4e6f0a2c4b5d9e7f1a3c5b8d0e62 --differing',
  async run(given, out) {
    const ids = given['run-ids']
      .split(',')
      .map((id) => id.trim())
      .filter((id) => id !== '');
    if (ids.length < 2) throw new CommandError('--run-ids takes two runs or more, such as --run-ids A,B', 2);
    const runs = await Promise.all(ids.map((id) => getRun(id)));
    const wanted = ({ differs }: Row): boolean => given.differing !== true || differs;
    const metrics = keysOf(runs, ({ data }) => data.metrics).map((key) =>
      row('metric', key, runs, ({ data }) => data.metrics[key]),
    );
    const params = keysOf(runs, ({ data }) => data.params).map((key) =>
      row('param', key, runs, ({ data }) => data.params[key]),
    );
    if (out.json) {
      out.done(
        {
          runs: runs.map(({ info }) => info),
          metrics: metrics.filter(wanted).map(jsonRow),
          params: params.filter(wanted).map(jsonRow),
        },
        '',
      );
      return;
    }
    const attributes = [
      row('run', 'run', runs, ({ info }) => info.runId),
      row('run', 'status', runs, statusText),
      row('run', 'started', runs, ({ info }) => new Date(info.startTime)),
      row('run', 'duration', runs, durationOf),
    ];
    out.list([...attributes, ...metrics.filter(wanted), ...params.filter(wanted)], columnsOf(runs), '');
  },
});

function row(kind: Row['kind'], key: string, runs: readonly Run[], cell: (run: Run) => Cell): Row {
  const values = runs.map(cell);
  return { kind, key, values, differs: kind !== 'run' && values.some((value) => !Object.is(value, values[0])) };
}

function jsonRow({ key, values, differs }: Row): object {
  return { key, values: values.map((value) => value ?? null), differs };
}

function columnsOf(runs: readonly Run[]): Column<Row>[] {
  return [
    { title: '', cell: ({ kind }) => (kind === 'run' ? '' : kind), whole: true },
    { title: 'KEY', cell: ({ key }) => key, colour: ({ differs }) => (differs ? 'bold' : undefined) },
    ...runs.map(({ info }, at): Column<Row> => ({
      title: info.runName || info.runId,
      cell: ({ values }) => values[at],
      right: true,
      colour: ({ differs }) => (differs ? 'bold' : undefined),
    })),
  ];
}
