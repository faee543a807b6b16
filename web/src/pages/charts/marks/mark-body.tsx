/** The body of every card of marks: the chart, its table, or in words why there is none. */
import { useImperativeHandle, useRef, useState } from 'react';
import type { ChartHandle } from '../../../charts/line/line-chart.tsx';
import { MarkChart } from '../../../charts/marks/mark-chart.tsx';
import type { PlanPlot, RowsInView } from '../../../charts/marks/mark-plot.ts';
import { MarkTable, type TableCell } from '../../../charts/marks/mark-table.tsx';
import { count } from '../../../components/format.ts';
import { Loading } from '../../../components/page.tsx';
import { text } from '../../../text/chart-marks.ts';
import type { CardProps } from '../card-kind.ts';
import { withIds } from './row-ids.ts';

/** What a kind makes of the runs: something to draw, or why there is nothing. */
export type MarkCard = DrawnCard | { readonly empty: string };

export interface DrawnCard {
  /** What the picture does not show. */
  readonly notes: readonly string[];
  /** What a screen reader says of it. */
  readonly summary: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly TableCell[])[];
  /** Of each row, where it stands for one run: a file has them too. */
  readonly runIds?: readonly string[];
  readonly plan: PlanPlot;
}

interface MarkBodyProps extends Pick<CardProps, 'label' | 'asTable' | 'onOpen' | 'onSelect' | 'ref'> {
  /** Kept between renders. */
  readonly card: MarkCard;
  /** What it is drawn from is on its way. */
  readonly loading: boolean;
}

export function MarkBody({ card, loading, label, asTable, onOpen, onSelect, ref }: MarkBodyProps) {
  const chart = useRef<ChartHandle>(null);
  const [inView, setInView] = useState<RowsInView>();
  useImperativeHandle(ref, () => ({
    picture: () => chart.current?.picture(),
    rows: () => ('empty' in card ? [] : withIds(card.header, card.rows, card.runIds)),
  }));
  if ('empty' in card) return loading ? <Loading /> : <div className="chart-state">{card.empty}</div>;
  const notes = asTable || !inView ? card.notes : [inViewText(inView), ...card.notes];
  return (
    <>
      <div className="mark-body">
        {asTable ? (
          <MarkTable label={text.table(label)} header={card.header} rows={card.rows} />
        ) : (
          <MarkChart
            ref={chart}
            label={label}
            summary={card.summary}
            plan={card.plan}
            onInView={setInView}
            onPress={({ runIds }) => {
              const [only, second] = runIds;
              if (second !== undefined) onSelect(runIds);
              else if (only !== undefined) onOpen(only);
            }}
          />
        )}
      </div>
      {notes.length > 0 && (
        <p className="chart-notes dim" title={notes.join(' · ')}>
          {notes.join(' · ')}
        </p>
      )}
    </>
  );
}

function inViewText({ from, to, of }: RowsInView): string {
  return text.inView(count(from + 1), count(to), count(of));
}
