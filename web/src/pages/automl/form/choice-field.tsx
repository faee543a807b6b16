import { useId, type ReactNode } from 'react';

interface ChoiceFieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly problem: string | undefined;
  readonly value: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly onChoose: (value: string) => void;
}

/** A field with a few values to choose from, and below it what is wrong with it, or else a hint. */
export function ChoiceField({ label, hint, problem, value, choices, onChoose }: ChoiceFieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-note`}
        value={value}
        onChange={(event) => {
          onChoose(event.target.value);
        }}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
      <p id={`${id}-note`} role="status" className={problem === undefined ? 'dim endpoint-hint' : 'field-error'}>
        {problem ?? hint}
      </p>
    </div>
  );
}
