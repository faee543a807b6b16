import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { withoutPassword } from '../../common/without-password.ts';
import { inferenceNotebook } from '../../models/notebook/inference-notebook.ts';
import { getTrackingUri } from '../../sdk/settings.ts';
import { action } from '../action.ts';
import { CommandError } from '../command.ts';
import { scorerFlags } from './scorer-flags.ts';
import { fetched } from './serve.ts';

export const notebook = action({
  name: 'notebook',
  summary: 'write a Jupyter notebook that scores with a model',
  detail: `It runs as it is: it loads the model by its address, reads a table, scores it and writes the predictions. Without
a table of yours it makes a small example from what the model takes.`,
  flags: {
    'model-uri': scorerFlags['model-uri'],
    batch: { type: 'boolean', meaning: 'a table is scored as a whole; so it is without --realtime' },
    realtime: { type: 'boolean', meaning: 'rows are scored one by one, as an application does' },
    'output-path': {
      type: 'string',
      short: 'o',
      value: 'FILE',
      fallback: 'the standard output',
      meaning: 'where to, such as score.ipynb',
    },
    input: { type: 'string', short: 'i', value: 'FILE', meaning: 'the table: CSV, Parquet or JSON lines' },
    endpoint: { type: 'string', value: 'URL', meaning: 'with --realtime: ask there, and load no model' },
  },
  example: `modelyard models notebook -m models:/churn/3 --batch --input customers.csv -o score.ipynb
modelyard models notebook -m models:/churn@champion --realtime --endpoint http://127.0.0.1:5001/invocations -o ask.ipynb`,
  async run(given, out) {
    if (given.batch === true && given.realtime === true) {
      throw new CommandError('say which notebook: either --batch or --realtime', 2);
    }
    if (given.endpoint !== undefined && given.realtime !== true)
      throw new CommandError('--endpoint goes with --realtime', 2);
    const model = await fetched(given['model-uri']);
    const isLocal = !/^[a-z][a-z0-9+.-]+:/i.test(model.uri) || /^file:/i.test(model.uri);
    const text = inferenceNotebook({
      kind: given.realtime === true ? 'realtime' : 'batch',
      uri: isLocal ? model.path : model.uri,
      model,
      trackingUri: isLocal ? undefined : withoutPassword(getTrackingUri()),
      input: given.input === undefined ? undefined : resolve(given.input),
      endpoint: given.endpoint,
    });
    const path = given['output-path'];
    if (path === undefined) {
      process.stdout.write(text);
      return;
    }
    try {
      writeFileSync(path, text);
    } catch (error) {
      throw new CommandError(`the notebook cannot be written: ${(error as Error).message}`);
    }
    out.done({ path }, `Wrote ${path}. It runs with: jupyter execute ${path}`);
  },
});
