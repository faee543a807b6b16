/** What the address of a table of runs says, and back. Lists are comma-separated, each item percent-encoded. */
import type { UrlValues } from '../../components/url-state.ts';

export type Aggregate = 'last' | 'min' | 'max' | 'mean' | 'at';

/** A column as written in the address: `metrics.loss`, `metrics.loss@min`, at step 100 `metrics.loss@100`. */
export interface ColumnRef {
  readonly name: string;
  readonly aggregate: Aggregate;
  /** Of `at`. */
  readonly step?: number;
}

export interface SortKey {
  readonly column: string;
  readonly descending: boolean;
}

export interface RunQuery {
  readonly experimentIds: readonly string[];
  /** MLflow's filter grammar. */
  readonly filter: string;
  /** Plain words. */
  readonly words: string;
  readonly sort: readonly SortKey[];
  /** Undefined: those that the server suggests. */
  readonly columns: readonly ColumnRef[] | undefined;
  /** Of the columns that stand there without being chosen; undefined: as the screen has room. */
  readonly leftOut: readonly string[] | undefined;
  readonly pinnedColumns: readonly string[];
  readonly deleted: boolean;
  readonly tree: boolean;
  readonly expanded: readonly string[];
  readonly collapsed: readonly string[];
  readonly pinnedRuns: readonly string[];
  /** Runs that the table, and later its charts, leave out. */
  readonly hidden: readonly string[];
  readonly baseline: string | undefined;
  readonly onlyDiffering: boolean;
  /** Metric columns whose best value is marked: true where higher is better. */
  readonly better: ReadonlyMap<string, boolean>;
  readonly density: 'compact' | 'normal' | 'roomy';
  readonly group: readonly string[];
  /** The column that gives runs their colours; undefined: each has its own. */
  readonly colourBy: string | undefined;
}

/** Columns that every table begins with, and that may be left out. */
export const optionalColumns: readonly string[] = ['created', 'duration'];

export const rowHeights = { compact: 28, normal: 34, roomy: 44 } as const;

export function readList(value: string | undefined): string[] {
  return value ? value.split(',').map(decode) : [];
}

