/** GET /runs: what was trained, newest first, each grid search with a row for each combination. */
import {
  getExperimentByName,
  getTrackingUri,
  loadText,
  searchModelVersions,
  searchRegisteredModels,
  searchRuns,
  type Run,
} from 'modelyard';
import type { Search } from '../api.ts';
import { UserError } from './respond.ts';

const experimentName = 'train-and-deploy';
const parentTag = 'mlflow.parentRunId';

export async function listRuns(): Promise<Search[]> {
  const experiment = await getExperimentByName(experimentName);
  if (!experiment) return [];
  const [runs, registered] = await Promise.all([
    searchRuns({ experimentIds: [experiment.experimentId], maxResults: 5000 }),
    registrations(),
  ]);
  const children = Map.groupBy(runs, (run) => run.data.tags[parentTag]);
  return (children.get(undefined) ?? []).map((run) => ({
    runId: run.info.runId,
    name: run.info.runName,
    dataset: run.data.tags['dataset'] ?? '',
    kind: run.data.tags['kind'] ?? '',
    status: run.info.status,
    startTime: run.info.startTime,
    url: urlOf(run),
    combinations: (children.get(run.info.runId) ?? []).toSorted(bestFirst).map((child) => ({
      runId: child.info.runId,
      params: child.data.params,
      metrics: child.data.metrics,
      url: urlOf(child),
      registered: registered.get(child.info.runId) ?? [],
    })),
  }));
}

/** GET /runs/:runId/holdout.csv: rows that its models have not seen, to try them with. */
export async function holdoutOf(runId: string): Promise<Response> {
  const text = await loadText(`runs:/${runId}/holdout.csv`).catch(() => {
    throw new UserError(`The run ${runId} holds no rows back. Take one of the runs that /runs lists.`);
  });
  const headers = { 'content-type': 'text/csv', 'content-disposition': 'attachment; filename="holdout.csv"' };
  return new Response(text, { headers });
}

export function urlOf({ info }: Pick<Run, 'info'>): string {
  return `${getTrackingUri()}/experiments/${info.experimentId}/runs/${info.runId}`;
}

/** By run: the versions made of it, with the aliases that point at them. */
async function registrations(): Promise<Map<string | undefined, string[]>> {
  const [models, versions] = await Promise.all([searchRegisteredModels(), searchModelVersions()]);
  const aliases = new Map(models.map((model) => [model.name, Object.entries(model.aliases)]));
  const texts = new Map<string | undefined, string[]>();
  for (const { name, version, runId } of versions) {
    const pointing = (aliases.get(name) ?? []).filter(([, to]) => to === version).map(([alias]) => ` @${alias}`);
    texts.set(runId, [...(texts.get(runId) ?? []), `${name} v${version}${pointing.join('')}`]);
  }
  return texts;
}

function bestFirst(a: Run, b: Run): number {
  const score = ({ data }: Run): number => data.metrics['cv_accuracy'] ?? data.metrics['cv_r2'] ?? -Infinity;
  return score(b) - score(a);
}
