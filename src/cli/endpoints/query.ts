import { invocationsPath, servedByHeader } from '../../protocol/endpoints.ts';
import { settingsOf } from '../../sdk/settings.ts';
import { send } from '../../sdk/transport.ts';
import { action } from '../action.ts';
import { CommandError } from '../command.ts';
import { nameFlag } from './flags.ts';

const types: Readonly<Record<string, string>> = { json: 'application/json', csv: 'text/csv' };

export const query = action({
  name: 'query',
  summary: 'send a request to an endpoint and print its answer',
  detail: `The input is what mlflow models serve takes: JSON with dataframe_split, dataframe_records, instances or
inputs, or CSV with a head. The version that answered is told on the error output.`,
  flags: {
    ...nameFlag,
    input: {
      type: 'string',
      short: 'i',
      value: 'FILE',
      fallback: 'the standard input',
      meaning: 'a file of JSON or CSV',
    },
    data: { type: 'string', short: 'd', value: 'TEXT', meaning: 'the input itself' },
    'content-type': {
      type: 'string',
      short: 't',
      value: 'TYPE',
      fallback: 'by the name of the file, else json',
      meaning: 'json or csv',
    },
  },
  example: `modelyard endpoints query -n churn -d '{"dataframe_records": [{"age": 41, "income": 1200}]}'
modelyard endpoints query -n churn -i customers.csv`,
  async run({ name, input, data, 'content-type': type }, out) {
    if (input !== undefined && data !== undefined) throw new CommandError('give either --input or --data', 2);
    const kind = type ?? (input?.endsWith('.csv') ? 'csv' : 'json');
    const contentType = types[kind];
    if (contentType === undefined) throw new CommandError(`--content-type takes json or csv, not '${kind}'`, 2);
    const file = input === undefined ? Bun.stdin : Bun.file(input);
    if (input === undefined && data === undefined && process.stdin.isTTY) {
      throw new CommandError('say what to send: --data TEXT, --input FILE, or through a pipe', 2);
    }
    const answer = await send(settingsOf(), {
      method: 'POST',
      path: invocationsPath.replace('{name}', encodeURIComponent(name)),
      body: data ?? (await file.text()),
      headers: { 'content-type': contentType },
      idempotent: false,
    });
    const text = await answer.text();
    process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
    out.note(`answered by ${answer.headers.get(servedByHeader) ?? 'nobody known'}`);
  },
});
