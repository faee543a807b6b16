/** Flags of the commands that score with a model, named as MLflow names them. */
import { environment } from '../../sdk/settings.ts';
import { envManagers, usualScorerOptions, type EnvManager, type ScorerOptions } from '../../serving/scorer-options.ts';
import { CommandError } from '../command.ts';
import { confirmed } from '../output/confirmed.ts';

export const scorerFlags = {
  'model-uri': {
    type: 'string',
    short: 'm',
    value: 'URI',
    required: true,
    meaning: 'a folder, runs:/ID/PATH, models:/NAME/VERSION, models:/NAME@ALIAS or models:/m-ID',
  },
  timeout: {
    type: 'string',
    short: 't',
    value: 'SECONDS',
    variable: 'MLFLOW_SCORING_SERVER_REQUEST_TIMEOUT',
    fallback: '60',
    meaning: 'how long a request may take',
  },
  workers: {
    type: 'string',
    short: 'w',
    value: 'N',
    fallback: '1',
    meaning: 'processes that score, or threads for ONNX',
  },
  'env-manager': {
    type: 'string',
    value: 'MANAGER',
    fallback: usualScorerOptions.envManager,
    meaning: `where Python runs: ${envManagers.join(', ')}; local is the Python that is there`,
  },
  'no-conda': { type: 'boolean', meaning: 'the same as --env-manager local' },
  'install-mlflow': { type: 'boolean', meaning: "nothing here: a model's environment holds the MLflow it names" },
  queue: { type: 'string', value: 'N', fallback: '1024', meaning: 'requests that may wait; more are answered 503' },
  'batch-requests': { type: 'string', value: 'N', fallback: '64', meaning: 'requests scored together; 1 turns it off' },
  'batch-wait': { type: 'string', value: 'MS', fallback: '0', meaning: 'how long a request waits for others to come' },
  install: { type: 'boolean', meaning: 'install what is missing, such as ONNX Runtime, without a question' },
} as const;

interface GivenScorer {
  readonly timeout?: string | undefined;
  readonly workers?: string | undefined;
  readonly 'env-manager'?: string | undefined;
  readonly 'no-conda'?: boolean | undefined;
  readonly queue?: string | undefined;
  readonly 'batch-requests'?: string | undefined;
  readonly 'batch-wait'?: string | undefined;
  readonly install?: boolean | undefined;
}

export function scorerOptionsOf(given: GivenScorer): ScorerOptions {
  const usual = usualScorerOptions;
  const seconds = given.timeout ?? environment('MLFLOW_SCORING_SERVER_REQUEST_TIMEOUT') ?? '60';
  return {
    envManager: envManagerOf(given),
    workers: numberOf('workers', given.workers ?? '1', 1, 1024),
    timeoutMs: numberOf('timeout', seconds, 1, 86_400) * 1000,
    queueLimit: numberOf('queue', given.queue ?? String(usual.queueLimit), 1, 1_000_000),
    batch: {
      ...usual.batch,
      maxRequests: numberOf('batch-requests', given['batch-requests'] ?? String(usual.batch.maxRequests), 1, 100_000),
      windowMs: numberOf('batch-wait', given['batch-wait'] ?? String(usual.batch.windowMs), 0, 60_000),
    },
    onLine: usual.onLine,
    mayInstall: async (what) => given.install ?? confirmed(`${what} is missing. Install it?`),
    onProgress: (step) => void process.stderr.write(`modelyard: ${step}\n`),
  };
}

export function envManagerOf(given: Pick<GivenScorer, 'env-manager' | 'no-conda'>): EnvManager {
  if (given['no-conda'] === true) return 'local';
  const name = given['env-manager'] ?? usualScorerOptions.envManager;
  const known = envManagers.find((one) => one === name);
  if (!known) throw new CommandError(`--env-manager takes ${envManagers.join(', ')}, not '${name}'`, 2);
  return known;
}

export function numberOf(flag: string, text: string, least: number, most: number): number {
  const value = /^\d{1,9}$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new CommandError(`--${flag} takes a whole number from ${least} to ${most}, not '${text}'`, 2);
}
