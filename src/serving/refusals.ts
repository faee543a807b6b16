/** Answers that every scorer gives when it has no predictions. */
import { ScoringError } from '../models/scoring-error.ts';
import type { ScoringAnswer } from './scorer.ts';

/** The words of `mlflow models serve`. */
export const late: ScoringAnswer = { status: 504, body: 'Request processing time exceeded limit' };

export function busy(why: string): ScoringAnswer {
  const error = new ScoringError('TEMPORARILY_UNAVAILABLE', `${why} Try again in a moment.`);
  return { status: error.status, body: error.toJson(), retryAfter: 1 };
}

export function broken(why: string): ScoringAnswer {
  const error = new ScoringError('INTERNAL_ERROR', `The request could not be scored. ${why}`);
  return { status: error.status, body: error.toJson() };
}
