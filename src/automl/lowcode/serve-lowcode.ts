/**
 * A session for a program of another language: a request a line, `{"id": 1, "do": "create", …}`, answered by
 * `{"id": 1, "result": …}` or `{"id": 1, "error": "a sentence"}`. `{"do": "interrupt"}` ends what is being done. What
 * happens meanwhile is told as `{"event": …}`.
 */
import type { SearchEvents } from '../engine/events.ts';
import type { AutomlMetric } from '../../protocol/automl-config.ts';
import type { Derivation } from '../problem.ts';
import { thresholdMetrics } from '../tabular/threshold-notebook.ts';
import type { OpenedLowcode } from './open-lowcode.ts';

type Json = Readonly<Record<string, unknown>>;
type Write = (message: Json) => void;

/** Seconds that a step may take when its caller does not say. */
const usualSeconds = 600;

export async function serveLowcode(opened: OpenedLowcode, lines: AsyncIterable<string>, write: Write): Promise<void> {
  let interrupt = new AbortController();
  let over = false;
  let working: Promise<void> = Promise.resolve();
  for await (const line of lines) {
    const request = JSON.parse(line) as Json;
    if (request['do'] === 'interrupt') interrupt.abort();
    else {
      working = working.then(async () => {
        if (over) return;
        interrupt = new AbortController();
        write({ id: request['id'], ...(await answered(opened, request, interrupt.signal)) });
      });
    }
  }
  // Nobody hears an answer any more.
  over = true;
  interrupt.abort();
  await working;
  await opened.session.end();
}

async function answered(opened: OpenedLowcode, request: Json, interrupt: AbortSignal): Promise<Json> {
  try {
    return { result: await step(opened, request, interrupt) };
  } catch (error) {
    return { error: (error as Error).message };
  }
}

async function step({ session, over }: OpenedLowcode, request: Json, interrupt: AbortSignal): Promise<unknown> {
  const deadline = Date.now() + numberOf(request['seconds'], usualSeconds) * 1000;
  const limits = { deadline, signal: AbortSignal.any([over, interrupt, AbortSignal.timeout(deadline - Date.now())]) };
  const run = String(request['run']);
  switch (request['do']) {
    case 'prepare':
      return session.prepare(paramsOf(request['params']));
    case 'models':
      return session.models();
    case 'compare':
      return session.compare(textsOf(request['estimators']), limits);
    case 'create':
      return session.create(String(request['estimator']), paramsOf(request['params']), limits);
    case 'tune': {
      const metric = typeof request['metric'] === 'string' ? request['metric'] : undefined;
      const wish = { rounds: numberOf(request['rounds'], 10), metric, keepBetter: request['keep_better'] !== false };
      return session.tune(run, wish, limits);
    }
    case 'ensemble':
    case 'calibrate':
    case 'threshold':
      return session.derive(run, derivationOf(request), limits);
    case 'blend':
    case 'stack':
      return session.combine(request['do'], textsOf(request['runs']), weightsOf(request['weights']), limits);
    case 'finalize':
      return session.finalize(run, limits);
    case 'test':
      return session.test(textsOf(request['runs']), limits);
    case 'best':
      return session.best();
    case 'leaderboard':
      return session.leaderboard();
    case 'end':
      return session.end();
    default:
      throw new TypeError(`There is no step '${String(request['do'])}'.`);
  }
}

/** @throws TypeError for what there is not */
function derivationOf({ do: step, method, metric, count }: Json): Derivation {
  if (step === 'threshold') {
    const found: AutomlMetric | undefined = thresholdMetrics.find((one) => one === metric);
    if (found) return { kind: 'threshold', metric: found };
    throw new TypeError(`A threshold is chosen by one of ${thresholdMetrics.join(', ')}.`);
  }
  if (step === 'calibrate') {
    if (method === 'sigmoid' || method === 'isotonic') return { kind: 'calibration', method };
    throw new TypeError('method is sigmoid or isotonic.');
  }
  if (method === 'bagging' || method === 'boosting') return { kind: method, count: numberOf(count, 10) };
  throw new TypeError('method is bagging or boosting.');
}

function weightsOf(value: unknown): number[] | undefined {
  return Array.isArray(value) ? value.map(Number) : undefined;
}

function numberOf(value: unknown, fallback: number): number {
  return typeof value === 'number' && value > 0 && value < 1_000_000 ? value : fallback;
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** @throws TypeError for what is no plain value */
function paramsOf(value: unknown): Record<string, string | number | boolean | null> {
  return Object.fromEntries(
    Object.entries((value ?? {}) as Json).map(([name, one]) => {
      if (one === null || typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean') {
        return [name, one];
      }
      throw new TypeError(`The hyperparameter ${name} is a number, a text, true, false or null.`);
    }),
  );
}

export function eventsFor(write: Write): SearchEvents {
  return {
    step: (text) => write({ event: 'step', text }),
    note: (text) => write({ event: 'note', text }),
    begun: ({ runId, experimentId, address }) =>
      write({ event: 'begun', run_id: runId, experiment_id: experimentId, address }),
    phase: () => undefined,
    deadline: () => undefined,
    profile: (profile) => write({ event: 'profile', profile }),
    resumed: () => undefined,
    trialBegan: ({ name }) => write({ event: 'began', name }),
    trialEnded: ({ plan, finished }) => write({ event: 'ended', name: plan.name, validation: finished?.validation }),
  };
}
