import { useId } from 'react';
import { text } from '../../text/endpoints.ts';

interface EndpointNameFieldProps {
  readonly value: string;
  readonly problem: string | undefined;
  /** Where the endpoint will answer. */
  readonly hint: string;
  readonly onChange: (name: string) => void;
}

export function EndpointNameField({ value, problem, hint, onChange }: EndpointNameFieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{text.deploy.name}</label>
      <input
        id={id}
        type="text"
        autoComplete="off"
        spellCheck={false}
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-note`}
        value={value}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
      <p id={`${id}-note`} role="status" className={problem === undefined ? 'dim endpoint-hint' : 'field-error'}>
        {problem ?? hint}
      </p>
    </div>
  );
}
