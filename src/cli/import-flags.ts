import type { ServerFlag } from '../config/server-flags.ts';
import { placeFlags } from './places.ts';

const what = 'What comes';
const how = 'How';
const where = 'Where to, as the server is told';

export const importFlags = {
  format: {
    type: 'string',
    group: what,
    value: 'FORMAT',
    fallback: 'found by itself',
    meaning: 'mlruns, sqlite, server, export or dagshub',
  },
  artifacts: {
    type: 'boolean',
    group: what,
    negatable: true,
    fallback: 'true',
    meaning: 'copy artifacts that can be read; else their addresses stay as they are',
  },
  'source-artifacts': {
    type: 'string',
    group: what,
    value: 'DIR',
    fallback: 'mlartifacts beside the database',
    meaning: 'the --artifacts-destination of the MLflow server of a database, where mlflow-artifacts: URIs lie',
  },
  experiment: {
    type: 'string',
    group: what,
    value: 'NAME',
    fallback: "the folder's name",
    meaning: 'experiment for the runs of params.yml and metrics.csv',
  },
  'dry-run': { type: 'boolean', group: how, fallback: '', meaning: 'tell what would come, and write nothing' },
  json: { type: 'boolean', group: how, fallback: '', meaning: 'report as one JSON object' },
  report: {
    type: 'string',
    group: how,
    value: 'FILE',
    fallback: '',
    meaning: 'write each thing that was not brought, or not as it was, as a line of JSON',
  },
  ...placeFlags(where),
} as const satisfies Record<string, ServerFlag>;
