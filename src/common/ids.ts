import { randomBytes } from 'node:crypto';

/** 32 hexadecimal digits, random. */
export function hexId(): string {
  return randomBytes(16).toString('hex');
}
