/** Where the arrows lead on a graph: left and right along its lines, up and down within a column. */
import type { PipelineLayout } from '../../api/pipeline-layout.ts';

type Key = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown' | 'Home' | 'End';

const keys: readonly string[] = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'];

export function isMove(key: string): key is Key {
  return keys.includes(key);
}

/** The task that a key leads to from another; undefined at an end. */
export function moveFrom({ nodes, edges }: PipelineLayout, from: string, key: Key): string | undefined {
  const at = nodes.find(({ name }) => name === from);
  if (!at) return nodes[0]?.name;
  if (key === 'Home') return nodes[0]?.name;
  if (key === 'End') return nodes.at(-1)?.name;
  if (key === 'ArrowUp' || key === 'ArrowDown') {
    const column = nodes.filter(({ column: other }) => other === at.column).toSorted((a, b) => a.y - b.y);
    return column[column.indexOf(at) + (key === 'ArrowDown' ? 1 : -1)]?.name;
  }
  const names = new Set(
    key === 'ArrowRight'
      ? edges.filter((edge) => edge.from === from).map(({ to }) => to)
      : edges.filter((edge) => edge.to === from).map((edge) => edge.from),
  );
  // Of several the nearest.
  const far = (node: (typeof nodes)[number]): number =>
    Math.abs(node.column - at.column) * 1000 + Math.abs(node.y - at.y);
  return nodes.filter(({ name }) => names.has(name)).toSorted((a, b) => far(a) - far(b))[0]?.name;
}
