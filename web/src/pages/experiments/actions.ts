import { deleteExperiments, restoreExperiments, type ListedExperiment } from '../../api/experiments.ts';
import { showFailure, showToast } from '../../components/toast.tsx';
import { text as common } from '../../text/common.ts';
import { text } from '../../text/experiments.ts';

type Named = Pick<ListedExperiment, 'id' | 'name'>;

/** Deletes at once and offers to undo it: nothing is erased. */
export async function deleteWithUndo(experiments: readonly Named[]): Promise<void> {
  const ids = experiments.map(({ id }) => id);
  try {
    await deleteExperiments(ids);
    showToast({
      message: text.deleted(experiments.map(({ name }) => name)),
      action: { label: common.undo, run: () => void restoreExperiments(ids).catch(showFailure) },
    });
  } catch (error) {
    showFailure(error);
  }
}

export async function restore(experiments: readonly Named[]): Promise<void> {
  try {
    await restoreExperiments(experiments.map(({ id }) => id));
    showToast({ message: text.restored(experiments.map(({ name }) => name)) });
  } catch (error) {
    showFailure(error);
  }
}
