/** The runs of a table in their order, for the previous and next buttons of a run's page. */
import { fetchWindow, type TableQuestion } from './run-table.ts';

export interface RunOrder {
  /** Of the table, filter and all. */
  readonly address: string;
  readonly total: number;
  /** By their place in the table, as far as they were read. */
  readonly ids: Readonly<Record<number, string>>;
  /** Pinned runs, which stand above the first one of the snapshot. */
  readonly pinned: number;
  /** How the others are asked for. */
  readonly question: TableQuestion;
  readonly snapshot: string;
}

const key = 'modelyard.run-order';
const windowSize = 100;
/** So many on both sides are read before they are needed. */
const ahead = 20;

export function keepRunOrder(order: RunOrder): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(order));
  } catch {
    // Without room the buttons are simply not there.
  }
}

/** Whatever else stands there is none. */
export function keptRunOrder(): RunOrder | undefined {
  try {
    const order = JSON.parse(sessionStorage.getItem(key) ?? '{}') as Partial<RunOrder>;
    return order.ids && order.question && typeof order.total === 'number' ? (order as RunOrder) : undefined;
  } catch {
    return undefined;
  }
}

/** Counted from 0; undefined for a run that was not read. */
export function placeInOrder({ ids }: RunOrder, runId: string): number | undefined {
  const found = Object.entries(ids).find(([, id]) => id === runId);
  return found && Number(found[0]);
}

export function lacksNeighbours({ ids, total }: RunOrder, place: number): boolean {
  const [first, last] = [Math.max(0, place - ahead), Math.min(total - 1, place + ahead)];
  return ids[first] === undefined || ids[last] === undefined;
}

/** The order with the runs around a place read. */
export async function readAround(order: RunOrder, place: number, signal: AbortSignal): Promise<RunOrder> {
  const { pinned, question, snapshot, ids } = order;
  const offset = Math.max(0, place - pinned - windowSize / 2);
  const window = await fetchWindow({ ...question, columns: [] }, { offset, size: windowSize, snapshot }, signal);
  const around = Object.fromEntries(window.rows.map((row, i) => [pinned + offset + i, row.run_id]));
  const total = pinned + window.total;
  if (window.snapshot === snapshot) return { ...order, total, ids: { ...ids, ...around } };
  // The server forgot the snapshot: what was read before may stand elsewhere now.
  const above = Object.fromEntries(Object.entries(ids).filter(([at]) => Number(at) < pinned));
  const moved = { ...order, total, snapshot: window.snapshot, ids: { ...above, ...around } };
  return placeInOrder(moved, ids[place] ?? '') === undefined ? order : moved;
}
