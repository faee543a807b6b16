/** The commands that bring a run back, from what its client noted. */
import type { RunDetail } from '../../../api/run.ts';

export interface RecipePart {
  readonly name: 'commit' | 'command' | 'environment' | 'run' | 'model';
  readonly code: string;
}

/** In single quotes for a shell, whatever stands in it. */
function shell(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}

const longestParams = 50;

export function recipe(run: RunDetail, modelId: string | undefined, server: string): RecipePart[] {
  const tag = (name: string): string => run.tags.get(`mlflow.${name}`) ?? '';
  const parts: RecipePart[] = [];
  const commit = tag('source.git.commit');
  const repository = tag('source.git.repoURL') || tag('gitRepoURL');
  if (commit !== '') {
    const clone = repository === '' ? '' : `git clone ${shell(repository)} code && cd code\n`;
    parts.push({ name: 'commit', code: `${clone}git checkout ${shell(commit)}` });
  }
  const command = commandOf(run, tag);
  if (command !== undefined) parts.push({ name: 'command', code: command });
  const image = tag('docker.image.name');
  const uri = modelId === undefined ? undefined : JSON.stringify(`models:/${modelId}`);
  if (image !== '') parts.push({ name: 'environment', code: `docker pull ${shell(image)}` });
  else if (uri !== undefined) {
    parts.push({
      name: 'environment',
      code: `export MLFLOW_TRACKING_URI=${shell(server)}\npython -c 'import mlflow; print(mlflow.pyfunc.get_model_dependencies(${uri}))'`,
    });
  }
  const start = `import mlflow\n\nmlflow.set_tracking_uri(${JSON.stringify(server)})\n`;
  parts.push({ name: 'run', code: `${start}run = mlflow.get_run(${JSON.stringify(run.id)})` });
  if (uri !== undefined) parts.push({ name: 'model', code: `${start}model = mlflow.pyfunc.load_model(${uri})` });
  return parts;
}

function commandOf(run: RunDetail, tag: (name: string) => string): string | undefined {
  const source = tag('source.name');
  if (source === '') return undefined;
  if (tag('source.type') === 'PROJECT') {
    const entry = tag('project.entryPoint') || 'main';
    const version = tag('source.git.commit');
    const params = run.params.slice(0, longestParams).map(({ key, value }) => ` -P ${shell(`${key}=${value}`)}`);
    return `mlflow run ${shell(source)} -e ${shell(entry)}${version === '' ? '' : ` -v ${shell(version)}`}${params.join('')}`;
  }
  return source.endsWith('.py') ? `python ${shell(source)}` : undefined;
}
