/** How a metric is spread, group by group: as boxes, or as violins. */
import { useMemo } from 'react';
import { spreadPlot, type SpreadLook } from '../../../charts/marks/mark-spreads.ts';
import { ascending, boxOf } from '../../../charts/marks/mark-statistics.ts';
import { count, shortNumber } from '../../../components/format.ts';
import { text } from '../../../text/chart-marks.ts';
import type { CardKindEntry, CardProps } from '../card-kind.ts';
import { MarkBody, type MarkCard } from './mark-body.tsx';
import { SpreadFields } from './spread-fields.tsx';
import { spreadNeeds, spreadsOf, type Spreads } from './spread-sets.ts';

function spreadCard(kind: SpreadLook): CardKindEntry {
  return {
    kind,
    needs: spreadNeeds,
    begin: ({ metrics: [metric] }, id) =>
      metric === undefined ? undefined : { id, kind, columns: [`metrics.${metric}`], options: {} },
    Body: SpreadBody,
    Editor: SpreadFields,
  };
}

export const boxCard = spreadCard('box');
export const violinCard = spreadCard('violin');

function SpreadBody({ spec, runs, values, groups, ...rest }: CardProps) {
  const card = useMemo(() => {
    const spreads = spreadsOf(spec, { runs, values, groups });
    return 'empty' in spreads ? spreads : cardOf(spreads, spec.kind === 'violin' ? 'violin' : 'box');
  }, [spec, runs, values, groups]);
  return <MarkBody {...rest} card={card} loading={values.loading} />;
}

const spokenGroups = 5;

function cardOf({ title, log, rows, notes }: Spreads, look: SpreadLook): MarkCard {
  const figures = rows.map(({ name, members }) => ({
    name,
    members: members.length,
    ...boxOf(ascending(members.map(({ value }) => value))),
  }));
  const parts = figures
    .slice(0, spokenGroups)
    .map(({ name, members, median, low, high }) =>
      text.spreadSummary(name, count(members), shortNumber(median), shortNumber(low), shortNumber(high)),
    );
  if (figures.length > spokenGroups) parts.push(text.more(count(figures.length - spokenGroups)));
  return {
    notes,
    summary: parts.join(' '),
    header: [text.group, text.runs, text.from, text.lowerQuartile, text.median, text.upperQuartile, text.to],
    rows: figures.map(({ name, members, whiskers, low, median, high }) => [
      name,
      members,
      whiskers[0],
      low,
      median,
      high,
      whiskers[1],
    ]),
    plan: spreadPlot(rows, look, title, log),
  };
}
