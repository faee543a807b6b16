/**
 * An endpoint as it runs: who is wanted, and who answers. What is wanted takes over all at once, when all of it is
 * ready; until then, and where a part of it cannot be started, those before it go on.
 */
import type { Deployment } from './deployment.ts';
import type { endpointStates, servedModelStates } from '../protocol/endpoints.ts';
import { Traffic, type Share } from './traffic.ts';

/** A served model with its process, or with what is wrong with it. */
export interface WantedDeployment {
  readonly traffic: number;
  readonly to: Deployment | string;
}

export type EndpointState = (typeof endpointStates)[number];
export type ServedModelState = (typeof servedModelStates)[number];

export interface ServedModelStatus {
  readonly uri: string | undefined;
  readonly state: ServedModelState;
  readonly message: string;
  readonly restarts: number;
}

export class RunningEndpoint {
  #wanted: readonly WantedDeployment[] = [];
  #serving: readonly Share<Deployment>[] = [];
  readonly #traffic = new Traffic<Deployment>();
  readonly #closing = new Set<Promise<void>>();

  /** @param deploy starts a version that does not run here yet */
  want(wanted: readonly { key: string; traffic: number; deploy: (() => Deployment) | string }[]): void {
    const known = new Map(this.#deployments().map((one) => [one.key, one]));
    this.#wanted = wanted.map(({ key, traffic, deploy }) => {
      if (typeof deploy === 'string') return { traffic, to: deploy };
      const to = known.get(key) ?? deploy();
      known.set(key, to);
      return { traffic, to };
    });
    this.settle();
  }

  /** To be called when a deployment changed its state: lets those take over that can, and ends those nobody wants. */
  settle(): void {
    const next = this.#wanted.flatMap(({ traffic, to }) => (typeof to === 'string' ? [] : [{ traffic, to }]));
    const complete = next.length === this.#wanted.length;
    // One that is restarted keeps its place: it was ready before, and is missed only until it is again.
    const served = new Set(this.#serving.map(({ to }) => to));
    if (complete && next.every(({ to }) => to.state === 'ready' || served.has(to))) {
      // Nobody's turn is lost where nothing is new: this is asked often, and a canary may wait for its turn for long.
      if (!areSame(this.#serving, next)) this.#traffic.reset();
      this.#serving = next;
    }
    const kept = new Set([...this.#serving, ...next].map(({ to }) => to));
    for (const one of this.#known) if (!kept.has(one)) this.#close(one);
    this.#known = kept;
  }

  #known = new Set<Deployment>();

  #deployments(): Deployment[] {
    return [...this.#known];
  }

  #close(one: Deployment): void {
    const closing = one.close();
    this.#closing.add(closing);
    void closing.finally(() => this.#closing.delete(closing));
  }

  /** Who answers the next request; undefined while nobody can. */
  choose(): Deployment | undefined {
    return this.#traffic.choose(this.answering());
  }

  /** Those who can answer. Before anything took over, what is ready of the wanted does. */
  answering(): Share<Deployment>[] {
    const isReady = ({ to }: Share<Deployment>): boolean => to.state === 'ready';
    const ready = this.#serving.filter(isReady);
    if (ready.length > 0) return ready;
    return this.#wanted.flatMap(({ traffic, to }) => (typeof to === 'string' ? [] : [{ traffic, to }])).filter(isReady);
  }

  /** Tries at once what waits for its next attempt. */
  retry(): void {
    for (const one of this.#known) one.retry();
  }

  /** Ends when what is in hand is answered. */
  async close(): Promise<void> {
    this.#wanted = [];
    this.#serving = [];
    this.settle();
    await Promise.all(this.#closing);
  }

  /** Ends what cannot answer anyway. */
  closeUnready(): void {
    for (const one of this.#known) if (one.state !== 'ready') this.#close(one);
  }

  status(): { state: EndpointState; message: string; models: ServedModelStatus[] } {
    const models = this.#wanted.map(({ to }) => statusOf(to));
    const problems = models.filter(({ state }) => state !== 'ready').map(({ message }) => message);
    const failed = models.some(({ state }) => state === 'failed');
    const answering = this.answering();
    if (answering.length === 0) {
      return { state: failed ? 'failed' : 'pending', message: problems.join(' '), models };
    }
    const serving = new Set(this.#serving.map(({ to }) => to));
    const asWanted = this.#wanted.every(({ to }) => typeof to !== 'string' && serving.has(to));
    const goOn = answering.map(({ to }) => to.served.uri).join(' and ');
    const message =
      problems.length === 0
        ? ''
        : [...problems, `${goOn} ${answering.length > 1 ? 'go' : 'goes'} on answering.`].join(' ');
    return { state: failed || asWanted ? 'ready' : 'updating', message, models };
  }
}

function areSame(some: readonly Share<Deployment>[], others: readonly Share<Deployment>[]): boolean {
  const isSame = ({ to, traffic }: Share<Deployment>, at: number): boolean =>
    to === others[at]?.to && traffic === others[at].traffic;
  return some.length === others.length && some.every(isSame);
}

function statusOf(to: Deployment | string): ServedModelStatus {
  if (typeof to === 'string') return { uri: undefined, state: 'failed', message: to, restarts: 0 };
  const { uri } = to.served;
  if (to.state === 'ready') return { uri, state: 'ready', message: '', restarts: to.restarts };
  const state = to.state === 'failed' ? 'failed' : 'pending';
  return { uri, state, message: to.message || `${uri} is being started.`, restarts: to.restarts };
}
