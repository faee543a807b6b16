import type { Json } from '../../../../components/content/json-tree-rows.ts';
import { Numeral } from '../../../../components/content/numeral.ts';

export interface Outline {
  readonly viewBox: string;
  readonly lines: string;
  readonly points: string;
  readonly drawn: number;
  readonly total: number;
}

type Position = readonly [number, number];
type Fields = Readonly<Record<string, Json | undefined>>;

/** More would be slow to draw, and a black spot. */
const mostPositions = 50_000;
const width = 1000;

/** The shapes as plain lines, north at the top, fitted into a box; undefined for what holds none. */
export function outlineOf(value: Json): Outline | undefined {
  const shapes: (readonly Position[])[] = [];
  let total = 0;
  let positions = 0;
  const stack: Json[] = [value];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (typeof at !== 'object' || at === null || Array.isArray(at)) continue;
    const { features, geometry, geometries, coordinates } = at as Fields;
    for (const list of [features, geometries])
      if (Array.isArray(list)) stack.push(...(list as Json[]).slice(0, mostPositions));
    if (geometry !== undefined) stack.push(geometry);
    for (const shape of coordinates === undefined ? [] : rings(coordinates)) {
      total++;
      if (positions + shape.length > mostPositions) continue;
      positions += shape.length;
      shapes.push(shape);
    }
  }
  return shapes.length === 0 ? undefined : draw(shapes, total);
}

/** The innermost lists of positions. */
function rings(coordinates: Json): (readonly Position[])[] {
  if (!Array.isArray(coordinates)) return [];
  const list = coordinates as readonly Json[];
  const own = positionOf(list);
  if (own) return [[own]];
  const positions = list.map(positionOf);
  return positions.every((one) => one !== undefined) ? [positions] : list.flatMap(rings);
}

function positionOf(value: Json): Position | undefined {
  if (!Array.isArray(value)) return undefined;
  const [x, y] = value as readonly Json[];
  return isNumber(x) && isNumber(y) ? [Number(x), Number(y)] : undefined;
}

/** Converters write more digits than a double holds; a drawing needs fewer. */
function isNumber(value: Json | undefined): value is number | Numeral {
  return typeof value === 'number' || value instanceof Numeral;
}

function draw(shapes: readonly (readonly Position[])[], total: number): Outline {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of shapes.flat()) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, -y);
    bottom = Math.max(bottom, -y);
  }
  const scale = width / Math.max(right - left, bottom - top, 1e-9);
  const place = ([x, y]: Position): string => `${((x - left) * scale).toFixed(1)} ${((-y - top) * scale).toFixed(1)}`;
  const lines = shapes.filter((shape) => shape.length > 1).map((shape) => `M${shape.map(place).join('L')}`);
  const points = shapes.filter((shape) => shape.length === 1).map((shape) => `M${shape.map(place).join('')}h0`);
  const margin = 20;
  const size = [(right - left) * scale + 2 * margin, (bottom - top) * scale + 2 * margin].map((side) =>
    side.toFixed(1),
  );
  return {
    viewBox: `${-margin} ${-margin} ${size.join(' ')}`,
    lines: lines.join(''),
    points: points.join(''),
    drawn: shapes.length,
    total,
  };
}
