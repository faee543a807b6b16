import { text } from '../../text/chart-marks.ts';
import type { Mark } from './mark-plot.ts';
import type { CanvasSize } from '../use-canvas-size.ts';

interface MarkTooltipProps {
  readonly mark: Mark;
  /** Pixels of the frame. */
  readonly x: number;
  readonly y: number;
  readonly size: CanvasSize;
}

/** What a mark stands for: its whole name and its figures. */
export function MarkTooltip({ mark, x, y, size }: MarkTooltipProps) {
  const atLeft = x > size.width / 2;
  const above = y > size.height / 2;
  return (
    <div
      className={`chart-tooltip ${atLeft ? 'at-left' : ''}`}
      style={{ left: x + (atLeft ? -12 : 12), ...(above ? { bottom: size.height - y + 8 } : { top: y + 8 }) }}
      role="status"
    >
      <div className="chart-tooltip-row">
        <i style={{ background: mark.colour }} />
        <span>{mark.name}</span>
      </div>
      {mark.facts.map(({ label, value }) => (
        <div key={label} className="chart-tooltip-row">
          <span className="dim">{label}</span>
          <b className="number">{value}</b>
        </div>
      ))}
      {mark.runIds.length > 1 && <div className="dim">{text.pressSelects}</div>}
    </div>
  );
}
