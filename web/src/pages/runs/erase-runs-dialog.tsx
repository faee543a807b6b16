import { useState } from 'react';
import { eraseRunsForGood } from '../../api/erasure.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { showErased } from '../../components/erased-toast.ts';
import { count } from '../../components/format.ts';
import { text } from '../../text/erase-runs.ts';

interface EraseRunsDialogProps {
  readonly ids: readonly string[];
  readonly onClose: () => void;
  readonly onErased: () => void;
}

/** Asks, then erases deleted runs for good. */
export function EraseRunsDialog({ ids, onClose, onErased }: EraseRunsDialogProps) {
  const [done, setDone] = useState(0);
  const all = count(ids.length);
  const erase = async (): Promise<void> => {
    const { keptArtifacts } = await eraseRunsForGood(ids, setDone);
    showErased(text.done(all), keptArtifacts);
    onErased();
  };
  return (
    <ConfirmDialog
      title={text.title(ids.length, all)}
      action={text.action}
      progress={text.progress(count(done), all)}
      onConfirm={erase}
      onClose={onClose}
    >
      <p>{text.about}</p>
      <p>{text.versions}</p>
    </ConfirmDialog>
  );
}
