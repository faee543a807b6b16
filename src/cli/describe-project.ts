/** `modelyard projects describe`. */
import { action } from './action.ts';
import { CommandError } from './command.ts';
import { projectFlags } from './run-flags.ts';

export const describe = action({
  name: 'describe',
  summary: 'show the entry points of a project and their parameters',
  flags: projectFlags,
  example: 'modelyard projects describe https://github.com/mlflow/mlflow-example',
  async run({ uri, version }, out) {
    const { describeProject } = await import('../projects/describe-project.ts');
    const onProgress = (step: string): void => out.note(`modelyard: ${step}`);
    const stop = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop.abort());
    const options = { onProgress, signal: stop.signal };
    const project = await describeProject(uri, version || undefined, options).catch((error: unknown) => {
      if (stop.signal.aborted) throw new CommandError('stopped.');
      throw error instanceof Error && error.name === 'ProjectError' ? new CommandError(error.message) : error;
    });
    out.details(project, [
      ['Name', project.name || '(none)'],
      ['Environment', project.environment],
      ['Version', project.version || undefined],
      ['Entry points', project.entry_points.map(({ name }) => name).join(', ') || 'none: -e names a script'],
    ]);
    if (out.json) return;
    const rows = project.entry_points.flatMap(({ name, parameters }) =>
      parameters.map((parameter) => ({ entry: name ?? '', ...parameter })),
    );
    out.table(rows, [
      { title: 'ENTRY POINT', cell: ({ entry }) => entry },
      { title: 'PARAMETER', cell: ({ name }) => name },
      { title: 'TYPE', cell: ({ type }) => type },
      { title: 'DEFAULT', cell: ({ default: fallback }) => fallback ?? '(must be given)' },
    ]);
  },
});
