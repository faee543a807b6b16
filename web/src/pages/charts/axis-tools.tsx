import { xFullText, xKinds } from '../../charts/axis-text.ts';
import { Button } from '../../components/button.tsx';
import { text } from '../../text/run.ts';
import { ChartOptions } from './chart-options.tsx';
import type { ChangeSettings, ChartSettings } from './chart-settings.ts';
import { SmoothingTool } from './smoothing-tool.tsx';

interface AxisToolsProps {
  readonly settings: ChartSettings;
  readonly onChange: ChangeSettings;
  /** Metrics that may stand along x. */
  readonly metrics?: readonly string[];
}

const words = text.charts;
const ofMetric = 'metric:';

/** What stands along x, smoothing, and what is changed less often. */
export function AxisTools({ settings, onChange, metrics = [] }: AxisToolsProps) {
  const { x, xMetric } = settings;
  const known = xMetric === undefined || metrics.includes(xMetric) ? metrics : [xMetric, ...metrics];
  return (
    <>
      <label className="chart-tool">
        <span className="dim">{words.x}</span>
        <select
          value={xMetric === undefined ? x : ofMetric + xMetric}
          onChange={({ target: { value } }) => {
            if (value.startsWith(ofMetric)) onChange({ xMetric: value.slice(ofMetric.length) });
            else onChange({ x: xKinds.find((kind) => kind === value) ?? 'step' });
          }}
        >
          {xKinds.map((kind) => (
            <option key={kind} value={kind}>
              {words.xs[kind]}
            </option>
          ))}
          {known.length > 0 && (
            <optgroup label={words.xMetric}>
              {known.map((key) => (
                <option key={key} value={ofMetric + key}>
                  {key}
                </option>
              ))}
            </optgroup>
          )}
        </select>
      </label>
      <SmoothingTool settings={settings} onChange={onChange} />
      <ChartOptions settings={settings} onChange={onChange} />
    </>
  );
}

/** While a part of x is shown: which, and the way back. */
export function ZoomReset({ settings: { zoom, x }, onChange }: Pick<AxisToolsProps, 'settings' | 'onChange'>) {
  if (!zoom) return null;
  const endText = (end: number): string => (Number.isFinite(end) ? xFullText(x, end) : words.open);
  return (
    <Button
      title={words.zoomed(endText(zoom[0]), endText(zoom[1]))}
      onClick={() => {
        onChange({ zoom: undefined });
      }}
    >
      {words.resetZoom}
    </Button>
  );
}
