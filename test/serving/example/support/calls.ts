/** The backend's methods, as any program may call them. */
import type { Combination, DeployEvent, Search, TrainEvent } from '../../../../examples/train-and-deploy/api.ts';
import type { App } from './app.ts';

const limit = 120_000;

interface Answer<E> {
  readonly status: number;
  readonly events: readonly E[];
  /** What a refusal says. */
  readonly message: string;
}

type ErrorEvent = { readonly event: 'error'; readonly message: string };

async function answerOf<E>(response: Response): Promise<Answer<E | ErrorEvent>> {
  const text = await response.text();
  const lines = text.trim().split('\n');
  const events = lines.map((line) => JSON.parse(line) as E | ErrorEvent);
  const { message = '' } = events.at(-1) as { message?: string };
  return { status: response.status, events, message };
}

export async function train(app: App, order: unknown, headers = {}): Promise<Answer<TrainEvent | ErrorEvent>> {
  const body = typeof order === 'string' ? order : JSON.stringify(order);
  const signal = AbortSignal.timeout(limit);
  return answerOf(await fetch(`${app.url}/track-experiment`, { method: 'POST', body, headers, signal }));
}

export async function deploy(
  app: App,
  query: Readonly<Record<string, string>>,
  body: string,
): Promise<Answer<DeployEvent | ErrorEvent>> {
  const url = `${app.url}/deploy-model?${new URLSearchParams(query)}`;
  return answerOf(await fetch(url, { method: 'POST', body, signal: AbortSignal.timeout(limit) }));
}

export async function searches(app: App): Promise<readonly Search[]> {
  return (await (await fetch(`${app.url}/runs`)).json()) as Search[];
}

/** The newest search that came to an end. */
export async function newest(app: App): Promise<Search & { readonly best: Combination }> {
  const search = (await searches(app)).find(({ status }) => status === 'FINISHED');
  const best = search?.combinations[0];
  if (!search || !best) throw new Error('nothing is trained');
  return { ...search, best };
}

export async function holdout(app: App, runId: string): Promise<string> {
  return (await fetch(`${app.url}/runs/${runId}/holdout.csv`)).text();
}
