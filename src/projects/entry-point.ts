/** Entry points: those of the MLproject file, and scripts of the project. */
import { existsSync, statSync } from 'node:fs';
import { extname, join, resolve, sep } from 'node:path';
import { environment } from '../sdk/settings.ts';
import { shellWord } from '../common/shell-word.ts';
import type { EntryPoint, Project } from './mlproject.ts';
import { ProjectError } from './project-error.ts';

/** Programs for scripts. TypeScript runs on the Bun that Modelyard runs on. */
function programFor(extension: string): string | undefined {
  switch (extension) {
    case '.py':
      return 'python';
    case '.sh':
      return shellWord(environment('SHELL') ?? 'bash');
    case '.ts':
    case '.mts':
    case '.cts':
      return 'bun';
    case '.js':
    case '.mjs':
    case '.cjs':
      return Bun.which('node') === null ? 'bun' : 'node';
    default:
      return undefined;
  }
}

const scripts = '.py, .sh, .ts or .js';

/** @throws ProjectError that says what there is */
export function entryPoint(project: Project, name: string): EntryPoint {
  const known = project.entryPoints.find((one) => one.name === name);
  if (known) return known;
  const path = resolve(project.folder, name);
  const program = programFor(extname(name).toLowerCase());
  const inside = path.startsWith(project.folder + sep);
  if (program !== undefined && inside && statSync(path, { throwIfNoEntry: false })?.isFile()) {
    const file = name.startsWith('-') ? `./${name}` : name;
    const word = shellWord(file).replaceAll('{', '{{').replaceAll('}', '}}');
    return { name, command: `${program.replaceAll('{', '{{').replaceAll('}', '}}')} ${word}`, parameters: [] };
  }
  throw new ProjectError(`the project has no entry point '${name}', and no script of that name. ${choice(project)}`);
}

function choice({ folder, entryPoints }: Project): string {
  if (entryPoints.length > 0) return `Entry points: ${entryPoints.map((one) => one.name).join(', ')}`;
  const found = [...new Bun.Glob('*.{py,sh,ts,mts,js,mjs}').scanSync({ cwd: folder, onlyFiles: true })].toSorted();
  const some = found.length === 0 ? 'There are none' : `There are: ${found.slice(0, 10).join(', ')}`;
  return `${join(folder, 'MLproject')} would name entry points; without it, -e names a script (${scripts}). ${some}`;
}

/** A command of JavaScript. */
export function runsJavaScript({ command = '' }: EntryPoint): boolean {
  return /^\s*(\w+=\S*\s+)*(\S*\/)?(node|bun|bunx|npx|npm|tsx)\s/.test(command);
}

/** The same in a project that says by a package.json what it needs. */
export function needsPackages({ folder }: Project, entry: EntryPoint): boolean {
  return runsJavaScript(entry) && existsSync(join(folder, 'package.json'));
}
