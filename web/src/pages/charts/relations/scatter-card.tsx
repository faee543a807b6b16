/** Two columns of the runs against each other. */
import { useImperativeHandle, useMemo, useRef, useState } from 'react';
import type { ChartHandle } from '../../../charts/line/line-chart.tsx';
import { MarkTable } from '../../../charts/marks/mark-table.tsx';
import { ScatterChart } from '../../../charts/scatter/scatter-chart.tsx';
import { useChartTheme } from '../../../charts/theme.ts';
import { ToggleButton } from '../../../components/button.tsx';
import { count } from '../../../components/format.ts';
import { Loading } from '../../../components/page.tsx';
import { text } from '../../../text/chart-relations.ts';
import type { CardKindEntry, CardProps } from '../card-kind.ts';
import type { CardOptions } from '../card-spec.ts';
import { choiceOption, textOption } from '../marks/card-options.ts';
import { withIds } from '../marks/row-ids.ts';
import { ScatterEditor } from './scatter-editor.tsx';
import { columnsOfScatter, scatterOf } from './scatter-runs.ts';

const tools = ['box', 'lasso'] as const;
const nobody: ReadonlySet<string> = new Set();

export const scatterCard: CardKindEntry = {
  kind: 'scatter',
  needs: (spec) => columnsOfScatter(spec),
  begin: ({ metrics: [metric, second], params: [param] }, id) => {
    if (metric === undefined || (param === undefined && second === undefined)) return undefined;
    const x = param === undefined ? `metrics.${second}` : `params.${param}`;
    return { id, kind: 'scatter', columns: [x, `metrics.${metric}`], options: {} };
  },
  Body: ScatterBody,
  Editor: ScatterEditor,
};

function ScatterBody({ spec, runs, values, label, asTable, onChange, onSelect, onOpen, ref }: CardProps) {
  const theme = useChartTheme();
  const chart = useRef<ChartHandle>(null);
  const [chosen, setChosen] = useState(nobody);
  const scatter = useMemo(() => scatterOf(spec, runs, values, theme), [spec, runs, values, theme]);
  useImperativeHandle(ref, () => ({
    picture: () => chart.current?.picture(),
    rows: () => withIds(scatter.header, scatter.rows, scatter.runIds),
  }));
  if (scatter.data.points.length === 0) {
    return values.loading ? <Loading /> : <div className="chart-state">{scatter.empty}</div>;
  }
  if (asTable) return <MarkTable label={text.table(label)} header={scatter.header} rows={scatter.rows} />;
  const tool = choiceOption(spec.options, 'tool', tools);
  const set = (change: CardOptions): void => {
    onChange({ ...spec, options: { ...spec.options, ...change } });
  };
  return (
    <>
      <div className="mark-body">
        <ScatterChart
          ref={chart}
          label={label}
          summary={scatter.summary}
          data={scatter.data}
          tool={tool}
          chosen={chosen}
          onChoose={(ids) => {
            setChosen(ids);
            onSelect([...ids]);
          }}
          onOpen={onOpen}
        />
      </div>
      <div className="relation-notes">
        <span className="button-group" role="group" aria-label={text.tools}>
          {tools.map((one) => (
            <ToggleButton
              key={one}
              kind="quiet"
              pressed={one === tool}
              title={text.toolHint(text[one])}
              onPressed={() => {
                set({ tool: one === 'box' ? undefined : one });
              }}
            >
              {text[one]}
            </ToggleButton>
          ))}
        </span>
        {scatter.canTrend && (
          <ToggleButton
            kind="quiet"
            pressed={textOption(spec.options, 'trend') !== 'off'}
            onPressed={(on) => {
              set({ trend: on ? undefined : 'off' });
            }}
          >
            {text.trend}
          </ToggleButton>
        )}
        <p className="chart-notes dim" title={scatter.notes.join(' · ')} role="status">
          {[...scatter.notes, ...(chosen.size > 0 ? [text.chosen(count(chosen.size))] : [])].join(' · ')}
        </p>
      </div>
    </>
  );
}
