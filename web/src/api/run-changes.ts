/** Changes of many runs at once: a few requests under way at a time, progress told, everything that failed collected. */
import { deleteRun, deleteTag, restoreRun, setTag, updateRun } from '../../../src/protocol/runs.ts';
import { call } from './client.ts';

const together = 6;

export async function forEachRun(
  ids: readonly string[],
  change: (id: string) => Promise<unknown>,
  onProgress: (done: number) => void,
): Promise<{ failed: readonly { id: string; error: unknown }[] }> {
  const failed: { id: string; error: unknown }[] = [];
  const waiting = [...ids];
  let done = 0;
  const worker = async (): Promise<void> => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      try {
        await change(id);
      } catch (error) {
        failed.push({ id, error });
      }
      onProgress(++done);
    }
  };
  await Promise.all(Array.from({ length: Math.min(together, ids.length) }, worker));
  return { failed };
}

export const removeRun = (id: string) => call(deleteRun, { run_id: id });
export const bringBackRun = (id: string) => call(restoreRun, { run_id: id });
export const tagRun = (id: string, key: string, value: string) => call(setTag, { run_id: id, key, value });
export const untagRun = (id: string, key: string) => call(deleteTag, { run_id: id, key });
export const renameRun = (id: string, name: string) => call(updateRun, { run_id: id, run_name: name });
