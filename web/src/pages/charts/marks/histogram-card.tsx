/** How the values of a metric are spread: over the runs, or over the steps of their lines. */
import { useMemo } from 'react';
import { binsOf, histogramPlot } from '../../../charts/marks/mark-histogram.ts';
import { count, shortNumber } from '../../../components/format.ts';
import { text } from '../../../text/chart-marks.ts';
import { SelectField, TextField } from '../card-fields.tsx';
import type { CardKindEntry, CardProps, EditorProps } from '../card-kind.ts';
import { choiceOption, numberOption } from './card-options.ts';
import { MarkBody, type MarkCard } from './mark-body.tsx';
import { SpreadFields } from './spread-fields.tsx';
import { spreadNeeds, spreadsOf, type Spreads } from './spread-sets.ts';
import { StepsBody } from './steps-body.tsx';

const overs = ['steps', 'runs'] as const;

export const histogramCard: CardKindEntry = {
  kind: 'histogram',
  needs: (spec) => (choiceOption(spec.options, 'over', overs) === 'steps' ? [] : spreadNeeds(spec)),
  begin: ({ metrics: [metric] }, id) =>
    metric === undefined ? undefined : { id, kind: 'histogram', columns: [`metrics.${metric}`], options: { over: 'steps' } },
  Body: (props) => (choiceOption(props.spec.options, 'over', overs) === 'steps' ? <StepsBody {...props} /> : <RunsBody {...props} />),
  Editor: HistogramEditor,
}; // prettier-ignore

function RunsBody({ spec, runs, values, groups, ...rest }: CardProps) {
  const card = useMemo(() => {
    const spreads = spreadsOf(spec, { runs, values, groups });
    return 'empty' in spreads ? spreads : cardOf(spreads, numberOption(spec.options, 'bins'));
  }, [spec, runs, values, groups]);
  return <MarkBody {...rest} card={card} loading={values.loading} />;
}

function cardOf({ log, rows, notes }: Spreads, wanted: number | undefined): MarkCard {
  const wish = { log, bins: wanted === undefined ? undefined : Math.max(1, wanted) };
  const bins = binsOf(rows, wish);
  const sizes = bins.map(({ members }) => members.reduce((sum, one) => sum + one.length, 0));
  const fullest = bins[sizes.indexOf(Math.max(...sizes))];
  const [first, last] = [bins[0]?.from ?? 0, bins.at(-1)?.to ?? 0];
  return {
    notes,
    summary: text.histogramSummary(
      count(sizes.reduce((sum, size) => sum + size, 0)),
      shortNumber(first),
      shortNumber(last),
      count(bins.length),
      shortNumber(fullest?.from ?? first),
      shortNumber(fullest?.to ?? last),
    ),
    header: [text.from, text.to, text.runs, ...(rows.length > 1 ? rows.map(({ name }) => name) : [])],
    rows: bins.map(({ from, to, members }, i) => [
      from,
      to,
      sizes[i] ?? 0,
      ...(rows.length > 1 ? members.map((one) => one.length) : []),
    ]),
    plan: histogramPlot(rows, bins, wish),
  };
}

function HistogramEditor(props: EditorProps) {
  const { spec, onChange } = props;
  const { options } = spec;
  const over = choiceOption(options, 'over', overs);
  return (
    <>
      <SelectField
        label={text.over}
        value={over}
        choices={text.overs}
        onChange={(next) => {
          onChange({ ...spec, options: { ...options, over: next } });
        }}
      />
      <SpreadFields {...props} />
      {over === 'runs' && (
        <TextField
          label={text.bins}
          hint={text.binsHint}
          type="number"
          value={String(numberOption(options, 'bins') ?? '')}
          onChange={(bins) => {
            onChange({ ...spec, options: { ...options, bins: bins === '' ? undefined : Number(bins) } });
          }}
        />
      )}
    </>
  );
}
