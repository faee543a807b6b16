import type { ReactNode } from 'react';
import { sameDecimals } from '../../components/aligned-numbers.ts';
import { shortNumber, count } from '../../components/format.ts';
import { text } from '../../text/charts.ts';
import { xFullText, type XKind } from '../axis-text.ts';
import { emphasise, useEmphasised } from '../emphasis.ts';
import { linesOfRun, type ChartLine } from './line-data.ts';
import { distance, type Crossing, type LineIndex } from './line-index.ts';
import { cssColour } from '../run-colour.ts';
import type { Scales } from '../scales.ts';

const mostRows = 20;
const [fewestRows, rowHeight] = [6, 18];

/** `near` to the pointer first, or the greatest `value`. */
export type TooltipOrder = 'near' | 'value';

export interface TooltipLook {
  readonly order: TooltipOrder;
  /** What x is called; undefined: by its kind. */
  readonly xTitle: string | undefined;
  /** What else is to be said of the point that comes first. */
  readonly moment: ((line: ChartLine, place: number) => ReactNode) | undefined;
}

interface TooltipProps {
  readonly lines: readonly ChartLine[];
  readonly index: LineIndex;
  readonly x: XKind;
  readonly at: number;
  /** Pixels from the top; the lines nearest to it are listed. */
  readonly y: number | undefined;
  readonly scales: Scales;
  readonly look: TooltipLook;
  /** It stands at the left of the crosshair: there is more room. */
  readonly atLeft: boolean;
  /** It stays, and the pointer can go into it. */
  readonly pinned: boolean;
}

/** The values at the crosshair: those of the lines nearest to the pointer. */
export function ChartTooltip({ lines, index, x, at, y, scales, look, atLeft, pinned }: TooltipProps) {
  const strong = linesOfRun(lines, useEmphasised());
  const { px, box } = scales;
  const all = index.at(px(at));
  // No longer than the chart is high, but where it can be scrolled.
  const most = pinned ? mostRows : Math.max(fewestRows, Math.min(mostRows, Math.floor(box.height / rowHeight)));
  const rows = chosen(all, y, look.order, most);
  const [nearest] = y === undefined ? rows : chosen(all, y, 'near', 1);
  if (!nearest) return null;
  const pointX = (one: Crossing): number => one.line.x[one.place] ?? NaN;
  const [of, left] = [pointX(nearest), px(pointX(nearest))];
  const several = index.size > 1;
  const values = sameDecimals(rows.map(({ line, place }) => line.y[place] ?? NaN));
  return (
    <div
      className={`chart-tooltip ${atLeft ? 'at-left' : ''} ${pinned ? 'pinned' : ''}`}
      style={{ left: atLeft ? left - 10 : left + 10, top: box.top }}
      role="status"
      data-pinned={pinned || undefined}
    >
      <div className="dim">
        {look.xTitle ?? text[x]} {xFullText(x, of)}
        {look.moment?.(nearest.line, nearest.place)}
      </div>
      {rows.map((one, row) => {
        const { line, place } = one;
        const { run, band } = line;
        return (
          <div
            key={line.id}
            className={strong.includes(line) ? 'chart-tooltip-row strong' : 'chart-tooltip-row'}
            {...(pinned && {
              onPointerEnter: () => {
                emphasise(run);
              },
              onPointerLeave: () => {
                emphasise(undefined);
              },
            })}
          >
            <i
              style={{
                background: cssColour(line.colour),
              }}
            />
            {several && <span>{line.label}</span>}
            {several && pointX(one) !== of && <small className="dim">{xFullText(x, pointX(one))}</small>}
            <b className="number">
              {values[row]}
              {band && (
                <small className="dim">
                  {' '}
                  {text.spread(shortNumber(band.low[place] ?? NaN), shortNumber(band.high[place] ?? NaN))}
                </small>
              )}
            </b>
          </div>
        );
      })}
      {all.length > rows.length && <div className="dim">{text.more(count(all.length - rows.length))}</div>}
      {pinned && <div className="dim">{text.unpin}</div>}
    </div>
  );
}

/** Those nearest to the pointer, in the order that is wanted; without a pointer the greatest. */
function chosen(
  all: readonly Crossing[],
  y: number | undefined,
  order: TooltipOrder,
  most: number,
): readonly Crossing[] {
  const valueOf = ({ line, place }: Crossing): number => line.y[place] ?? NaN;
  // What is no number comes last.
  const rank = (one: Crossing): number => (Number.isNaN(valueOf(one)) ? -Infinity : valueOf(one));
  const byValue = (a: Crossing, b: Crossing): number => (rank(a) === rank(b) ? 0 : rank(b) - rank(a));
  if (y === undefined) return all.toSorted(byValue).slice(0, most);
  const away = new Map(all.map((one) => [one, distance(one, y)]));
  const farther = (a: Crossing, b: Crossing): number => {
    const [one, other] = [away.get(a) ?? Infinity, away.get(b) ?? Infinity];
    return one === other ? byValue(a, b) : one - other;
  };
  const near = all.toSorted(farther).slice(0, most);
  return order === 'near' ? near : near.toSorted(byValue);
}