export function writeList(items: readonly string[]): string {
  return items.map((item) => item.replace(/[%,@:~]/g, encodeURIComponent)).join();
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const aggregateNames: readonly string[] = ['last', 'min', 'max', 'mean'];

function readColumn(text: string): ColumnRef {
  const [name = '', aggregate = 'last'] = text.split('@').map(decode);
  if (isStep(aggregate)) return { name, aggregate: 'at', step: Number(aggregate) };
  return { name, aggregate: aggregateNames.includes(aggregate) ? (aggregate as Aggregate) : 'last' };
}

/** Whether a text is a whole number that a double holds. */
export function isStep(text: string): boolean {
  return /^-?\d{1,15}$/.test(text);
}

const columnName = /^(?:metrics|params|tags|attributes)\../s;

/** What cannot be a column, as in an address cut short, is left out. */
function readColumns(text: string): ColumnRef[] {
  return text
    .split(',')
    .map(readColumn)
    .filter(({ name }) => columnName.test(name));
}

export function writeColumns(columns: readonly ColumnRef[]): string {
  return columns.map((column) => writeList([column.name]) + suffixOf(column)).join();
}

/** A key of a column among its siblings: the same metric, whose name has no @, may stand there several times. */
export function keyOfColumn(column: ColumnRef): string {
  return column.name + suffixOf(column);
}

function suffixOf({ aggregate, step = 0 }: ColumnRef): string {
  return aggregate === 'last' ? '' : `@${aggregate === 'at' ? step : aggregate}`;
}

export function writeSort(sort: readonly SortKey[]): string {
  return sort.map(({ column, descending }) => (descending ? '~' : '') + writeList([column])).join();
}

/** Clauses are told from words by what only clauses have: a comparison. */
export function isFilter(typed: string): boolean {
  return /[=<>]|\b(?:i?like|in|is)\b\s*(?:['"(]|not|null)/i.test(typed);
}

const begun = /^\s*(?:(?:metric|param|parameter|tag|attribute|dataset)s?\.|(?:metrics|params|tags|attributes)\s*$)/i;

/** A key whose comparison is still to be typed. */
export function isFilterBegun(typed: string): boolean {
  return !isFilter(typed) && begun.test(typed);
}

export function readRunQuery(values: UrlValues, experimentId: string | undefined): RunQuery {
  const typed = values['filter'] ?? '';
  const density = values['density'];
  return {
    experimentIds: experimentId === undefined ? readList(values['experiments']) : [experimentId],
    filter: isFilter(typed) ? typed : '',
    words: isFilter(typed) ? '' : typed.trim(),
    sort: (values['sort'] ?? '')
      .split(',')
      .filter(Boolean)
      .map((key) => ({ column: decode(key.replace(/^~/, '')), descending: key.startsWith('~') })),
    columns: values['columns'] === undefined ? undefined : readColumns(values['columns']),
    leftOut:
      values['without'] === undefined
        ? undefined
        : readList(values['without']).filter((column) => optionalColumns.includes(column)),
    pinnedColumns: readList(values['pinned']),
    deleted: values['view'] === 'deleted',
    tree: values['tree'] === undefined ? !isByValue(values['sort']) : values['tree'] !== 'off',
    expanded: readList(values['open']),
    collapsed: readList(values['closed']),
    pinnedRuns: readList(values['pin']),
    hidden: readList(values['hidden']),
    baseline: values['baseline'],
    onlyDiffering: values['differing'] === 'on',
    better: new Map(
      (values['better'] ?? '')
        .split(',')
        .filter(Boolean)
        .map((item) => [decode(item.slice(1)), item.startsWith('^')]),
    ),
    density: density === 'normal' || density === 'roomy' ? density : 'compact',
    group: readList(values['group']),
    colourBy: columnName.test(values['colour'] ?? '') ? values['colour'] : undefined,
  };
}

/** Whether the first order is one of metrics, params or tags: the best run is mostly a child, whose parent has no such value. */
function isByValue(sort = ''): boolean {
  return /^~?(?:metrics|params|tags)\./.test(sort);
}

const mostPinned = 50;

/** The pinned runs and these, as the address says it. */
export function withPinned({ pinnedRuns }: RunQuery, ids: Iterable<string>): string {
  return writeList([...new Set([...pinnedRuns, ...ids])].slice(0, mostPinned));
}

/** `metrics.loss` → [`metrics`, `loss`]; keys may hold dots themselves. */
export function splitColumn(name: string): [kind: string, key: string] {
  const dot = name.indexOf('.');
  return [name.slice(0, dot), name.slice(dot + 1)];
}

/** A column as the filter grammar writes it, quoted where it has to be. */
export function columnInFilter(name: string): string {
  const [kind, key] = splitColumn(name);
  if (/^[A-Za-z_][\w]*$/.test(key)) return `${kind}.${key}`;
  return key.includes('`') ? `${kind}."${key}"` : `${kind}.\`${key}\``;
}

const sortNames: Readonly<Record<string, string>> = {
  name: 'attributes.run_name',
  created: 'attributes.start_time',
  duration: 'attributes.duration',
  'attributes.user_id': 'attributes.user_id',
  'attributes.end_time': 'attributes.end_time',
  'attributes.status': 'attributes.status',
};

/** The `order_by` term of a column; undefined where the server cannot order by it. */
export function orderName(column: string): string | undefined {
  const known = sortNames[column];
  if (known !== undefined) return known;
  // The server keeps the last values in order, no others.
  if (/^metrics\..*@/s.test(column)) return undefined;
  return /^(?:metrics|params|tags)\./.test(column) ? columnInFilter(column) : undefined;
}

export function orderBy(sort: readonly SortKey[]): string[] {
  return sort.flatMap(({ column, descending }) => {
    const name = orderName(column);
    return name === undefined ? [] : [`${name} ${descending ? 'DESC' : 'ASC'}`];
  });
}

/** The clauses of a filter, split at each AND that is outside of quotes and parentheses. */
export function clausesOf(filter: string): string[] {
  const clauses: string[] = [];
  let start = 0;
  let depth = 0;
  let quote = '';
  for (let i = 0; i < filter.length; i++) {
    const c = filter.charAt(i);
    if (quote !== '') {
      if (c === quote) quote = '';
    } else if (c === "'" || c === '"' || c === '`') quote = c;
    else if (c === '(') depth++;
    else if (c === ')') depth--;
    else if (depth === 0 && /^\sand\s/i.test(filter.slice(i, i + 5))) {
      clauses.push(filter.slice(start, i).trim());
      start = i + 5;
      i += 4;
    }
  }
  return [...clauses, filter.slice(start).trim()].filter((clause) => clause !== '');
}

export function withClause(filter: string, clause: string): string {
  const clauses = clausesOf(filter);
  return clauses.includes(clause) ? filter : [...clauses, clause].join(' and ');
}
