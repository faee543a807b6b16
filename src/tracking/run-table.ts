/**
 * A table of runs that is scrolled through: the list of ids is made once and kept under a token, so that any window of
 * it is a slice, and rows do not jump while runs are added. What a row shows is read when it is asked for.
 */
import { invalidParameter } from '../protocol/errors.ts';
import { limits } from '../protocol/limits.ts';
import type { Decoded, Encoded } from '../protocol/schema.ts';
import type { searchRunTable, tableRow } from '../protocol/views.ts';
import type { Database, Reader } from '../database/database.ts';
import { sql } from '../common/sql.ts';
import { parseRunTableOrderBy } from '../search/order-by-parser.ts';
import { firstColumns } from './first-columns.ts';
import { KeptLists } from './kept-lists.ts';
import { stageName } from './lifecycle.ts';
import { cellsOf, shownColumns } from './run-cells.ts';
import { linksIn } from './run-family.ts';
import { countRuns, idsOf, isFiltered, listRuns, runsByStart } from './run-list.ts';
import { metricsOfRuns } from './run-metrics.ts';
import { findRunsById } from './run-store.ts';
import { inPlace, placeOf, scopeOf, type RunPlace } from './run-scope.ts';
import { growTree, showTree, withoutHidden, type ShownRuns, type Tree } from './run-tree.ts';
import { textSet } from '../search/text-search.ts';

export type TableRequest = Decoded<(typeof searchRunTable)['request']>;
export type TableAnswer = Encoded<(typeof searchRunTable)['response']>;

interface RunList {
  /** What was searched for: a token serves no other search. */
  readonly search: string;
  readonly matched: Uint32Array;
  readonly running: number;
  readonly all: number;
  readonly filtered: boolean;
  /** Undefined where no run has a child, or nobody asked. */
  readonly tree: Tree | undefined;
  readonly size: number;
  /** The rows as shown last. */
  shown: { readonly wishes: string; readonly runs: ShownRuns };
}

export class RunTable {
  readonly #database: Database;
  readonly #lists = new KeptLists<RunList>(32, 10_000_000);

  constructor(database: Database) {
    this.#database = database;
  }

  async window(request: TableRequest): Promise<TableAnswer> {
    const { offset, max_results: limit } = request;
    if (offset < 0 || limit < 0 || limit > limits.tableRows) {
      throw invalidParameter(
        `A window starts at offset 0 or later and has 0 to ${limits.tableRows} rows (max_results).`,
      );
    }
    return this.#database.read(async (reader) => {
      const { token, list } = await this.#list(reader, request);
      const suggested = request.suggest ? await suggestedColumns(reader, request, list) : undefined;
      const columns = shownColumns(suggested?.map(lastOf) ?? request.columns);
      const colour = shownColumns([lastOf(request.colour_by)]);
      const { ids, depths, open } = await shownRuns(reader, list, request);
      const window = [...ids.subarray(offset, offset + limit)];
      const rows = new Map((await findRunsById(reader, window)).map((row) => [row.id, row]));
      const cells = await cellsOf(reader, [...rows.values()], [...columns, ...colour]);
      // Only a tree has rows that were not searched for.
      const matched = list.tree && list.filtered ? new Set(list.matched) : undefined;
      return {
        snapshot: token,
        columns: suggested ?? request.columns.map(({ name }) => name),
        total: ids.length,
        matched: list.matched.length,
        matched_running: list.running,
        total_all: list.all,
        metrics: request.with_metrics ? await metricsOfRuns(reader, window) : undefined,
        rows: window.flatMap((id, i): Encoded<typeof tableRow>[] => {
          const row = rows.get(id);
          if (!row) return [];
          const shown = cells.get(id) ?? [];
          return [
            {
              run_id: row.uuid,
              run_number: row.id,
              experiment_id: String(row.experiment),
              run_name: row.name,
              status: row.status,
              start_time: row.start_time,
              end_time: row.end_time ?? undefined,
              lifecycle_stage: stageName(row.lifecycle),
              depth: depths[offset + i] ?? 0,
              child_count: list.tree?.childrenOf.get(id)?.length ?? 0,
              matched: matched?.has(id) ?? true,
              expanded: open.has(id),
              colour: shown[columns.length],
              cells: shown.slice(0, columns.length),
            },
          ];
        }),
      };
    });
  }

  async #list(reader: Reader, request: TableRequest): Promise<{ token: string; list: RunList }> {
    const { experiment_ids, filter, text, view_type, order_by, tree } = request;
    const search = fingerprint([experiment_ids, filter, text, view_type, order_by, tree]);
    const known = request.snapshot ? this.#lists.get(request.snapshot) : undefined;
    if (request.snapshot && known?.search === search) return { token: request.snapshot, list: known };
    const list = await makeList(reader, request, search);
    return { token: this.#lists.keep(list), list };
  }
}

