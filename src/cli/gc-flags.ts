import type { ServerFlag } from '../config/server-flags.ts';
import { placeFlags } from './places.ts';

const what = 'What goes';
const how = 'How';
const elsewhere = 'For commands written for MLflow';
const places = placeFlags('Where, as the server was told');

export const gcFlags = {
  'older-than': {
    type: 'string',
    group: what,
    value: 'AGE',
    fallback: '',
    meaning: 'only what was deleted longer ago, such as 30d, 12h or 1d2h3m4s',
  },
  'run-ids': { type: 'string', group: what, value: 'LIST', fallback: 'all that are deleted', meaning: 'runs' },
  'experiment-ids': {
    type: 'string',
    group: what,
    value: 'LIST',
    fallback: 'all that are deleted',
    meaning: 'experiments, with their runs and logged models',
  },
  'logged-model-ids': {
    type: 'string',
    group: what,
    value: 'LIST',
    fallback: 'all that are deleted',
    meaning: 'logged models',
  },
  'dry-run': { type: 'boolean', group: how, fallback: '', meaning: 'tell what would go, and erase nothing' },
  json: { type: 'boolean', group: how, fallback: '', meaning: 'tell it as one JSON object' },
  ...places,
  'default-artifact-root': {
    ...places['default-artifact-root'],
    meaning: 'a local folder in which artifacts may be erased too',
  },
  'tracking-uri': {
    type: 'string',
    group: elsewhere,
    value: 'URI',
    fallback: '',
    meaning: 'ignored: the database and the artifacts are found without a server',
  },
  jobs: { type: 'boolean', group: elsewhere, fallback: '', meaning: 'ignored: there are no jobs here' },
  'job-ids': { type: 'string', group: elsewhere, value: 'LIST', fallback: '', meaning: 'ignored, as --jobs' },
} as const satisfies Record<string, ServerFlag>;
