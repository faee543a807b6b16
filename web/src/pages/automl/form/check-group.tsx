interface CheckGroupProps {
  readonly label: string;
  readonly hint?: string;
  readonly problem: string | undefined;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly isOn: (value: string) => boolean;
  readonly onSet: (value: string, on: boolean) => void;
}

/** Any of a few values. */
export function CheckGroup({ label, hint, problem, choices, isOn, onSet }: CheckGroupProps) {
  if (choices.length === 0) return null;
  return (
    <div className="field" role="group" aria-label={label}>
      <span>{label}</span>
      <div className="automl-checks">
        {choices.map(({ value, label: name }) => (
          <label key={value}>
            <input
              type="checkbox"
              checked={isOn(value)}
              aria-invalid={problem !== undefined}
              onChange={(event) => {
                onSet(value, event.target.checked);
              }}
            />
            {name}
          </label>
        ))}
      </div>
      <p role="status" className={problem === undefined ? 'dim endpoint-hint' : 'field-error'}>
        {problem ?? hint}
      </p>
    </div>
  );
}
