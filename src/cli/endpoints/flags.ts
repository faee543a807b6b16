/** Flags of the endpoints' commands, and what they ask of the server. */
import { envManagers } from '../../protocol/endpoints.ts';
import { CommandError } from '../command.ts';

export const nameFlag = {
  name: { type: 'string', short: 'n', value: 'NAME', required: true, meaning: 'the endpoint' },
} as const;

export const configFlags = {
  'model-uri': {
    type: 'many',
    short: 'm',
    value: 'URI',
    meaning:
      'what it serves: models:/NAME/VERSION, or models:/NAME@ALIAS, which is followed when it moves; twice for a canary',
  },
  traffic: { type: 'string', value: 'A,B', meaning: 'percent of the requests for each of two models, such as 90,10' },
  'env-manager': { type: 'string', value: 'MANAGER', meaning: `where Python models run: ${envManagers.join(', ')}` },
  workers: { type: 'string', short: 'w', value: 'N', meaning: 'processes of a Python model that score' },
  timeout: { type: 'string', short: 't', value: 'SECONDS', meaning: 'how long a request may take' },
  capture: { type: 'string', value: 'RATE', meaning: 'keep a share of the requests and answers, from 0 to 1' },
  'capture-max-mb': { type: 'string', value: 'MB', meaning: 'how much of them is kept; the oldest are dropped' },
  description: { type: 'string', value: 'TEXT', meaning: 'what it is for' },
} as const;

export const waitFlag = {
  wait: { type: 'boolean', meaning: 'wait until it is ready or failed (the default); --no-wait does not' },
} as const;

type GivenConfig = {
  readonly [K in keyof typeof configFlags]?: (K extends 'model-uri' ? readonly string[] : string) | undefined;
};

export function configOf(given: GivenConfig) {
  const uris = given['model-uri'] ?? [];
  const shares = given.traffic?.split(',').map((text) => numberOf('traffic', text));
  if (shares !== undefined && shares.length !== uris.length) {
    throw new CommandError('--traffic takes one number for each --model-uri, such as -m URI -m URI --traffic 90,10', 2);
  }
  const rate = given.capture === undefined ? undefined : numberOf('capture', given.capture);
  const megabytes = given['capture-max-mb'];
  return {
    served_models: uris.map((uri, at) => ({ model_uri: uri, traffic_percentage: shares?.[at] })),
    description: given.description,
    env_manager: given['env-manager'],
    workers: given.workers === undefined ? undefined : numberOf('workers', given.workers),
    timeout_seconds: given.timeout === undefined ? undefined : numberOf('timeout', given.timeout),
    capture:
      rate === undefined && megabytes === undefined
        ? undefined
        : {
            sample_rate: rate,
            max_bytes: megabytes === undefined ? undefined : numberOf('capture-max-mb', megabytes) * 1e6,
          },
  };
}

export function numberOf(flag: string, text: string): number {
  if (/^\s*\d{1,9}(\.\d{1,9})?\s*$/.test(text)) return Number(text);
  throw new CommandError(`--${flag} takes a number, not '${text}'`, 2);
}
