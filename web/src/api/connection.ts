/** Whether the server can be reached, for those who wait for it: `lost` and `back`. */
import { prefix, reach } from './client.ts';

export const connection = new EventTarget();

/** Something broke off: is it the server that is gone? Whether it is there. */
export async function checkConnection(): Promise<boolean> {
  const there = await isBack();
  if (!there) connection.dispatchEvent(new Event('lost'));
  return there;
}

/** Asks for the version: /health also says whether it can write, and reads go on without. */
export async function isBack(): Promise<boolean> {
  try {
    return (await reach(`${prefix}/version`, { cache: 'no-store', signal: AbortSignal.timeout(10_000) })).ok;
  } catch {
    return false;
  }
}
