/**
 * Where the tasks of a pipeline stand when it is drawn: in columns from left to right, each task right of all that it
 * takes products of, with few crossings. Pure, so that pictures and pages draw the same graph.
 */
import type { TaskRecord } from './pipeline-record.ts';

export interface LayoutSize {
  /** Of the box of a task. */
  readonly width: number;
  readonly height: number;
  /** Between columns, where the lines run. */
  readonly columnGap: number;
  readonly rowGap: number;
  readonly margin: number;
}

export interface LayoutNode {
  readonly name: string;
  /** The upper left corner of its box. */
  readonly x: number;
  readonly y: number;
  readonly column: number;
}

export interface LayoutEdge {
  readonly from: string;
  readonly to: string;
  /** The `d` of an SVG path, from the right side of one box to the left side of the other. */
  readonly path: string;
}

export interface PipelineLayout {
  readonly width: number;
  readonly height: number;
  readonly size: LayoutSize;
  /** In the order of the tasks. */
  readonly nodes: readonly LayoutNode[];
  readonly edges: readonly LayoutEdge[];
}

export const usualSize: LayoutSize = { width: 184, height: 52, columnGap: 64, rowGap: 20, margin: 16 };

/** A task, or the place where a line passes a column on its way to a later one. */
interface Place {
  readonly task: string | undefined;
  readonly column: number;
  readonly height: number;
  readonly before: Place[];
  readonly after: Place[];
  /** Of its middle. */
  y: number;
}

export function layoutPipeline(
  tasks: readonly Pick<TaskRecord, 'name' | 'upstream'>[],
  size: LayoutSize = usualSize,
): PipelineLayout {
  const columns = columnsOf(tasks);
  const count = Math.max(0, ...columns.values()) + 1;
  const rows: Place[][] = Array.from({ length: count }, () => []);
  const add = (task: string | undefined, column: number): Place => {
    const place: Place = { task, column, height: task === undefined ? 8 : size.height, before: [], after: [], y: 0 };
    rows[column]?.push(place);
    return place;
  };
  const places = new Map(tasks.map(({ name }) => [name, add(name, columns.get(name) ?? 0)]));
  const lines = tasks.flatMap(({ name, upstream }) =>
    upstream.flatMap((from) => {
      const [start, end] = [places.get(from), places.get(name)];
      return start && end && start.column < end.column ? [lineBetween(start, end, add)] : [];
    }),
  );
  reduceCrossings(rows);
  placeRows(rows, size.rowGap);
  const all = rows.flat();
  const top = Math.min(...all.map(({ y, height }) => y - height / 2)) - size.margin;
  for (const place of all) place.y = Math.round((place.y - top) * 10) / 10;
  const xOf = (column: number): number => size.margin + column * (size.width + size.columnGap);
  return {
    width: tasks.length === 0 ? 0 : xOf(count - 1) + size.width + size.margin,
    height: tasks.length === 0 ? 0 : Math.ceil(Math.max(...all.map(({ y, height }) => y + height / 2)) + size.margin),
    size,
    nodes: tasks.map(({ name }) => {
      const { column = 0, y = 0 } = places.get(name) ?? {};
      return { name, x: xOf(column), y: y - size.height / 2, column };
    }),
    edges: lines.map((line) => ({
      from: line[0]?.task ?? '',
      to: line.at(-1)?.task ?? '',
      path: pathOf(line, xOf, size.width),
    })),
  };
}

/** The longest way from a task that takes nothing; tasks that wait for each other, or for what is not there, are 0. */
function columnsOf(tasks: readonly Pick<TaskRecord, 'name' | 'upstream'>[]): Map<string, number> {
  const byName = new Map(tasks.map((task) => [task.name, task]));
  const columns = new Map<string, number>();
  const visiting = new Set<string>();
  const visit = (name: string): number => {
    const known = columns.get(name);
    if (known !== undefined) return known;
    const task = byName.get(name);
    if (!task || visiting.has(name)) return -1;
    visiting.add(name);
    const column = Math.max(-1, ...task.upstream.map(visit)) + 1;
    visiting.delete(name);
    columns.set(name, column);
    return column;
  };
  for (const { name } of tasks) visit(name);
  return columns;
}

