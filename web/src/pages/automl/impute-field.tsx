import type { DescribedColumn } from '../../api/automl-changes.ts';
import { text } from '../../text/automl.ts';

interface ImputeFieldProps {
  readonly column: DescribedColumn;
  /** `mean` and so on, a value behind `=`, or nothing: as usual. */
  readonly value: string;
  readonly onSet: (how: string) => void;
}

/** How the gaps of a column are filled. */
export function ImputeField({ column: { name, semantic }, value, onSet }: ImputeFieldProps) {
  const constant = value.startsWith('=');
  const ways = semantic === 'numeric' ? (['mean', 'median', 'most_frequent'] as const) : (['most_frequent'] as const);
  return (
    <span className="automl-impute">
      <select
        aria-label={text.form.imputeColumn(name)}
        value={constant ? 'constant' : value}
        onChange={(event) => {
          onSet(event.target.value === 'constant' ? '=' : event.target.value);
        }}
      >
        <option value="">{text.imputers.usual}</option>
        {ways.map((way) => (
          <option key={way} value={way}>
            {text.imputers[way]}
          </option>
        ))}
        <option value="constant">{text.imputers.constant}</option>
      </select>
      {constant && (
        <input
          type="text"
          aria-label={text.form.imputeValue(name)}
          placeholder={text.form.value}
          value={value.slice(1)}
          onChange={(event) => {
            onSet(`=${event.target.value}`);
          }}
        />
      )}
    </span>
  );
}
