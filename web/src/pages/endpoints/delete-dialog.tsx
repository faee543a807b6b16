import { removeEndpoint } from '../../api/endpoint-changes.ts';
import type { Endpoint } from '../../api/endpoints.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { showToast } from '../../components/toast.tsx';
import { text } from '../../text/endpoints.ts';

interface DeleteDialogProps {
  readonly endpoint: Endpoint;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
}

/** Its log and its counts cannot be brought back, so it asks; one that answers is asked for by name. */
export function DeleteDialog({ endpoint, onClose, onDeleted }: DeleteDialogProps) {
  const { name, serving, invocations_path: path } = endpoint;
  return (
    <ConfirmDialog
      title={text.deletion.title(name)}
      action={text.deletion.action}
      {...(serving.length > 0 ? { typed: { label: text.deletion.type(name), word: name } } : {})}
      onConfirm={async () => {
        await removeEndpoint(name);
        showToast({ message: text.deletion.done(name) });
        onDeleted();
      }}
      onClose={onClose}
    >
      {serving.length > 0 && (
        <div>
          <p className="page-warn">{text.deletion.breaks}</p>
          <code className="endpoint-path">{`${location.origin}${path}`}</code>
        </div>
      )}
      <p>{text.deletion.goes}</p>
    </ConfirmDialog>
  );
}
