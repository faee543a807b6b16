import { useId, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { text as common } from '../../text/common.ts';

interface AskDialogProps {
  readonly title: string;
  readonly fields: readonly string[];
  readonly onClose: () => void;
  /** Gets what was typed into the fields. */
  readonly onSave: (values: readonly string[]) => void;
}

/** One or two texts, the first of which, a name, is needed. */
export function AskDialog({ title, fields, onClose, onSave }: AskDialogProps) {
  const [values, setValues] = useState<readonly string[]>(fields.map(() => ''));
  const [tried, setTried] = useState(false);
  const errorId = useId();
  const blank = values[0]?.trim() === '';
  const complains = blank && (tried || values[0] !== '');
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className="ask"
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (!blank) onSave(values);
        }}
      >
        {fields.map((field, i) => (
          <label key={field} className="field">
            {field}
            <input
              value={values[i]}
              aria-required={i === 0}
              aria-invalid={i === 0 && complains}
              aria-describedby={i === 0 && complains ? errorId : undefined}
              onChange={(event) => {
                setValues(values.map((value, other) => (other === i ? event.target.value : value)));
              }}
            />
          </label>
        ))}
        {complains && (
          <p id={errorId} className="field-error" role="alert">
            {common.nameNeeded}
          </p>
        )}
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
