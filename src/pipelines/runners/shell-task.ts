/** A shell script with `{{product}}`, `{{upstream["name"]}}` and params in it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { TaskError, type TaskRun } from '../pipeline.ts';
import { parseTemplate } from '../sources/template/template.ts';
import { ShellValues } from './shell-value.ts';
import { runProcess } from './task-process.ts';
import { templateValues } from './template-values.ts';

/** @param scratch a folder that goes with the task */
export async function runShell(run: TaskRun, scratch: string): Promise<void> {
  const { task, pipeline, onOutput, signal } = run;
  const values = new ShellValues();
  const file = join(scratch, 'script.sh');
  writeFileSync(file, rendered(run, values));
  const environment = { ...run.environment, ...values.environment };
  const command = [Bun.which('bash') ?? 'sh', file];
  const end = await runProcess(command, { cwd: pipeline.folder, environment, onOutput, signal });
  // The user knows the script by the name of its source.
  const tail = end.tail.replaceAll(file, task.source);
  if (end.failure !== undefined) throw new TaskError(`${task.source} ${end.failure}.\n${tail}`.trim());
}

function rendered(run: TaskRun, values: ShellValues): string {
  const { task, pipeline } = run;
  try {
    const template = parseTemplate(readFileSync(resolve(pipeline.folder, task.source), 'utf8'));
    return template.render(templateValues(run), values.write);
  } catch (error) {
    if (error instanceof SyntaxError) throw new TaskError(`${task.source}, ${error.message}`);
    throw error;
  }
}
