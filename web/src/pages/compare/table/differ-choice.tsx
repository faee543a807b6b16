import { text } from '../../../text/compare.ts';
import type { UrlValues } from '../../../components/url-state.ts';
import { turnedOf, type CompareQuery, type Section } from '../compare-query.ts';
import { onlyDiffering, type Rows } from './compare-rows.ts';

interface DifferChoiceProps {
  readonly query: CompareQuery;
  readonly rows: Rows;
  readonly present: readonly Section[];
  readonly onChange: (change: UrlValues, options?: { replace?: boolean }) => void;
}

/** For each section, whether only its rows that differ are shown. */
export function DifferChoice({ query, rows, present, onChange }: DifferChoiceProps) {
  return (
    <fieldset className="compare-differ">
      <legend>{text.onlyDifferences}</legend>
      {present.map((section) => (
        <label key={section}>
          <input
            type="checkbox"
            aria-label={text.onlyDifferencesOf(text.sections[section])}
            checked={onlyDiffering(section, rows[section], query)}
            onChange={() => {
              onChange({ turned: turnedOf(query.turned, section) }, { replace: true });
            }}
          />
          {text.sections[section]}
        </label>
      ))}
    </fieldset>
  );
}
