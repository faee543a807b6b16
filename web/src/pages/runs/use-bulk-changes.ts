import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { runQuery } from '../../api/run.ts';
import { bringBackRun, forEachRun, removeRun, renameRun, tagRun, untagRun } from '../../api/run-changes.ts';
import { moveRunsTo, type MovedRuns } from '../../api/run-moves.ts';
import { runsKey } from '../../api/run-table.ts';
import { count } from '../../components/format.ts';
import { showFailure, showToast } from '../../components/toast.tsx';
import { text as common } from '../../text/common.ts';
import { text as work } from '../../text/run-work.ts';
import { text } from '../../text/runs.ts';
import { showRenamed } from '../run/show-renamed.ts';

export interface BulkChanges {
  /** How many are done, while a change is under way. */
  readonly progress: number | undefined;
  readonly remove: (ids: readonly string[]) => void;
  readonly restore: (ids: readonly string[]) => void;
  readonly tag: (ids: readonly string[], key: string, value: string) => void;
  readonly untag: (ids: readonly string[], key: string) => void;
  readonly rename: (id: string, name: string) => void;
  readonly move: (ids: readonly string[], target: { readonly id: string; readonly name: string }) => void;
}

/** Changes of the selected runs: progress, what failed, a toast, a way back. `onGone`: they left the table. */
export function useBulkChanges(experimentIds: readonly string[], onGone: () => void): BulkChanges {
  const client = useQueryClient();
  const [progress, setProgress] = useState<number>();

  const carryOut = async (change: () => Promise<unknown>): Promise<void> => {
    setProgress(0);
    try {
      await change();
    } catch (error) {
      showFailure(error);
    }
    setProgress(undefined);
    await client.invalidateQueries({ queryKey: runsKey(experimentIds) });
  };
  const each = (
    ids: readonly string[],
    change: (id: string) => Promise<unknown>,
    done: (changed: readonly string[]) => void,
  ): void => {
    void carryOut(async () => {
      const { failed } = await forEachRun(ids, change, setProgress);
      if (failed[0]) showFailure(failed[0].error);
      const changed = ids.filter((id) => !failed.some((failure) => failure.id === id));
      if (changed.length > 0) done(changed);
    });
  };
  /** Each run has its own value again when that is undone. */
  const retag = (ids: readonly string[], key: string, change: (id: string) => Promise<unknown>): void => {
    const before = new Map<string, string | undefined>();
    const changeOne = async (id: string): Promise<void> => {
      const { tags } = await client.query({ ...runQuery(id), staleTime: 0 });
      before.set(id, tags.get(key));
      await change(id);
    };
    const undo = (changed: readonly string[]): void => {
      const changeBack = (id: string): Promise<unknown> => {
        const value = before.get(id);
        return value === undefined ? untagRun(id, key) : tagRun(id, key, value);
      };
      each(changed, changeBack, (done) => {
        showToast({ message: text.taggedToast(count(done.length)) });
      });
    };
    each(ids, changeOne, (changed) => {
      const action = {
        label: common.undo,
        run: () => {
          undo(changed);
        },
      };
      showToast({ message: text.taggedToast(count(changed.length)), action });
    });
  };
  const restore = (ids: readonly string[]): void => {
    each(ids, bringBackRun, (done) => {
      onGone();
      showToast({ message: text.restoredToast(count(done.length)) });
    });
  };
  const moveBack = (moved: MovedRuns): void => {
    void carryOut(async () => {
      for (const { experimentId, runIds } of moved)
        await moveRunsTo(runIds, experimentId, { alone: true, onMoved: () => undefined });
      showToast({ message: work.movedBack(count(sizeOf(moved))) });
    });
  };
  return {
    progress,
    restore,
    remove: (ids) => {
      each(ids, removeRun, (done) => {
        onGone();
        showToast({
          message: text.deletedToast(count(done.length)),
          action: {
            label: common.undo,
            run: () => {
              restore(done);
            },
          },
        });
      });
    },
    tag: (ids, key, value) => {
      retag(ids, key, (id) => tagRun(id, key, value));
    },
    untag: (ids, key) => {
      retag(ids, key, (id) => untagRun(id, key));
    },
    rename: (id, name) => {
      void carryOut(async () => {
        const { name: before } = await client.query({ ...runQuery(id), staleTime: 0 });
        await renameRun(id, name);
        showRenamed(name, before, () => {
          void carryOut(() => renameRun(id, before));
        });
      });
    },
    move: (ids, target) => {
      void carryOut(async () => {
        const moved: MovedRuns[number][] = [];
        try {
          await moveRunsTo(ids, target.id, {
            onMoved: (part, done) => {
              moved.push(...part);
              setProgress(done);
            },
          });
        } finally {
          // What went before something failed can be brought back too.
          if (moved.length > 0) {
            onGone();
            showToast({
              message: work.moved(count(sizeOf(moved)), target.name),
              action: {
                label: common.undo,
                run: () => {
                  moveBack(moved);
                },
              },
            });
          }
        }
        if (moved.length === 0) showToast({ message: work.nothingMoved });
      });
    },
  };
}

function sizeOf(moved: MovedRuns): number {
  return moved.reduce((sum, { runIds }) => sum + runIds.length, 0);
}
