/** Which params go with a metric, the strongest first: counted on the server. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { paramImportance, type ParamImportances } from '../../../api/param-importance.ts';
import { count } from '../../../components/format.ts';
import { Failed } from '../../../components/page.tsx';
import { text } from '../../../text/chart-relations.ts';
import { ColumnField } from '../card-fields.tsx';
import type { CardKindEntry, CardProps, EditorProps } from '../card-kind.ts';
import { MarkBody, type MarkCard } from '../marks/mark-body.tsx';
import { titleOfColumn } from '../marks/run-numbers.ts';
import { useFrozen } from '../use-paused.ts';
import { importancePlot } from './importance-plot.ts';
import { sharesOf, type ParamShare } from './param-shares.ts';

const metricColumn = /^metrics\./;

export const importanceCard: CardKindEntry = {
  kind: 'importance',
  needs: () => [],
  begin: ({ metrics: [metric], params }, id) =>
    metric === undefined || params.length === 0
      ? undefined
      : { id, kind: 'importance', columns: [`metrics.${metric}`], options: {} },
  Body: ImportanceBody,
  Editor: ImportanceEditor,
};

function ImportanceBody({ spec, runs, ...rest }: CardProps) {
  const metric = (spec.columns[0] ?? '').replace(metricColumn, '');
  const frozen = useFrozen();
  const question = useMemo(() => paramImportance(metric, runs), [metric, runs]);
  const { data, error, refetch, isPending } = useQuery({ ...question, ...frozen, enabled: runs.length > 0 });
  const card = useMemo(() => cardOf(metric, data), [metric, data]);
  if (error && !data) return <Failed error={error} onRetry={() => void refetch()} />;
  return (
    <MarkBody
      {...rest}
      card={runs.length === 0 ? { empty: text.noRuns } : card}
      loading={isPending && runs.length > 0}
    />
  );
}

function cardOf(metric: string, answer: ParamImportances | undefined): MarkCard {
  const { runs = 0, sampled_runs: looked = 0, params_total: all = 0, explained } = answer ?? {};
  const params = sharesOf(answer);
  const title = titleOfColumn(`metrics.${metric}`);
  if (runs === 0) return { empty: text.noMetric(title) };
  if (params.length === 0) return { empty: text.noParams };
  return {
    notes: [
      ...(explained === undefined ? [text.fewRuns] : []),
      ...(explained === undefined ? [] : [explained > 0.05 ? text.explained(percent(explained)) : text.unexplained]),
      looked < runs ? text.sampledOf(count(looked), count(runs)) : text.basedOn(text.runs(count(runs))),
      ...(all > mostParams ? [text.mostVarying(count(mostParams), count(all))] : []),
    ],
    summary: text.summaryImportance(title, params.slice(0, spokenParams).map((param) => spoken(param, title)).join('; ')), // prettier-ignore
    header: [text.param, text.shareOfOrder, text.correlation, text.effect, text.values, text.runs(count(runs))],
    rows: params.map((param) => [
      param.key,
      param.share ?? null,
      param.spearman ?? null,
      effectOf(param, title),
      param.distinct ?? null,
      param.runs ?? null,
    ]),
    plan: importancePlot(params.map((param) => ({ ...param, effect: effectOf(param, title) }))),
  };
}

const spokenParams = 5;
const mostParams = 50;
/** What tells less of the order points nowhere. */
const leastShare = 0.01;

/** A direction is said where it is more than chance. */
function effectOf({ key, share, significant, spearman, lowest, highest }: ParamShare, metric: string): string {
  if (significant !== true || (share !== undefined && share < leastShare)) return text.flat;
  if (lowest !== undefined && highest !== undefined) return text.fromTo(lowest, highest);
  if (spearman === undefined) return text.flat;
  return spearman > 0 ? text.rising(key, metric) : text.falling(key, metric);
}

function spoken(param: ParamShare, metric: string): string {
  const share = param.share === undefined ? [] : [percent(param.share)];
  return [param.key, ...share, effectOf(param, metric)].filter((part) => part !== '').join(', ');
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function ImportanceEditor({ spec, known, onChange }: EditorProps) {
  return (
    <ColumnField
      label={text.metric}
      value={spec.columns[0] ?? ''}
      known={known}
      of="metrics"
      onChange={(column) => {
        if (metricColumn.test(column)) onChange({ ...spec, columns: [column] });
      }}
    />
  );
}
