/** Experiments as a list with counts. */
import { invalidParameter } from '../protocol/errors.ts';
import { limits } from '../protocol/limits.ts';
import type { RunStatus } from '../protocol/runs.ts';
import type { Decoded, Encoded } from '../protocol/schema.ts';
import type { experimentOverview, searchExperimentOverview } from '../protocol/views.ts';
import type { Reader } from '../database/database.ts';
import { and, raw, sql, type Query } from '../common/sql.ts';
import { parseExperimentFilter } from '../search/filter-parser.ts';
import { experimentCondition } from './experiment-search.ts';
import { tagsOfExperiments, type ExperimentRow } from './experiment-store.ts';
import { lifecyclesOf, stageName } from './lifecycle.ts';
import { shortened } from './shown-text.ts';
import { containing, plainText } from '../search/text-search.ts';

type OverviewRequest = Decoded<(typeof searchExperimentOverview)['request']>;

interface CountedExperiment extends ExperimentRow {
  runs: number;
  running: number;
  last_activity: number;
}

const orders: Readonly<Record<OverviewRequest['order_by'], string>> = {
  name: 'e.name COLLATE NOCASE',
  last_activity: 'last_activity',
  runs: 'runs',
  running: 'running',
  creation_time: 'e.creation_time',
  tags: `(SELECT group_concat(t.key || ': ' || substr(t.value, 1, 100), char(10) ORDER BY t.key) FROM experiment_tags t
          WHERE t.experiment = e.id AND t.key NOT LIKE 'mlflow.%') COLLATE NOCASE`,
  // Without the marks of a heading, as the list shows it.
  description: `(SELECT nullif(ltrim(substr(t.value, 1, 200), '# ' || char(9, 10, 13)), '') FROM experiment_tags t
                 WHERE t.experiment = e.id AND t.key = 'mlflow.note.content') COLLATE NOCASE`,
};

export async function overviewOfExperiments(
  reader: Reader,
  request: OverviewRequest,
): Promise<Encoded<(typeof searchExperimentOverview)['response']>> {
  const { max_results: limit, offset } = request;
  if (limit < 0 || limit > limits.overviewExperiments || offset < 0) {
    throw invalidParameter(
      `A page starts at offset 0 or later and has 0 to ${limits.overviewExperiments} experiments (max_results).`,
    );
  }
  const conditions = parseExperimentFilter(request.filter).map((c) => experimentCondition(c, reader.dialect));
  conditions.push(raw(`e.lifecycle IN (${lifecyclesOf(request.view_type).join(', ')})`));
  const text = plainText(request.text);
  if (text !== '') conditions.push(hasText(text));
  const where = and(conditions);
  const total = await reader.first<{ total: number }>(sql`SELECT count(*) AS total FROM experiments e WHERE ${where}`);
  const direction = raw(request.ascending ? 'ASC' : 'DESC');
  const rows = await reader.all<CountedExperiment>(
    sql`SELECT e.*, coalesce(c.runs, 0) AS runs, coalesce(c.running, 0) AS running,
          max(e.last_update_time, coalesce(c.started, 0), coalesce(c.ended, 0)) AS last_activity
        FROM experiments e LEFT JOIN (${counts}) c ON c.experiment = e.id AND c.lifecycle = e.lifecycle
        WHERE ${where} ORDER BY ${raw(orders[request.order_by])} ${direction} NULLS LAST, e.id DESC LIMIT ${limit} OFFSET ${offset}`,
  );
  const ids = rows.map((row) => row.id);
  const tags = Map.groupBy(await tagsOfExperiments(reader, ids), (tag) => tag.experiment);
  const newest = new Map((await newestRuns(reader, ids)).map(({ experiment, ...run }) => [experiment, run]));
  return {
    total: total?.total ?? 0,
    experiments: rows.map((row): Encoded<typeof experimentOverview> => ({
      experiment_id: String(row.id),
      name: row.name,
      lifecycle_stage: stageName(row.lifecycle),
      artifact_location: row.artifact_location,
      creation_time: row.creation_time,
      last_update_time: row.last_update_time,
      tags: (tags.get(row.id) ?? []).map(({ key, value }) => ({ key, value: shortened(value) })),
      run_count: row.runs,
      running_count: row.running,
      last_activity: row.last_activity,
      newest_run: newest.get(row.id),
    })),
  };
}

/** The runs of an experiment that are in the state it is in itself. */
const counts = raw(
  `SELECT experiment, lifecycle, count(*) AS runs, sum(status = 'RUNNING') AS running,
     max(start_time) AS started, max(end_time) AS ended FROM runs GROUP BY experiment, lifecycle`,
);

interface NewestRun {
  experiment: number;
  run_id: string;
  run_name: string;
  status: RunStatus;
}

async function newestRuns(reader: Reader, experiments: readonly number[]): Promise<NewestRun[]> {
  return reader.all(
    sql`SELECT e.id AS experiment, r.uuid AS run_id, r.name AS run_name, r.status
        FROM experiments e JOIN runs r ON r.id = (
          SELECT n.id FROM runs n WHERE n.experiment = e.id AND n.lifecycle = e.lifecycle ORDER BY n.start_time DESC, n.uuid LIMIT 1)
        WHERE e.id IN ${reader.dialect.intSet(experiments)}`,
  );
}

function hasText(text: string): Query {
  return sql`(${containing('e.name', text)} OR EXISTS (SELECT 1 FROM experiment_tags t WHERE t.experiment = e.id AND ${containing('t.value', text)}))`;
}
