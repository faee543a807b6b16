import { useState } from 'react';
import { eraseExperimentForGood } from '../../api/erasure.ts';
import type { ListedExperiment } from '../../api/experiments.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { showErased } from '../../components/erased-toast.ts';
import { count } from '../../components/format.ts';
import { text } from '../../text/experiments.ts';

interface EraseDialogProps {
  readonly experiment: Pick<ListedExperiment, 'id' | 'name' | 'runs'>;
  readonly onClose: () => void;
  readonly onErased: () => void;
}

/** Asks for the name of a deleted experiment, then erases it with all it holds. */
export function EraseDialog({ experiment: { id, name, runs }, onClose, onErased }: EraseDialogProps) {
  const [done, setDone] = useState(0);
  const erase = async (): Promise<void> => {
    const { keptArtifacts } = await eraseExperimentForGood(id, name, setDone);
    showErased(text.erase.done(name), keptArtifacts);
    onErased();
  };
  return (
    <ConfirmDialog
      title={text.erase.title}
      action={text.erase.action}
      typed={{ label: text.erase.typeName, word: name }}
      progress={text.erase.progress(count(done), count(runs))}
      onConfirm={erase}
      onClose={onClose}
    >
      <p className="mono">{name}</p>
      <p>{text.erase.about(runs, count(runs))}</p>
      <p>{text.erase.versions}</p>
    </ConfirmDialog>
  );
}
