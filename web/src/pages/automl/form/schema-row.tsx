import { memo } from 'react';
import type { DescribedColumn } from '../../../api/automl-changes.ts';
import { count } from '../../../components/format.ts';
import { text } from '../../../text/automl-form.ts';
import { text as words } from '../../../text/automl-words.ts';
import type { SearchDraft } from './draft.ts';
import { ImputeField } from './impute-field.tsx';
import { shareText } from '../share-text.ts';

interface SchemaRowProps {
  readonly column: DescribedColumn;
  readonly rows: number | undefined;
  readonly draft: SearchDraft;
  readonly imputes: boolean;
  readonly included: boolean;
  readonly onInclude: (on: boolean) => void;
  readonly onChange: (next: Partial<SearchDraft>) => void;
}

/** One column of the data, as it is to be used. A click on its name makes it the target. */
export const SchemaRow = memo(function SchemaRow(props: SchemaRowProps) {
  const { column, rows, draft, imputes, included, onInclude, onChange } = props;
  const { name, type, semantic, missing, unique, examples, unused } = column;
  const isTarget = draft.target_col === name;
  const choose = (): void => {
    onChange({ target_col: name, exclude_cols: draft.exclude_cols.filter((one) => one !== name) });
  };
  return (
    <tr data-target={isTarget} data-off={!included && !isTarget}>
      <td>
        <input
          type="checkbox"
          checked={included || isTarget}
          disabled={isTarget}
          aria-label={text.includeColumn(name)}
          onChange={(event) => {
            onInclude(event.target.checked);
          }}
        />
      </td>
      <td>
        <input type="radio" name="target" checked={isTarget} aria-label={text.predict(name)} onChange={choose} />
      </td>
      <th scope="row">
        <button type="button" className="link-button" tabIndex={-1} title={text.predict(name)} onClick={choose}>
          {name}
        </button>
        {unused !== undefined && included && !isTarget && (
          <span className="automl-unused" title={unused}>
            {text.unused(unused)}
          </span>
        )}
      </th>
      <td>
        <span title={type}>{words.semantic[semantic]}</span>
      </td>
      <td className="number end">
        {missing === 0 ? '0' : rows === undefined ? count(missing) : shareText(missing, rows)}
      </td>
      <td className="number end">{count(unique)}</td>
      <td className="automl-examples" title={examples.join(', ')}>
        {examples.join(', ')}
      </td>
      {imputes && (
        <td>
          {included && !isTarget && (
            <ImputeField
              column={column}
              value={draft.imputers[name] ?? ''}
              onSet={(how) => {
                const { [name]: _, ...others } = draft.imputers;
                onChange({ imputers: how === '' ? others : { ...others, [name]: how } });
              }}
            />
          )}
        </td>
      )}
    </tr>
  );
});
