/** Names with `/` or `.` as folders, in the order in which the first of each folder comes. */
import type { ListedExperiment } from '../../api/experiments.ts';

export interface ExperimentRow {
  readonly kind: 'experiment';
  readonly depth: number;
  /** What the folders above leave of the name. */
  readonly label: string;
  readonly experiment: ListedExperiment;
}

export interface FolderRow {
  readonly kind: 'folder';
  readonly depth: number;
  readonly label: string;
  /** The start of the names in it, such as `team/vision/`. */
  readonly path: string;
  readonly open: boolean;
  readonly experiments: readonly ListedExperiment[];
}

export type ListRow = ExperimentRow | FolderRow;

interface Node {
  readonly path: string;
  readonly label: string;
  readonly children: Map<string, Node>;
  readonly leaves: { label: string; experiment: ListedExperiment }[];
  /** Folders and experiments in the order in which they came. */
  readonly order: (Node | { label: string; experiment: ListedExperiment })[];
}

/** Deeper parts stay in the label: nobody can read a table that is indented further. */
const deepest = 6;

const flat = new WeakMap<ListedExperiment, ExperimentRow>();

/** The same row for the same experiment, so that the table knows that nothing changed. */
export function flatRow(experiment: ListedExperiment): ExperimentRow {
  const row = flat.get(experiment) ?? { kind: 'experiment', depth: 0, label: experiment.name, experiment };
  flat.set(experiment, row);
  return row;
}

export function flatRows(experiments: readonly ListedExperiment[]): ExperimentRow[] {
  return experiments.map(flatRow);
}

export function treeRows(experiments: readonly ListedExperiment[], closed: ReadonlySet<string>): ListRow[] {
  const root = newNode('', '');
  for (const experiment of experiments) {
    const parts = partsOf(experiment.name);
    let node = root;
    for (const part of parts.slice(0, -1)) {
      let child = node.children.get(part);
      if (!child) {
        child = newNode(node.path + part, part);
        node.children.set(part, child);
        node.order.push(child);
      }
      node = child;
    }
    const leaf = { label: parts.at(-1) ?? experiment.name, experiment };
    node.leaves.push(leaf);
    node.order.push(leaf);
  }
  const rows: ListRow[] = [];
  draw(root, '', 0, closed, rows);
  return rows;
}

function newNode(path: string, label: string): Node {
  return { path, label, children: new Map(), leaves: [], order: [] };
}

/** Each with its separator, so that the parts together are the name: `a/b.c` is `a/`, `b.`, `c`. */
function partsOf(name: string): string[] {
  const parts = name.match(/[^/.]*[/.]|[^/.]+$/g) ?? [name];
  const merged: string[] = [];
  for (const part of parts) {
    // A separator alone, as in `/Users/ada` or `v1..2`, is no folder.
    const last = merged.at(-1);
    if (last !== undefined && (/^[/.]+$/.test(part) || /^[/.]+$/.test(last))) {
      merged[merged.length - 1] = last + part;
    } else merged.push(part);
  }
  return merged.length <= deepest ? merged : [...merged.slice(0, deepest - 1), merged.slice(deepest - 1).join('')];
}

/** A folder of one thing is not worth a row: its name goes before that of what is in it. */
function draw(node: Node, before: string, depth: number, closed: ReadonlySet<string>, rows: ListRow[]): void {
  for (const item of node.order) {
    if ('experiment' in item) {
      rows.push({ kind: 'experiment', depth, label: before + item.label, experiment: item.experiment });
    } else if (item.order.length === 1) {
      draw({ ...item, order: item.order }, before + item.label, depth, closed, rows);
    } else {
      const open = !closed.has(item.path);
      rows.push({ kind: 'folder', depth, label: before + item.label, path: item.path, open, experiments: all(item) });
      if (open) draw(item, '', depth + 1, closed, rows);
    }
  }
}

function all(node: Node): ListedExperiment[] {
  return node.order.flatMap((item) => ('experiment' in item ? [item.experiment] : all(item)));
}
