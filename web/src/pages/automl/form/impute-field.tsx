import type { DescribedColumn } from '../../../api/automl-changes.ts';
import { text } from '../../../text/automl-form.ts';
import { text as words } from '../../../text/automl-words.ts';

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
        aria-label={text.imputeColumn(name)}
        value={constant ? 'constant' : value}
        onChange={(event) => {
          onSet(event.target.value === 'constant' ? '=' : event.target.value);
        }}
      >
        <option value="">{words.imputers.usual}</option>
        {ways.map((way) => (
          <option key={way} value={way}>
            {words.imputers[way]}
          </option>
        ))}
        <option value="constant">{words.imputers.constant}</option>
      </select>
      {constant && (
        <input
          type="text"
          aria-label={text.imputeValue(name)}
          placeholder={text.value}
          value={value.slice(1)}
          onChange={(event) => {
            onSet(`=${event.target.value}`);
          }}
        />
      )}
    </span>
  );
}
