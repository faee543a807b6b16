/** Short sums that tell whether something is the same as before. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { isMapping } from './mapping.ts';
import type { Task } from './pipeline.ts';

export function sumOf(text: string): string {
  return new Bun.CryptoHasher('sha256').update(text).digest('hex').slice(0, 32);
}

/** The same text for the same value, whatever the order of its keys. */
export function stableText(value: unknown): string {
  return JSON.stringify(value, (_key, one: unknown) => {
    // JSON writes these as null, which is another value.
    if (typeof one === 'number' && !Number.isFinite(one)) return { number: String(one) };
    return isMapping(one) ? Object.fromEntries(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1))) : one;
  });
}

/** Whether and how its checks are made changes nothing of what it makes. */
const ofNoConsequence = new Set(['static_analysis', 'check_if_kernel_installed', 'debug_mode']);

export function settingsSum({ options, serializer, unserializer, client }: Task): string {
  const kept = Object.entries(options).filter(([key]) => !ofNoConsequence.has(key));
  return sumOf(stableText([Object.fromEntries(kept), serializer, unserializer, client]));
}

/** Larger ones are known by size and time alone. */
const largest = 256 * 1024 * 1024;

/** Of a file's content; undefined for a folder, and for a file that would take long. */
export async function contentSum(path: string): Promise<string | undefined> {
  const found = await stat(path);
  if (!found.isFile() || found.size > largest) return undefined;
  const hasher = new Bun.CryptoHasher('sha256');
  for await (const chunk of createReadStream(path)) hasher.update(chunk as Buffer);
  return hasher.digest('hex').slice(0, 32);
}
