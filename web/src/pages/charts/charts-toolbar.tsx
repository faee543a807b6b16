import type { ReactNode } from 'react';
import type { Scope } from '../../api/run-columns.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { count } from '../../components/format.ts';
import { useUrlState, type UrlValues } from '../../components/url-state.ts';
import { text } from '../../text/charts-page.ts';
import { text as runs } from '../../text/runs.ts';
import { FilterBox } from '../runs/filter-box.tsx';
import { GroupMenu } from '../runs/group-menu.tsx';
import { QuickFilters } from '../runs/quick-filters.tsx';
import { withClause, writeList, type RunQuery } from '../runs/run-query.ts';
import { ViewSwitch } from '../runs/view-switch.tsx';
import { ViewsMenu } from '../runs/views-menu.tsx';
import { AxisTools, ZoomReset } from './axis-tools.tsx';
import { ChartFinder } from './chart-finder.tsx';
import type { ChangeSettings, ChartSettings } from './chart-settings.ts';
import { GroupTool } from './group-tool.tsx';
import type { LayoutState } from './layout/use-layout.ts';
import { PauseButton } from './pause-button.tsx';
import type { ChartRuns } from './use-chart-runs.ts';

interface ChartsToolbarProps {
  readonly title: ReactNode;
  readonly query: RunQuery;
  readonly values: UrlValues;
  readonly scope: Scope;
  readonly runs: ChartRuns;
  readonly onFilter: (filter: string) => void;
  readonly onChange: (change: UrlValues, options?: { replace?: boolean }) => void;
}

/** Where we are, and which runs the charts are of: the same line as above the table. */
export function ChartsToolbar({ title, query, values, scope, runs: { list }, onFilter, onChange }: ChartsToolbarProps) {
  const narrowed = query.filter !== '' || query.words !== '';
  return (
    <header className="page-bar">
      {title}
      <ViewSwitch experimentIds={query.experimentIds} current="charts" />
      {list && (
        <span className="dim runs-count" aria-live="polite">
          {runs.counts(count(list.totalAll), narrowed ? count(list.matched) : undefined)}
          {list.matchedRunning > 0 && `, ${runs.running(count(list.matchedRunning))}`}
        </span>
      )}
      <FilterBox value={values['filter'] ?? ''} scope={scope} onApply={onFilter} />
      <QuickFilters
        scope={scope}
        onAdd={(clause) => {
          onFilter(withClause(query.filter, clause));
        }}
      />
      <GroupMenu
        scope={scope}
        group={query.group}
        onChange={(group) => {
          onChange({ group: writeList(group) });
        }}
      />
      {query.experimentIds.length === 1 && (
        <ViewsMenu experimentId={query.experimentIds[0] ?? ''} values={values} onChange={onChange} />
      )}
    </header>
  );
}

interface CardToolsProps {
  readonly settings: ChartSettings;
  readonly onSettings: ChangeSettings;
  /** Metrics that may stand along x. */
  readonly metrics: readonly string[];
  readonly counted: string;
  readonly bad: boolean;
  readonly alone: boolean;
  readonly running: boolean;
  readonly layout: LayoutState;
  readonly onAdd: () => void;
  /** What opens the list of runs where it is a drawer. */
  readonly listButton: ReactNode;
}

/** How the charts are drawn, and which there are. */
export function CardTools(props: CardToolsProps) {
  const { settings, onSettings, layout } = props;
  const [, setUrl] = useUrlState();
  return (
    <div className="card-tools" role="toolbar" aria-label={text.toolbar}>
      {props.listButton}
      {props.alone ? (
        <Button
          icon="left"
          onClick={() => {
            setUrl({ card: undefined });
          }}
        >
          {text.allCards}
        </Button>
      ) : (
        <ChartFinder label={text.find} count={props.counted} bad={props.bad} ownKey={false} />
      )}
      <span className="spacer" />
      {props.running && <PauseButton />}
      <ZoomReset settings={settings} onChange={onSettings} />
      <GroupTool settings={settings} onChange={onSettings} />
      <AxisTools settings={settings} onChange={onSettings} metrics={props.metrics} />
      <IconButton icon="undo" label={text.undo} disabled={!layout.undo} onClick={layout.undo} />
      <IconButton icon="redo" label={text.redo} disabled={!layout.redo} onClick={layout.redo} />
      {layout.reset && (
        <Button kind="quiet" aria-label={text.reset} title={text.reset} onClick={layout.reset}>
          {text.resetShort}
        </Button>
      )}
      <Button icon="plus" onClick={props.onAdd}>
        {text.add}
      </Button>
    </div>
  );
}
