import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { longestDelay } from '../../common/timer.ts';
import { formatByName, inputFormats, type InputFormat } from '../../serving/batch/open-input.ts';
import type { TableFormat } from '../../serving/batch/score-table.ts';
import { passOnOnce } from '../../serving/pass-on.ts';
import { action } from '../action.ts';
import { CommandError } from '../command.ts';
import { predictFile } from './predict-file.ts';
import { numberOf, scorerFlags, scorerOptionsOf } from './scorer-flags.ts';
import { fetched } from './serve.ts';

export const predict = action({
  name: 'predict',
  summary: 'score a file with a model; one larger than memory too',
  detail: `Without -o, and with an output that ends in .json, the input is one request and the answer is what mlflow models
predict gives: {"predictions": ...}. With an output that ends in .csv, .jsonl or .parquet the input is a table, scored in
pieces of --chunk-rows rows: a row of predictions for each row, in their order. Predictions without names of their own are
in the column 'predictions'. Then a run that was stopped goes on when the same command is given again; what is done so far
lies in OUTPUT.partial, and OUTPUT is there when it is whole.`,
  flags: {
    'model-uri': scorerFlags['model-uri'],
    'input-path': {
      type: 'string',
      short: 'i',
      value: 'FILE',
      fallback: 'the standard input',
      meaning: 'CSV, Parquet, JSON as for /invocations, or JSON lines: a record on each',
    },
    'output-path': {
      type: 'string',
      short: 'o',
      value: 'FILE',
      fallback: 'the standard output, as JSON',
      meaning: 'where to, as its ending says: .json, .csv, .jsonl or .parquet',
    },
    'content-type': {
      type: 'string',
      short: 't',
      value: 'TYPE',
      fallback: "by the input's ending, else json",
      meaning: `what the input is: ${inputFormats.join(', ')}`,
    },
    'env-manager': scorerFlags['env-manager'],
    'install-mlflow': scorerFlags['install-mlflow'],
    'pip-requirements-override': {
      type: 'string',
      short: 'r',
      value: 'LIST',
      meaning: "packages instead of the model's own versions, such as x==1.2,y",
    },
    env: { type: 'many', value: 'KEY=VALUE', meaning: 'an environment variable for the model' },
    install: scorerFlags.install,
    workers: {
      ...scorerFlags.workers,
      fallback: '1; for tables one for each processor',
    },
    'chunk-rows': {
      type: 'string',
      value: 'N',
      fallback: '10000, at most 4 MB',
      meaning: 'rows of a request, for tables',
    },
    'keep-input': { type: 'boolean', meaning: "write the input's columns before the predictions, for tables" },
    restart: { type: 'boolean', meaning: 'begin anew where an earlier run of another input or model stopped' },
  },
  example: `modelyard models predict -m models:/churn@champion -i customers.csv
modelyard models predict -m models:/churn/3 -i customers.parquet -o scored.parquet --keep-input --workers 4`,
  async run(given, out) {
    const path = given['input-path'];
    const output = given['output-path'];
    const table = tableFormatOf(output);
    const format = inputFormatOf(given['content-type'], path);
    const rows = given['chunk-rows'];
    const chunkRows = rows === undefined ? undefined : numberOf('chunk-rows', rows, 1, 10_000_000);
    setVariables(given.env ?? []);
    const workers = given.workers ?? (table ? String(availableParallelism()) : '1');
    const usual = scorerOptionsOf({ ...given, workers });
    const overrides = given['pip-requirements-override'];
    if (overrides !== undefined && !['uv', 'virtualenv'].includes(usual.envManager)) {
      throw new CommandError(
        `--pip-requirements-override goes with --env-manager uv or virtualenv, not ${usual.envManager}`,
      );
    }
    if (path !== undefined && !existsSync(path)) throw new CommandError(`there is no file '${path}'`);
    const scored = await predictFile({
      model: await fetched(given['model-uri']),
      overrides,
      // A prediction takes as long as it takes.
      options: { ...usual, timeoutMs: longestDelay, batch: { ...usual.batch, maxRequests: 1 }, onLine: passOnOnce() },
      path,
      format,
      output,
      table,
      chunkRows,
      keepInput: given['keep-input'] ?? false,
      restart: given.restart ?? false,
    });
    if (!scored) return;
    const earlier = scored.before === 0 ? '' : `, ${scored.before} of them by an earlier run`;
    const count = `${scored.rows} ${scored.rows === 1 ? 'row' : 'rows'}`;
    const line = `Wrote the predictions of ${count} to ${output}${earlier}`;
    if (out.json) out.done({ path: output, ...scored }, line);
    else out.note(line);
  },
});

function inputFormatOf(given: string | undefined, path: string | undefined): InputFormat {
  if (given === undefined) return (path === undefined ? undefined : formatByName(path)) ?? 'json';
  const format = inputFormats.find((known) => known === given);
  if (format) return format;
  throw new CommandError(`--content-type takes ${inputFormats.join(', ')}, not '${given}'`);
}

function tableFormatOf(output: string | undefined): TableFormat | undefined {
  const format = output === undefined ? undefined : formatByName(output);
  return format === 'json' ? undefined : format;
}

/** Models see them as their own. */
function setVariables(pairs: readonly string[]): void {
  for (const pair of pairs) {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
    if (name === undefined) throw new CommandError(`--env takes KEY=VALUE, not '${pair}'`, 2);
    Bun.env[name] = value;
  }
}
