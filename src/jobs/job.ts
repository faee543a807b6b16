/** A job as the queue knows it: what kinds of jobs there are and what they do, others know. */
import type { Worker } from './worker.ts';

export type JobState = 'queued' | 'running' | 'finished' | 'failed' | 'canceled';
export type EndState = 'finished' | 'failed' | 'canceled';

export interface NewJob {
  readonly kind: string;
  /** JSON. */
  readonly payload: string;
  readonly experiment: string;
  readonly maxAttempts: number;
  readonly retryOf: string | null;
}

export interface Job extends NewJob {
  /** Its place in the order of the queue. */
  readonly id: number;
  readonly uuid: string;
  readonly state: JobState;
  readonly message: string;
  /** JSON. */
  readonly result: string | null;
  readonly attempts: number;
  readonly run: string | null;
  /** It is to end. */
  readonly canceled: boolean;
  readonly owner: Worker | null;
  readonly ownerSeen: number;
  readonly process: Worker | null;
  readonly creationTime: number;
  readonly startTime: number | null;
  readonly endTime: number | null;
}

export interface JobEnd {
  readonly state: EndState;
  readonly message: string;
  readonly result: string | null;
}
