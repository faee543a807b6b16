/** How a model is scored, whatever runs it. */
import { passOn } from './pass-on.ts';

export interface ScorerOptions {
  readonly envManager: EnvManager;
  /** Processes that score, for models that are not scored in this one. */
  readonly workers: number;
  /** Milliseconds that a request may take, its wait for a worker included. */
  readonly timeoutMs: number;
  /** Requests that may wait; more are answered with 503. */
  readonly queueLimit: number;
  readonly batch: BatchLimits;
  /** Whether what is missing and named here may be installed. */
  readonly mayInstall: (what: string) => Promise<boolean>;
  /** Told what workers write, line by line. */
  readonly onLine: (line: string) => void;
  /** Told what is under way: a short text such as `installing 12 packages`. */
  readonly onProgress?: ((step: string) => void) | undefined;
}

export const envManagers = ['local', 'uv', 'virtualenv', 'conda'] as const;
export type EnvManager = (typeof envManagers)[number];

/** How requests that wait together are scored together. */
interface BatchLimits {
  /** 1 turns it off. */
  readonly maxRequests: number;
  readonly maxRows: number;
  /** Milliseconds that a request waits for others to come. */
  readonly windowMs: number;
}

export const usualScorerOptions: ScorerOptions = {
  envManager: 'virtualenv',
  workers: 1,
  timeoutMs: 60_000,
  queueLimit: 1024,
  batch: { maxRequests: 64, maxRows: 4096, windowMs: 0 },
  mayInstall: async () => false,
  onLine: passOn,
};

/** A model cannot be scored here; the message says what to do. */
export class ScorerError extends Error {
  override readonly name = 'ScorerError';
}
