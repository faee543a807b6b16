import { xKinds } from '../../../charts/axis-text.ts';
import { text } from '../../../text/chart-lines.ts';
import { splitColumn } from '../../runs/run-query.ts';
import { CheckField, ColumnField, ColumnsField, SelectField } from '../card-fields.tsx';
import type { EditorProps } from '../card-kind.ts';
import type { CardOptions } from '../card-spec.ts';
import { groupPart, lineOptions, metricOfX, runPart, xOfMetric } from './line-options.ts';

/** Strokes tell the metrics of one run apart, and there are four. */
const mostMetrics = 4;
/** Of the params that vary most. */
const mostParams = 12;

/** Its metrics, its own x axis and scales, its legend and the names of its lines. */
export function LineEditor({ spec, known, onChange }: EditorProps) {
  const { columns, options } = spec;
  const { legend, names, order } = lineOptions(spec);
  const x = typeof options['x'] === 'string' ? options['x'] : '';
  const xMetric = metricOfX(x);
  const set = (change: CardOptions): void => {
    onChange({ ...spec, options: { ...options, ...change } });
  };
  const params = known.params.slice(0, mostParams).map((key) => `params.${key}`);
  return (
    <>
      <ColumnsField
        label={text.metric}
        another={text.addMetric}
        of="metrics"
        known={known}
        values={columns}
        most={mostMetrics}
        onChange={(next) => {
          onChange({ ...spec, columns: next });
        }}
      />
      <SelectField
        label={text.x}
        value={xMetric === undefined ? x : otherMetric}
        choices={{
          '': text.asPage,
          ...Object.fromEntries(xKinds.map((kind) => [kind, text.xs[kind]])),
          [otherMetric]: text.xs.metric,
        }}
        onChange={(next) => {
          // A stretch of one x is none of another.
          const chosen = next === otherMetric ? xOfMetric(known.metrics[0] ?? '') : next;
          set({ x: chosen || undefined, from: undefined, to: undefined });
        }}
      />
      {xMetric !== undefined && (
        <ColumnField
          label={text.xMetric}
          of="metrics"
          known={known}
          value={`metrics.${xMetric}`}
          onChange={(column) => {
            set({ x: column === '' ? undefined : xOfMetric(splitColumn(column)[1]), from: undefined, to: undefined });
          }}
        />
      )}
      {(['logX', 'logY'] as const).map((name) => (
        <SelectField
          key={name}
          label={text[name]}
          value={typeof options[name] === 'boolean' ? String(options[name]) : ''}
          choices={{ '': text.asPage, true: text.on, false: text.off }}
          onChange={(next) => {
            set({ [name]: next === '' ? undefined : next === 'true' });
          }}
        />
      ))}
      <SelectField
        label={text.legend}
        value={legend}
        choices={text.legends}
        onChange={(place) => {
          set({ legend: place === 'auto' ? undefined : place });
        }}
      />
      <SelectField
        label={text.order}
        value={order}
        choices={text.orders}
        onChange={(next) => {
          set({ order: next === 'near' ? undefined : next });
        }}
      />
      <fieldset className="field">
        <legend>{text.names}</legend>
        {[...new Set([runPart, groupPart, ...names, ...params])].map((part) => (
          <CheckField
            key={part}
            checked={names.includes(part)}
            onChange={(checked) => {
              const next = checked ? [...names, part] : names.filter((one) => one !== part);
              set({ names: next.length === 0 || next.join() === runPart ? undefined : next });
            }}
          >
            {part === runPart ? text.run : part === groupPart ? text.group : splitColumn(part)[1]}
          </CheckField>
        ))}
      </fieldset>
    </>
  );
}

const otherMetric = 'metric';
