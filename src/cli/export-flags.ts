import type { ServerFlag } from '../config/server-flags.ts';
import { importFlags } from './import-flags.ts';
import { placeFlags } from './places.ts';

const what = 'What goes';
const where = 'Where from, as the server is told';

export const exportFlags = {
  'experiment-ids': {
    type: 'string',
    group: what,
    value: 'LIST',
    fallback: 'all, and the registry',
    meaning: 'only these experiments with their runs and logged models',
  },
  artifacts: { ...importFlags.artifacts, group: what, meaning: 'copy artifacts; else their addresses alone' },
  json: { ...importFlags.json, group: what },
  report: { ...importFlags.report, group: what },
  'tracking-uri': {
    type: 'string',
    group: where,
    value: 'URI',
    fallback: '',
    meaning: 'a running server, ours or of MLflow, instead of the database',
  },
  ...placeFlags(where),
} as const satisfies Record<string, ServerFlag>;
