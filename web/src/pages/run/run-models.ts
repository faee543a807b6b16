/** The models that a run made and that can be registered. */
import type { RunDetail, RunSurroundings } from '../../api/run.ts';

export interface RunModel {
  readonly name: string;
  readonly source: string;
  readonly modelId?: string;
}

const mostModels = 20;

export function modelsOf(run: RunDetail, around: RunSurroundings | undefined): RunModel[] {
  const logged = (around?.logged_models ?? [])
    .filter(({ direction }) => direction === 'output')
    .map(({ model_id: modelId = '', name }) => ({ name: name || modelId, source: `models:/${modelId}`, modelId }));
  const models = logged.length > 0 ? logged : olderModels(run);
  return models.slice(0, mostModels);
}

/** Clients before mlflow 3 note the folders of their models in a tag. */
function olderModels(run: RunDetail): RunModel[] {
  try {
    const history: unknown = JSON.parse(run.tags.get('mlflow.log-model.history') ?? '[]');
    if (!Array.isArray(history)) return [];
    const paths = history.map((entry) => (entry as { artifact_path?: unknown } | null)?.artifact_path);
    const known = new Set(paths.filter((path): path is string => typeof path === 'string' && path !== ''));
    return [...known].map((path) => ({ name: path, source: `runs:/${run.id}/${path}` }));
  } catch {
    return [];
  }
}
