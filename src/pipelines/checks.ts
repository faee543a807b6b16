/** What can be known to be wrong before anything runs. */
import { existsSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { PipelinePlace } from './find-pipeline.ts';
import { circleOf } from './graph.ts';
import type { Mapping } from './mapping.ts';
import { didYouMean } from '../common/did-you-mean.ts';
import type { Hook, Task } from './pipeline.ts';
import { resourcesOf, resourcesParam } from './resources.ts';

interface Checked extends Task {
  readonly label: string;
}

/** @param faults gets a line for each */
export function checkTasks(tasks: readonly Checked[], faults: Set<string>, place: PipelinePlace): void {
  const { file, folder } = place;
  checkNames(tasks, faults, file);
  checkProducts(tasks, faults, place);
  const circle = circleOf(tasks);
  if (circle) faults.add(`${file}: these tasks wait for each other: ${circle.join(' → ')}.`);
  for (const task of tasks) {
    checkParams(task, faults);
    if (task.kind === 'sql' && !task.client) {
      faults.add(
        `${task.label}: a SQL task needs a client: an address such as sqlite:///data.db below "clients: SQLScript:", or its own "client:".`,
      );
    }
    for (const path of resourcesOf(task)) {
      if (!existsSync(resolve(folder, path))) faults.add(`${task.label}: its resource ${path} is not in ${folder}.`);
    }
    for (const hook of [task.onFinish, task.onFailure]) checkHook(hook, task.label, folder, faults);
  }
}

function checkNames(tasks: readonly Checked[], faults: Set<string>, file: string): void {
  const seen = new Set<string>();
  for (const { name } of tasks) {
    if (seen.has(name)) faults.add(`${file}: two tasks are called ${name}; give one of them another "name:".`);
    seen.add(name);
  }
}

function checkProducts(tasks: readonly Checked[], faults: Set<string>, { file, folder }: PipelinePlace): void {
  const written = new Set([resolve(folder, file), ...tasks.map(({ facts }) => facts.file)]);
  const owners = new Map<string, Checked>();
  for (const task of tasks) {
    for (const { kind, identifier } of task.products) {
      const where =
        kind === 'relation' ? `relation ${JSON.stringify(task.client)} ${identifier}` : resolve(folder, identifier);
      if (written.has(where)) {
        faults.add(`${task.label}: its product ${identifier} is a file that you have written; name another.`);
      }
      const owner = owners.get(where);
      if (owner) {
        const both = owner.name === task.name ? `${task.name} has` : `${owner.name} and ${task.name} both have`;
        faults.add(
          `${task.label}: ${both} the product ${identifier}${owner.name === task.name ? ' twice' : ''}; a product has one task.`,
        );
      } else owners.set(where, task);
    }
  }
}

function checkParams({ label, name, source, params, facts, options }: Checked, faults: Set<string>): void {
  const { declaredParams: declared, optionalParams: optional = [] } = facts;
  if (declared === undefined || options['static_analysis'] === 'disable' || options['static_analysis'] === false)
    return;
  for (const given of Object.keys(params)) {
    if (declared.includes(given) || given === resourcesParam) continue;
    const guess = didYouMean(given, declared) || (declared.length > 0 ? ` It declares: ${declared.join(', ')}.` : '');
    faults.add(`${label}: ${name} is given the param '${given}', which ${source} does not use.${guess}`);
  }
  for (const wanted of declared) {
    if (Object.hasOwn(params, wanted) || optional.includes(wanted)) continue;
    faults.add(`${label}: ${source} needs the param '${wanted}', which "params:" of ${name} does not give.`);
  }
}

/** A module that lies in the folder must have the function; whether another is installed is seen when Python is asked. */
export function checkHook(hook: Hook | undefined, label: string, folder: string, faults: Set<string>): void {
  if (!hook) return;
  const parts = hook.function.split('.');
  const [module, name] = [parts.slice(0, -1).join('/'), parts.at(-1)];
  const files = ['', 'src'].flatMap((below) => [
    join(folder, below, `${module}.py`),
    join(folder, below, module, '__init__.py'),
  ]);
  const file = files.find((place) => existsSync(place));
  if (file !== undefined && !new RegExp(`\\b${name}\\b`).test(readFileSync(file, 'utf8'))) {
    faults.add(`${label}: there is no ${name} in ${relative(folder, file)} for the hook ${hook.function}.`);
  }
  if (file === undefined && existsSync(join(folder, parts[0] ?? ''))) {
    faults.add(`${label}: there is no ${module}.py for the hook ${hook.function}.`);
  }
}

const classes = ['NotebookRunner', 'ScriptRunner', 'PythonCallable', 'SQLScript', 'SQLDump', 'ShellScript'];

/** What a file may say elsewhere and nothing here would heed. */
export function checkOffered(entry: Mapping, fault: (what: string) => void): void {
  const name = entry['class'];
  if (name !== undefined && !(typeof name === 'string' && classes.includes(name))) {
    fault(`the class ${JSON.stringify(name)} is not offered; there are ${classes.join(', ')}.`);
  }
  if (entry['on_render'] !== undefined) fault('on_render is offered for the whole pipeline, not for one task.');
}
