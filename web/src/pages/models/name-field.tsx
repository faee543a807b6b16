import { useId, type ReactNode } from 'react';
import { firstFocus } from '../../components/first-focus.ts';
import { nameProblem } from './model-name.ts';

interface NameFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** What the server said of this name, such as that it is taken. */
  readonly problem?: string | undefined;
  readonly children?: ReactNode;
}

/** A model's name; what is wrong with it is said while it is typed. */
export function NameField({ label, value, onChange, problem, children }: NameFieldProps) {
  const id = useId();
  const wrong = problem ?? (value === '' ? undefined : nameProblem(value));
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="text"
        ref={firstFocus}
        autoComplete="off"
        spellCheck={false}
        aria-invalid={wrong !== undefined}
        aria-describedby={wrong === undefined ? undefined : `${id}-wrong`}
        value={value}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
      {wrong !== undefined && (
        <p id={`${id}-wrong`} className="field-error" role="alert">
          {wrong}
        </p>
      )}
      {children}
    </div>
  );
}
