/** A module of TypeScript or JavaScript: what it does when it is loaded, then its default function with what it is given. */
import { resolve } from 'node:path';
import { TaskError, type TaskRun } from '../pipeline.ts';
import { runProcess } from './task-process.ts';

const program = `
const { readFileSync } = require('node:fs');
const { pathToFileURL } = require('node:url');
const given = JSON.parse(readFileSync(process.env.MODELYARD_TASK, 'utf8'));
const module = await import(pathToFileURL(process.argv[1]).href);
if (typeof module.default === 'function') {
  const { upstream, product, name } = given;
  await module.default({ name, upstream, product, params: { ...module.params, ...given.params } });
}`;

export async function runTypescript(run: TaskRun): Promise<void> {
  const { task, pipeline, onOutput, signal } = run;
  const command = [process.execPath, '-e', program, '--', resolve(pipeline.folder, task.source)];
  const environment = { ...run.environment, BUN_BE_BUN: '1' };
  const end = await runProcess(command, { cwd: pipeline.folder, environment, onOutput, signal });
  if (end.failure !== undefined) throw new TaskError(`${task.source} ${end.failure}.\n${end.tail}`.trim());
}
