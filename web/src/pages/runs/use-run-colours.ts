import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { columnValues, type ColumnValues, type Scope } from '../../api/run-columns.ts';
import type { TableRow } from '../../api/run-table.ts';
import { cssColour, runColour } from '../../charts/run-colour.ts';
import { text } from '../../text/run-cells.ts';
import { colourOfValue, colourScale, type ColourScale } from './colour-scale.ts';
import { titleOf } from './column-title.ts';
import type { RunQuery } from './run-query.ts';

/** How a run's dot looks; an empty one has no colour. */
export interface DotLook {
  readonly colour: string | undefined;
  /** What the colour stands for. */
  readonly meaning: string | undefined;
}

export interface RunColours {
  readonly lookOf: (row: TableRow) => DotLook;
  /** While runs are coloured by a column and its values are known. */
  readonly scale: ColourScale | undefined;
  readonly values: ColumnValues | undefined;
}

/** The colours of the runs in the table. Those of a column are told from all runs, so that a filter changes none. */
export function useRunColours(scope: Scope, { colourBy }: RunQuery): RunColours {
  const { data } = useQuery({
    ...columnValues({ ...scope, filter: '', text: '' }, colourBy ?? ''),
    enabled: colourBy !== undefined,
  });
  return useMemo(() => {
    if (colourBy === undefined) return { lookOf: ownLook, scale: undefined, values: undefined };
    const scale = data && colourScale(data);
    const title = titleOf({ name: colourBy, aggregate: 'last' });
    return {
      scale,
      values: data,
      lookOf: ({ colour }) => ({
        colour: scale && colourOfValue(scale, colour),
        meaning: text.colourValue(title, String(colour ?? text.noValue)),
      }),
    };
  }, [colourBy, data]);
}

function ownLook({ run_number: number, colour }: TableRow): DotLook {
  return { colour: cssColour(runColour(number, colour)), meaning: undefined };
}
