import { useId } from 'react';
import { text } from '../../../text/endpoints.ts';

interface JsonFormProps {
  readonly value: string;
  /** What is to be said of it. */
  readonly note: string;
  readonly onChange: (value: string) => void;
}

export function JsonForm({ value, note, onChange }: JsonFormProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{text.attempt.body}</label>
      <textarea
        id={id}
        className="try-body"
        rows={16}
        spellCheck={false}
        aria-describedby={`${id}-note`}
        value={value}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
      <p id={`${id}-note`} role="status" className="page-note page-warn">
        {note}
      </p>
    </div>
  );
}
