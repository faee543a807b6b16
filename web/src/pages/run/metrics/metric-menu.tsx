import { useState, type RefObject } from 'react';
import { allPoints, type LastMetric, type RunDetail } from '../../../api/run.ts';
import type { ChartHandle } from '../../../charts/line/line-chart.tsx';
import { useUrlState } from '../../../components/url-state.ts';
import { text } from '../../../text/run.ts';
import { csvAction, linkAction, pictureActions } from '../../charts/chart-actions.ts';
import { ChartMenu } from '../../charts/chart-menu.tsx';
import type { ChartSettings } from '../../charts/chart-settings.ts';
import { useKeepAction } from '../../compare/choose/use-keep-action.ts';
import { RangeDialog } from '../../charts/range-dialog.tsx';
import { useChartRanges } from '../../charts/use-chart-ranges.ts';

interface MetricMenuProps {
  readonly run: RunDetail;
  readonly metric: LastMetric;
  readonly settings: ChartSettings;
  readonly chart: RefObject<ChartHandle | null>;
  readonly asTable: boolean;
  readonly onTable: (key: string) => void;
  readonly alone: boolean;
  /** It is open over the whole window. */
  readonly full: boolean;
}

const words = text.charts;

export function MetricMenu({ run, metric, settings, chart, asTable, onTable, alone, full }: MetricMenuProps) {
  const [, setUrl] = useUrlState();
  const [ranging, setRanging] = useState(false);
  const keep = useKeepAction(run.id, run.name);
  const { key } = metric;
  const [limits, changeRanges] = useChartRanges(key);
  const file = `${run.name}-${key}`;
  return (
    <>
      <ChartMenu
        name={key}
        actions={[
          {
            icon: asTable ? 'chart' : 'rows',
            name: asTable ? words.asChart : words.asTable,
            run: () => {
              onTable(key);
            },
          },
          !full && {
            icon: 'expand',
            name: words.full,
            run: () => {
              setUrl({ full: key });
            },
          },
          !alone && {
            icon: 'external',
            name: words.alone,
            run: () => {
              setUrl({ metric: key, full: undefined });
            },
          },
          !asTable && {
            icon: 'chart',
            name: words.ranges,
            run: () => {
              setRanging(true);
            },
          },
          keep,
          linkAction({ metric: key, full: undefined }),
          csvAction(file, async () => {
            const points = await allPoints(run.id, key);
            return [['step', 'timestamp', key], ...points.map(({ step, time, value }) => [step, time, value])];
          }),
          ...(asTable ? [] : pictureActions(file, `${run.name}: ${key}`, () => chart.current?.picture())),
        ]}
      />
      {ranging && (
        <RangeDialog
          name={key}
          x={settings.x}
          zoom={settings.zoom}
          limits={limits}
          onChange={changeRanges}
          onClose={() => {
            setRanging(false);
          }}
        />
      )}
    </>
  );
}
