/** Questions before what cannot be undone. */
import { endJob, removeJob } from '../../api/job-changes.ts';
import type { Job } from '../../api/jobs.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { showToast } from '../../components/toast.tsx';
import { text } from '../../text/jobs.ts';

interface JobDialogProps {
  readonly job: Job;
  readonly onClose: () => void;
}

export function CancelDialog({ job: { id, title, automl }, onClose }: JobDialogProps) {
  return (
    <ConfirmDialog
      title={text.cancelTitle(title)}
      action={text.cancelAction}
      onConfirm={async () => {
        await endJob(id);
        showToast({ message: text.canceled(title) });
        onClose();
      }}
      onClose={onClose}
    >
      <p>{automl ? text.cancelSearchHelp : text.cancelHelp}</p>
    </ConfirmDialog>
  );
}

export function DeleteDialog({ job: { id, title }, onClose, onDeleted }: JobDialogProps & { onDeleted: () => void }) {
  return (
    <ConfirmDialog
      title={text.removeTitle(title)}
      action={text.removeAction}
      onConfirm={async () => {
        await removeJob(id);
        showToast({ message: text.removed(title) });
        onDeleted();
      }}
      onClose={onClose}
    >
      <p>{text.removeHelp}</p>
    </ConfirmDialog>
  );
}
