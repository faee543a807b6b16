import { text } from '../text/common.ts';
import { showFailure, showToast } from './toast.tsx';

/** Runs a change; its message offers the way back when there is one. False: it failed, which was said. */
export async function change(make: () => Promise<void>, message: string, undo?: () => Promise<void>): Promise<boolean> {
  try {
    await make();
  } catch (error) {
    showFailure(error);
    return false;
  }
  const back = (): void => {
    undo?.().catch(showFailure);
  };
  showToast({ message, ...(undo ? { action: { label: text.undo, run: back } } : {}) });
  return true;
}
