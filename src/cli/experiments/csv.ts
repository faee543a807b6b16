import { writeFile } from 'node:fs/promises';
import type { Run } from '../../sdk/entities.ts';
import { searchRuns } from '../../sdk/fluent-search.ts';
import { action } from '../action.ts';
import { experimentFlags, experimentIdOf } from '../common-flags.ts';

export const csv = action({
  name: 'csv',
  summary: "write an experiment's active runs as CSV, a column for each metric, param and tag",
  flags: {
    ...experimentFlags,
    filename: { type: 'string', short: 'o', value: 'FILE', fallback: 'the standard output', meaning: 'where to' },
  },
  example: 'modelyard experiments csv -n Default -o runs.csv',
  async run(given, out) {
    const experimentIds = [await experimentIdOf(given)];
    const runs = await searchRuns({ experimentIds, maxResults: Number.POSITIVE_INFINITY });
    if (out.json && given.filename === undefined) {
      out.done(runs, '');
      return;
    }
    const text = csvText(runs);
    if (given.filename === undefined) process.stdout.write(text);
    else {
      await writeFile(given.filename, text);
      out.done(
        { experimentId: experimentIds[0], filename: given.filename, runs: runs.length },
        `Experiment with ID ${experimentIds[0]} has been exported as a CSV to file: ${given.filename}.`,
      );
    }
  },
});

/** The columns of MLflow's: those of every run, then metrics, params and tags in the order in which they first come. */
function csvText(runs: readonly Run[]): string {
  const metrics = keysOf(runs, ({ data }) => data.metrics);
  const params = keysOf(runs, ({ data }) => data.params);
  const tags = keysOf(runs, ({ data }) => data.tags);
  const head = [
    'run_id',
    'experiment_id',
    'status',
    'artifact_uri',
    'start_time',
    'end_time',
    ...metrics.map((key) => `metrics.${key}`),
    ...params.map((key) => `params.${key}`),
    ...tags.map((key) => `tags.${key}`),
  ];
  const lines = runs.map(({ info, data }) => [
    info.runId,
    info.experimentId,
    info.status,
    info.artifactUri,
    timeText(info.startTime),
    info.endTime === undefined ? '' : timeText(info.endTime),
    ...metrics.map((key) => numberText(data.metrics[key])),
    ...params.map((key) => data.params[key] ?? ''),
    ...tags.map((key) => data.tags[key] ?? ''),
  ]);
  return [head, ...lines].map((cells) => `${cells.map(field).join(',')}\n`).join('');
}

function keysOf(runs: readonly Run[], record: (run: Run) => object): string[] {
  return [...new Set(runs.flatMap((run) => Object.keys(record(run))))];
}

/** `2026-11-21 12:00:00.123000+00:00`, as pandas writes it. */
function timeText(ms: number): string {
  return new Date(ms).toISOString().replace('T', ' ').replace('Z', '000+00:00');
}

/** Infinity in the word that Python reads. */
function numberText(value: number | undefined): string {
  return value === undefined ? '' : String(value).replace('Infinity', 'inf');
}

function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