/** Columns; a line that passes more has no places on its way: they would be most of a large graph. */
const longestWay = 30;

function lineBetween(start: Place, end: Place, add: (task: undefined, column: number) => Place): Place[] {
  const line = [start];
  const passed = end.column - start.column - 1;
  const places = passed > longestWay ? 0 : passed;
  for (let at = 1; at <= places; at++) line.push(add(undefined, start.column + at));
  line.push(end);
  for (const [at, place] of line.entries()) {
    const next = line[at + 1];
    if (!next) continue;
    place.after.push(next);
    next.before.push(place);
  }
  return line;
}

/** Each column in the order of the middle of its neighbours, to and fro. */
function reduceCrossings(rows: Place[][]): void {
  const number = (row: readonly Place[]): void => {
    for (const [at, place] of row.entries()) place.y = at;
  };
  rows.forEach(number);
  for (let sweep = 0; sweep < 8; sweep++) {
    const forward = sweep % 2 === 0;
    for (const row of forward ? rows : rows.toReversed()) {
      const middle = new Map(row.map((place) => [place, meanOf(forward ? place.before : place.after) ?? place.y]));
      row.sort((a, b) => (middle.get(a) ?? 0) - (middle.get(b) ?? 0));
      number(row);
    }
  }
}

/** As near to the middle of the neighbours as the boxes of a column leave room, in the order that they have. */
function placeRows(rows: readonly (readonly Place[])[], gap: number): void {
  for (const row of rows) spread(row, gap, ({ y }) => y * 40);
  for (let sweep = 0; sweep < 8; sweep++) {
    const forward = sweep % 2 === 0;
    for (const row of forward ? rows : rows.toReversed()) {
      spread(row, gap, (place) => meanOf(forward ? place.before : place.after) ?? place.y);
    }
  }
}

/** The least change (in squares) from what is wished that leaves `gap` between boxes: neighbours that collide move as one. */
function spread(row: readonly Place[], gap: number, wish: (place: Place) => number): void {
  const groups: { places: { place: Place; offset: number }[]; sum: number; height: number }[] = [];
  const topOf = (group: (typeof groups)[number]): number => group.sum / group.places.length;
  for (const place of row) {
    let group = { places: [{ place, offset: 0 }], sum: wish(place) - place.height / 2, height: place.height + gap };
    for (let last = groups.at(-1); last && topOf(last) + last.height > topOf(group); last = groups.at(-1)) {
      groups.pop();
      const { height } = last;
      const moved = group.places.map((one) => ({ place: one.place, offset: one.offset + height }));
      group = {
        places: [...last.places, ...moved],
        sum: last.sum + group.sum - height * moved.length,
        height: height + group.height,
      };
    }
    groups.push(group);
  }
  for (const group of groups) {
    for (const { place, offset } of group.places) place.y = topOf(group) + offset + place.height / 2;
  }
}

function meanOf(places: readonly Place[]): number | undefined {
  return places.length === 0 ? undefined : places.reduce((sum, { y }) => sum + y, 0) / places.length;
}

function pathOf(line: readonly Place[], xOf: (column: number) => number, width: number): string {
  const [start] = line;
  if (!start) return '';
  let path = `M${xOf(start.column) + width} ${start.y}`;
  let from = { x: xOf(start.column) + width, y: start.y };
  for (const { task, column, y } of line.slice(1)) {
    const x = xOf(column);
    const middle = (from.x + x) / 2;
    path += `C${middle} ${from.y} ${middle} ${y} ${x} ${y}`;
    if (task === undefined) path += `H${x + width}`;
    from = { x: x + width, y };
  }
  return path;
}