/** Tells searches apart without keeping them: a list of ids may be megabytes. */
function fingerprint(value: unknown): string {
  return new Bun.CryptoHasher('sha256').update(JSON.stringify(value)).digest('base64');
}

const lastOf = (name: string) => ({ name, aggregate: 'last', step: 0 }) as const;

async function makeList(reader: Reader, request: TableRequest, search: string): Promise<RunList> {
  const scope = scopeOf(request);
  const matched = await listRuns(reader, scope, parseRunTableOrderBy(request.order_by));
  const filtered = isFiltered(scope);
  const links = request.tree ? await linksIn(reader, scope) : [];
  return {
    search,
    matched,
    running: await countRunning(reader, scope, matched, filtered),
    all: filtered ? await countRuns(reader, scope) : matched.length,
    filtered,
    tree: links.length > 0 ? growTree(links) : undefined,
    // A link takes as much memory as twenty ids.
    size: matched.length + 20 * links.length,
    shown: { wishes: '', runs: allOf(matched) },
  };
}

function allOf(ids: Uint32Array): ShownRuns {
  return { ids, depths: new Uint32Array(), open: new Set() };
}

/** As a rule the list has all runs, the newest first, so that it need not be read twice. */
async function suggestedColumns(
  reader: Reader,
  { experiment_ids, view_type, order_by }: TableRequest,
  { matched, filtered, tree }: RunList,
): Promise<readonly string[]> {
  const place = placeOf(experiment_ids, view_type);
  const runs = filtered || order_by.length > 0 ? await runsByStart(reader, place) : matched;
  return firstColumns(reader, place, runs, tree);
}

async function shownRuns(reader: Reader, list: RunList, request: TableRequest): Promise<ShownRuns> {
  const { expanded, collapsed, except, hidden } = request;
  if (!list.tree && except.length + hidden.length === 0) return allOf(list.matched);
  const wishes = fingerprint([expanded, collapsed, except, hidden]);
  if (list.shown.wishes !== wishes) {
    const runs = list.tree
      ? showTree(list.matched, list.tree, {
          filtered: list.filtered,
          expanded: await idsOfRuns(reader, expanded),
          collapsed: await idsOfRuns(reader, collapsed),
        })
      : allOf(list.matched);
    const left = without(runs, await idsOfRuns(reader, except), list.tree);
    list.shown = { wishes, runs: withoutHidden(left, await idsOfRuns(reader, hidden)) };
  }
  return list.shown.runs;
}

/** Whoever has children stays: they would hang on nothing. */
function without(runs: ShownRuns, left: ReadonlySet<number>, tree: Tree | undefined): ShownRuns {
  if (left.size === 0) return runs;
  const stays = (id: number): boolean => !left.has(id) || tree?.childrenOf.has(id) === true;
  const { ids, depths, open } = runs;
  return { ids: ids.filter(stays), depths: depths.filter((_, i) => stays(ids[i] ?? 0)), open };
}

export async function idsOfRuns(reader: Reader, uuids: readonly string[]): Promise<Set<number>> {
  if (uuids.length === 0) return new Set();
  return new Set(await idsOf(reader, sql`SELECT id FROM runs WHERE uuid IN ${textSet(uuids)}`));
}

async function countRunning(reader: Reader, place: RunPlace, matched: Uint32Array, filtered: boolean): Promise<number> {
  if (matched.length === 0) return 0;
  const running = await idsOf(
    reader,
    sql`SELECT r.id AS id FROM runs r WHERE ${inPlace('r', place, reader.dialect)} AND r.status = 'RUNNING'`,
  );
  if (!filtered || running.length === 0) return running.length;
  const among = new Set(running);
  return matched.reduce((count, id) => (among.has(id) ? count + 1 : count), 0);
}
