import { smoothers, widths, type Smoother, type Smoothing } from '../../charts/line/smoothing.ts';
import { count } from '../../components/format.ts';
import { text } from '../../text/run.ts';
import type { ChangeSettings, ChartSettings } from './chart-settings.ts';

interface SmoothingToolProps {
  readonly settings: ChartSettings;
  readonly onChange: ChangeSettings;
}

const words = text.charts;
/** What a way of smoothing begins with when the one before was in use. */
const usual: Readonly<Record<Smoother, number>> = { ema: 0.6, gauss: 5, mean: 11 };

/** One of three ways, how much, and the amount in figures. */
export function SmoothingTool({ settings: { smoothing }, onChange }: SmoothingToolProps) {
  const { by, amount } = smoothing;
  const set = (next: Smoothing): void => {
    onChange({ smoothing: next });
  };
  const value = by === 'ema' ? amount.toFixed(2) : words.points(count(amount));
  return (
    <div className="chart-tool">
      <select
        aria-label={words.smoothBy}
        title={words.smoothBy}
        value={by}
        onChange={(event) => {
          const chosen = smoothers.find((one) => one === event.target.value) ?? 'ema';
          set({ by: chosen, amount: amount > 0 ? usual[chosen] : 0 });
        }}
      >
        {smoothers.map((one) => (
          <option key={one} value={one}>
            {words.smoothers[one]}
          </option>
        ))}
      </select>
      <input
        type="range"
        aria-label={words.smooth}
        aria-valuetext={value}
        {...(by === 'ema'
          ? { min: 0, max: 0.99, step: 0.01, value: amount }
          : { min: 0, max: widths.length - 1, step: 1, value: placeOfWidth(amount) })}
        onChange={(event) => {
          const at = Number(event.target.value);
          set({ by, amount: by === 'ema' ? at : (widths[at] ?? 0) });
        }}
      />
      <output className="number">{value}</output>
    </div>
  );
}

function placeOfWidth(amount: number): number {
  return Math.max(
    0,
    widths.findLastIndex((width) => width <= amount),
  );
}
