/** Tags that say what code runs, as the Python client sets them: its name and its git commit, branch and repository. */
import { dirname, resolve } from 'node:path';
import { environment } from '../settings.ts';
import { gitTags } from './git-tags.ts';
import { userName } from './user-name.ts';

export async function sourceTags(): Promise<Record<string, string>> {
  const [, script] = process.argv;
  const name = script === undefined ? process.execPath : resolve(script);
  const tags: Record<string, string> = { 'mlflow.user': userName(), 'mlflow.source.name': name, ...contextTags() };
  const folder = script === undefined ? process.cwd() : dirname(name);
  return { ...tags, ...(await gitTags(folder)) };
}

/** `MLFLOW_RUN_CONTEXT` holds tags as JSON. */
function contextTags(): Record<string, string> {
  const text = environment('MLFLOW_RUN_CONTEXT');
  if (text === undefined) return {};
  try {
    const tags = JSON.parse(text) as Record<string, unknown>;
    return Object.fromEntries(Object.entries(tags).map(([key, value]) => [key, String(value)]));
  } catch {
    throw new TypeError('MLFLOW_RUN_CONTEXT must be a JSON object of tags.');
  }
}
