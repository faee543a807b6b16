/** The trials of a search, as its leaderboard has them. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { AutomlConfig } from '../../../src/protocol/automl-config.ts';
import {
  automlTags,
  costMetrics,
  metricNameOf,
  trialFailures,
  trialKinds,
  typicalNameOf,
} from '../../../src/protocol/automl-record.ts';
import { runStatuses } from '../../../src/protocol/runs.ts';
import type { Trial } from './automl-ranking.ts';
import { tagColumn, type Search } from './automl.ts';
import { quoted } from './filter-text.ts';
import { fetchWindow, runsKey, type Cell, type TableColumn } from './run-table.ts';

const windowSize = 500;
const mostTrials = 5000;

const tagNames = [
  automlTags.number,
  automlTags.kind,
  automlTags.estimator,
  automlTags.framework,
  automlTags.failure,
  automlTags.message,
  automlTags.reproduced,
] as const;

function columnsFor(config: AutomlConfig): TableColumn[] {
  const metrics = [
    ...(['training', 'val', 'test'] as const).map((part) => metricNameOf(config, part)),
    costMetrics.fitSeconds,
    costMetrics.predictMs,
    costMetrics.modelBytes,
    costMetrics.members,
    ...(config.problem_type === 'forecasting' ? [typicalNameOf(config)] : []),
  ];
  return [
    ...tagNames.map((name) => `tags.${name}`),
    'params.refit_of',
    ...metrics.map((name) => `metrics.${name}`),
  ].map((name) => ({
    name,
    aggregate: 'last',
  }));
}

/** In the order in which they began. */
export function trialsOf({ runId, experimentId, config }: Search) {
  return queryOptions({
    queryKey: [...runsKey([experimentId]), 'automl', runId],
    enabled: config !== undefined,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }): Promise<readonly Trial[]> => {
      const columns = config === undefined ? [] : columnsFor(config);
      const question = {
        experiment_ids: [experimentId],
        filter: `${tagColumn('mlflow.parentRunId')} = ${quoted(runId)} AND ${tagColumn(automlTags.role)} = 'trial'`,
        text: '',
        order_by: ['attributes.start_time ASC'],
        view_type: 'ACTIVE_ONLY' as const,
        columns,
        tree: false,
        expanded: [],
        collapsed: [],
      };
      const trials: Trial[] = [];
      let snapshot: string | undefined;
      for (let offset = 0; offset < mostTrials; offset += windowSize) {
        const window = await fetchWindow(question, { offset, size: windowSize, snapshot }, signal);
        snapshot = window.snapshot;
        trials.push(
          ...window.rows.map((row): Trial => {
            const [number, kind, estimator, framework, failure, message, reproduced, refitOf, ...values] = row.cells;
            const [training, validation, test, fitSeconds, predictMs, modelBytes, members, typical] =
              values.map(finite);
            return {
              runId: row.run_id,
              name: row.run_name,
              number: Number(number ?? 0),
              status: runStatuses.find((one) => one === row.status) ?? 'RUNNING',
              kind: trialKinds.find((one) => one === kind) ?? 'search',
              estimator: words(estimator),
              framework: words(framework),
              started: row.start_time,
              ended: row.end_time,
              training,
              validation,
              test,
              fitSeconds,
              predictMs,
              modelBytes,
              members,
              typical,
              refitOf: words(refitOf) || undefined,
              failure: trialFailures.find((one) => one === failure),
              message: words(message),
              reproduced: reproduced === 'true',
            };
          }),
        );
        if (offset + windowSize >= window.total) break;
      }
      return trials.toSorted((a, b) => a.number - b.number || a.started - b.started);
    },
  });
}

function words(cell: Cell | undefined): string {
  return cell === null || cell === undefined ? '' : String(cell);
}

function finite(cell: Cell): number | undefined {
  return typeof cell === 'number' && Number.isFinite(cell) ? cell : undefined;
}
