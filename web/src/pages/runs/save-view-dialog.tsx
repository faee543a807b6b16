import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { text as common } from '../../text/common.ts';
import { text } from '../../text/runs.ts';

interface SaveViewDialogProps {
  readonly onSave: (name: string, share: boolean) => void;
  readonly onClose: () => void;
}

/** The name of a view, and who is to see it. */
export function SaveViewDialog({ onSave, onClose }: SaveViewDialogProps) {
  const [name, setName] = useState('');
  const [share, setShare] = useState(true);
  return (
    <Dialog title={text.saveView} onClose={onClose}>
      <form
        className="ask"
        onSubmit={(event) => {
          event.preventDefault();
          onSave(name.trim(), share);
        }}
      >
        <label className="field">
          {common.name}
          <input
            required
            pattern=".*\S.*"
            maxLength={100}
            value={name}
            onChange={(event) => {
              setName(event.target.value);
            }}
          />
        </label>
        <label className="check">
          <input
            type="checkbox"
            checked={share}
            onChange={(event) => {
              setShare(event.target.checked);
            }}
          />
          {text.shareView}
        </label>
        <div className="actions">
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button type="submit" kind="primary">
            {common.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
