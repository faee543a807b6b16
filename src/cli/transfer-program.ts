import { extname, resolve } from 'node:path';
import type * as Transfer from './transfer.ts';

/** `transfer.ts` in src, `transfer.js` in dist: loaded when it is needed. */
export async function transferProgram(): Promise<typeof Transfer> {
  return (await import(resolve(Bun.main, `../transfer${extname(Bun.main)}`))) as typeof Transfer;
}
