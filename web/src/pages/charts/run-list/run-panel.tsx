import { useMemo } from 'react';
import type { TableRow } from '../../../api/run-table.ts';
import { count } from '../../../components/format.ts';
import { showFailure } from '../../../components/toast.tsx';
import type { UrlValues } from '../../../components/url-state.ts';
import { text } from '../../../text/charts-page.ts';
import { text as work } from '../../../text/run-work.ts';
import { writeList, type RunQuery } from '../../runs/run-query.ts';
import type { Selection } from '../../runs/use-selection.ts';
import { mostNamed, urlOfEyes, type Eyes } from '../eyes.ts';
import type { ChartGroup } from '../grouping.ts';
import type { ChartRuns } from '../use-chart-runs.ts';
import { questionOfCharts } from '../runs-question.ts';
import { EyeMenu } from './eye-menu.tsx';
import { RunList } from './run-list.tsx';

interface RunPanelProps {
  readonly query: RunQuery;
  readonly charts: ChartRuns;
  readonly eyes: Eyes;
  /** Those that are listed: brushes leave some out. */
  readonly rows: readonly TableRow[];
  readonly groups: readonly ChartGroup[];
  readonly selection: Selection;
  readonly brushed: boolean;
  readonly onClearBrushes: () => void;
  readonly onOpen: (runId: string) => void;
  readonly onChange: (change: UrlValues, options?: { replace?: boolean }) => void;
}

const panelWidth = 280;

/** The list of runs with what is said and done about all of them. */
export function RunPanel(props: RunPanelProps) {
  const { query, charts, eyes, rows, selection, brushed, onClearBrushes, onChange } = props;
  const { list } = charts;
  const pinned = useMemo(() => new Set(query.pinnedRuns), [query.pinnedRuns]);
  const scope = useMemo(() => questionOfCharts(query), [query]);
  // Of those with an open eye: what brushes leave out is not drawn.
  const shown = rows.filter(charts.isOpen).length;
  return (
    <>
      <header className="run-panel-head">
        <EyeMenu eyes={eyes} scope={scope} selected={selection.ids} onChange={onChange} />
        <span className="dim ellipsis" role="status">
          {list && text.shownOf(count(shown), count(charts.rows.length))}
        </span>
      </header>
      {brushed && (
        <p className="run-panel-note">
          {text.brushed}
          <button type="button" className="link" onClick={onClearBrushes}>
            {text.clearBrushes}
          </button>
        </p>
      )}
      {list && list.matched > list.rows.length && (
        <p className="run-panel-note dim">{text.listed(count(list.rows.length), count(list.matched))}</p>
      )}
      <RunList
        rows={rows}
        groups={props.groups}
        width={panelWidth}
        isOpen={charts.isOpen}
        pinned={pinned}
        colours={charts.colours}
        coloured={query.colourBy !== undefined}
        selection={selection}
        busy={charts.fetching}
        onEye={(ids, open) => {
          const url = urlOfEyes(eyes, ids, open);
          if (url) onChange(url);
          else showFailure(new Error(work.tooManyHidden(count(mostNamed))));
        }}
        onPin={(row) => {
          const ids = query.pinnedRuns.filter((id) => id !== row.run_id);
          if (ids.length === query.pinnedRuns.length) ids.push(row.run_id);
          onChange({ pin: writeList(ids) });
        }}
        onOpen={props.onOpen}
      />
    </>
  );
}
