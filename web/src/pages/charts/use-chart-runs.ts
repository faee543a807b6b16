import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useRef } from 'react';
import { runListQuery, type RunList } from '../../api/run-list.ts';
import { runNameOf } from '../../api/run-name.ts';
import type { TableQuestion, TableRow } from '../../api/run-table.ts';
import { hexOf } from '../../charts/css-hex.ts';
import { runColour, type RunColour } from '../../charts/run-colour.ts';
import { useChartTheme } from '../../charts/theme.ts';
import { isFilter, withClause, type RunQuery } from '../runs/run-query.ts';
import { useKeptRuns } from '../runs/use-kept-runs.ts';
import { useRunColours, type RunColours } from '../runs/use-run-colours.ts';
import type { ChartRun } from './chart-run.ts';
import { isOpen, type Eyes } from './eyes.ts';
import { namedRuns } from './named-runs.ts';
import { useFrozen } from './use-paused.ts';

export interface ChartRuns {
  /** Undefined until it has come; that of the question before while a new one is on its way, or was refused. */
  readonly list: RunList | undefined;
  /** Pinned runs first. */
  readonly rows: readonly TableRow[];
  readonly isOpen: (row: TableRow) => boolean;
  /** Pinned ones that the question does not find. */
  readonly beyond: readonly string[];
  /** Those with an open eye, and those that were put away: what legends name. */
  readonly named: readonly ChartRun[];
  /** Those with an open eye. */
  readonly runs: readonly ChartRun[];
  readonly colours: RunColours;
  readonly colourOf: (row: TableRow) => RunColour;
  readonly error: Error | null;
  readonly fetching: boolean;
  readonly retry: () => void;
}

const none: readonly TableRow[] = [];
const noColumns: readonly never[] = [];

/** The runs of the page, in the order of the table, and which of them are drawn in which colour. */
export function useChartRuns(query: RunQuery, question: TableQuestion, eyes: Eyes): ChartRuns {
  const frozen = useFrozen();
  const answer = useQuery({ ...runListQuery(question), ...frozen, placeholderData: keepPreviousData });
  // A filter that the server refuses leaves the runs of the one before in place.
  const good = useRef<RunList>(undefined);
  if (answer.data) good.current = answer.data;
  const list = good.current;
  const listed = list?.rows ?? none;

  // Pinned ones stay whatever is filtered.
  const pinned = useMemo(() => {
    const ids = new Set(listed.map((row) => row.run_id));
    return list ? query.pinnedRuns.filter((id) => !ids.has(id)).join() : '';
  }, [list, listed, query.pinnedRuns]);
  // The same while a list that is read anew finds the same of them.
  const beyond = useMemo(() => (pinned === '' ? [] : pinned.split(',')), [pinned]);
  const kept = useKeptRuns({ ...query, pinnedRuns: beyond, baseline: undefined }, question, noColumns);
  const rows = useMemo(() => {
    const pins = new Map(query.pinnedRuns.map((id, place) => [id, place]));
    const placeOf = (row: TableRow): number => pins.get(row.run_id) ?? pins.size;
    return pins.size === 0 ? listed : [...kept, ...listed].toSorted((a, b) => placeOf(a) - placeOf(b));
  }, [listed, kept, query.pinnedRuns]);

  const found = useFound(question, eyes);
  const places = useMemo(() => new Map(rows.map((row, place) => [row.run_id, place])), [rows]);
  const isOpenRow = useCallback(
    (row: TableRow) => isOpen(eyes, row, places.get(row.run_id) ?? 0, found),
    [eyes, places, found],
  );
  const scope = useMemo(
    () => ({
      experiment_ids: question.experiment_ids,
      filter: '',
      text: '',
      view_type: question.view_type,
    }),
    [question],
  );
  const colours = useRunColours(scope, query);
  const colourOf = useColourOf(colours, query.colourBy !== undefined);
  const named = useMemo(
    () =>
      namedRuns(
        rows.map((row) => chartRunOf(row, colourOf(row))),
        eyes,
        found,
      ),
    [rows, eyes, found, colourOf],
  );
  const runs = useMemo(() => named.filter(({ putAway }) => !putAway), [named]);
  return {
    list,
    rows,
    beyond,
    isOpen: isOpenRow,
    named,
    runs,
    colours,
    colourOf,
    error: answer.error,
    fetching: answer.isFetching,
    retry: () => void answer.refetch(),
  };
}

function chartRunOf(row: TableRow, colour: RunColour): ChartRun {
  return {
    id: row.run_id,
    name: runNameOf(row),
    experimentId: row.experiment_id,
    colour,
    status: row.status,
    start: row.start_time === 0 ? undefined : row.start_time,
    group: undefined,
  };
}

/** The runs that the rule of the eyes finds, where it is a filter. */
function useFound(question: TableQuestion, { mode, filter }: Eyes): ReadonlySet<string> | undefined {
  const narrowed: TableQuestion = isFilter(filter)
    ? { ...question, filter: question.filter === '' ? filter : withClause(question.filter, filter) }
    : { ...question, text: `${question.text} ${filter}`.trim() };
  const frozen = useFrozen();
  const { data } = useQuery({
    ...runListQuery(narrowed),
    ...frozen,
    enabled: mode === 'where',
    placeholderData: keepPreviousData,
    select: idsOf,
  });
  return mode === 'where' ? data : undefined;
}

function idsOf({ rows }: RunList): ReadonlySet<string> {
  return new Set(rows.map((row) => row.run_id));
}

/** A canvas takes no tokens: colours of a scale are those of the theme that is shown. */
function useColourOf({ lookOf }: RunColours, byColumn: boolean): (row: TableRow) => RunColour {
  const theme = useChartTheme();
  return useMemo(() => {
    if (!byColumn) return ({ run_number: number, colour }) => runColour(number, colour);
    const known = new Map<string, RunColour>();
    return (row) => {
      const css = lookOf(row).colour ?? 'var(--line-strong)';
      const before = known.get(css);
      if (before !== undefined) return before;
      const colour = hexOf(css);
      known.set(css, colour);
      return colour;
    };
    // Another theme is another set of colours.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [lookOf, byColumn, theme]);
}
