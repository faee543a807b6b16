import { invalidParameter } from '../protocol/errors.ts';

const most = 10;

/** @throws ApiError */
export function checkAttempts(count: number): void {
  if (count < 1 || count > most) throw invalidParameter(`max_attempts is from 1 to ${most}.`);
}
