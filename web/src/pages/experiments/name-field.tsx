import { useId } from 'react';
import { text } from '../../text/experiments.ts';

interface NameFieldProps {
  readonly name: string;
  readonly complaint: string | undefined;
  readonly onName: (name: string) => void;
}

export function NameField({ name, complaint, onName }: NameFieldProps) {
  const note = useId();
  const shown = name !== '' && complaint !== undefined;
  return (
    <div className="field">
      <label>
        {text.form.name}
        <input
          type="text"
          autoFocus
          autoComplete="off"
          spellCheck={false}
          value={name}
          aria-invalid={shown}
          aria-describedby={note}
          onChange={(event) => {
            onName(event.target.value);
          }}
        />
      </label>
      <span id={note} className={shown ? 'field-error' : 'dim'} role={shown ? 'alert' : undefined}>
        {shown ? complaint : text.form.nameHint}
      </span>
    </div>
  );
}
