import { useId, type ComponentProps, type ReactNode } from 'react';

interface TextFieldProps extends Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'id'> {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly problem: string | undefined;
  readonly value: string;
  readonly onType: (value: string) => void;
  /** Beside the field: a button. */
  readonly beside?: ReactNode;
}

/** A field with its label, and below it what is wrong with it, or else a hint. */
export function TextField({ label, hint, problem, value, onType, beside, ...rest }: TextFieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id} className="project-label">
        {label}
      </label>
      <div className="page-line">
        <input
          type="text"
          autoComplete="off"
          spellCheck={false}
          {...rest}
          id={id}
          aria-invalid={problem !== undefined}
          aria-describedby={`${id}-note`}
          value={value}
          onChange={(event) => {
            onType(event.target.value);
          }}
        />
        {beside}
      </div>
      <p id={`${id}-note`} role="status" className={problem === undefined ? 'dim endpoint-hint' : 'field-error'}>
        {problem ?? hint}
      </p>
    </div>
  );
}
