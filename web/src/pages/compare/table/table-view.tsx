import { useDeferredValue, useMemo } from 'react';
import type { Comparison } from '../../../api/comparison.ts';
import { Button } from '../../../components/button.tsx';
import { FindField } from '../../../components/find-field.tsx';
import { State } from '../../../components/page.tsx';
import type { UrlValues } from '../../../components/url-state.ts';
import { text } from '../../../text/compare.ts';
import { CompareGrid } from './compare-grid.tsx';
import { sections, type CompareQuery } from '../compare-query.ts';
import { rowsOf, shownRows } from './compare-rows.ts';
import { DifferChoice } from './differ-choice.tsx';
import { ExportMenu } from '../export/export-menu.tsx';
import type { ColouredRun } from '../run-head.tsx';
import { ValuesDialog } from './values-dialog.tsx';

export interface ViewProps {
  readonly query: CompareQuery;
  readonly comparison: Comparison;
  readonly runs: readonly ColouredRun[];
  /** Place of the baseline. */
  readonly base: number;
  readonly busy: boolean;
  readonly onChange: (change: UrlValues, options?: { replace?: boolean }) => void;
}

/** Overview, params, metrics and tags: everything that is a value. */
export function TableView({ query, comparison, runs, base, busy, onChange }: ViewProps) {
  const { better } = query;
  const rows = useMemo(() => rowsOf(comparison, base, better), [comparison, base, better]);
  const present = sections.filter((section) => rows[section].length > 0);
  const words = useDeferredValue(query.words);
  const shown = useMemo(
    () =>
      present.map((section) => ({
        section,
        all: rows[section].length,
        rows: shownRows(section, rows[section], { ...query, words }),
      })),
    // The sections come from the rows.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [rows, query, words],
  );
  const opened =
    query.row === undefined ? undefined : present.flatMap((one) => rows[one]).find(({ id }) => id === query.row);
  const nothing = words !== '' && shown.every((section) => section.rows.length === 0);
  return (
    <>
      <div className="compare-bar">
        <FindField
          ofPage
          label={text.search}
          value={query.words}
          onType={(typed) => {
            onChange({ q: typed }, { replace: true });
          }}
        />
        <DifferChoice query={query} rows={rows} present={present} onChange={onChange} />
        <span className="spacer" />
        <ExportMenu exported={{ runs, base, shown }} />
      </div>
      {nothing ? (
        <State title={text.noRows}>
          <Button
            onClick={() => {
              onChange({ q: undefined });
            }}
          >
            {text.clearSearch}
          </Button>
        </State>
      ) : (
        <CompareGrid
          query={query}
          runs={runs}
          baseline={runs[base]?.id ?? ''}
          shown={shown}
          busy={busy}
          onChange={onChange}
        />
      )}
      {opened && (
        <ValuesDialog
          key={opened.id}
          row={opened}
          runs={runs}
          base={base}
          onClose={() => {
            onChange({ row: undefined });
          }}
        />
      )}
    </>
  );
}
