import { showToast } from '../../components/toast.tsx';
import { text as common } from '../../text/common.ts';

/** Says what a run is called now; with Undo, unless it had no name: it cannot get none again. */
export function showRenamed(name: string, before: string, undo: () => void): void {
  showToast({
    message: common.renamedTo(name),
    ...(before !== '' && { action: { label: common.undo, run: undo } }),
  });
}
