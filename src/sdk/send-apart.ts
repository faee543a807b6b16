import { isRefusal, type MlflowError } from './errors.ts';

/**
 * Sends a batch. One of which the server refuses a part goes again in halves, so that a wrong item takes none of its
 * neighbours with it.
 *
 * @returns why something was refused
 * @throws what else keeps it from being sent
 */
export async function sendApart<T>(
  batch: readonly T[],
  send: (items: readonly T[]) => Promise<unknown>,
): Promise<MlflowError | undefined> {
  const refused = await refusalOf(send(batch));
  if (!refused || batch.length < 2) return refused;
  // A deleted run takes nothing at all: then there is nothing to look for.
  if (await refusalOf(send([]))) return refused;
  let most = 100;
  const halves = async (items: readonly T[]): Promise<void> => {
    const middle = Math.ceil(items.length / 2);
    for (const half of [items.slice(0, middle), items.slice(middle)]) {
      if (most > 0 && (await refusalOf(send(half))) && half.length > 1 && most-- > 0) await halves(half);
    }
  };
  await halves(batch);
  return refused;
}

async function refusalOf(sending: Promise<unknown>): Promise<MlflowError | undefined> {
  try {
    await sending;
    return undefined;
  } catch (error) {
    if (isRefusal(error)) return error;
    throw error;
  }
}
