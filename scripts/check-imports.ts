/**
 * Checks who imports whom. A file of `src/` may import from its own folder and from folders of strictly lower levels,
 * never upward, never sideways between two folders of one level, and no chain of imports may come back to its start.
 */
import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** Every folder of `src/` with its level; a folder that is not listed here is an error. */
const levels: Readonly<Record<string, number>> = {
  common: 0,
  protocol: 1,
  config: 1,
  logging: 1,
  search: 2,
  database: 2,
  artifacts: 2,
  sdk: 2,
  access: 3,
  events: 3,
  tracking: 4,
  registry: 4,
  jobs: 4,
  models: 5,
  'python-workers': 5,
  serving: 6,
  projects: 6,
  automl: 7,
  pipelines: 7,
  server: 7,
  app: 8,
  cli: 9,
};

interface Import {
  readonly from: string;
  readonly to: string;
  readonly line: number;
}

/**
 * Static, dynamic, type-only and re-exporting imports alike. Read from the text because Bun's own scanner drops the
 * type-only ones, and a type that reaches upward ties the folders together as firmly as a value.
 */
const importPattern =
  /^[ \t]*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|^[ \t]*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm;

function importsOf(file: string, text: string): Import[] {
  const imports: Import[] = [];
  for (const match of text.matchAll(importPattern)) {
    const specifier = match[1] ?? match[2] ?? match[3] ?? '';
    if (!specifier.startsWith('.')) continue;
    const line = text.slice(0, match.index + match[0].lastIndexOf(specifier)).split('\n').length;
    imports.push({ from: file, to: join(dirname(file), specifier), line });
  }
  return imports;
}

/** The folder of `src/` that a path such as `src/server/app.ts` belongs to; undefined outside of the known folders. */
function folderOf(file: string): string | undefined {
  const [source, folder, rest] = file.split('/', 3);
  return source === 'src' && rest !== undefined && folder !== undefined && folder in levels ? folder : undefined;
}

function levelOf(folder: string): number {
  return levels[folder] ?? Number.NaN;
}

/** What is wrong with one import, or undefined when it is allowed; package.json holds the version. */
function complaint(item: Import): string | undefined {
  const from = folderOf(item.from);
  const to = folderOf(item.to);
  if (from === undefined || from === to || item.to === 'package.json') return undefined;
  if (to === undefined) return `imports ${item.to}, which lies in no known folder of src/`;
  if (levelOf(to) < levelOf(from)) return undefined;
  const direction = levelOf(to) > levelOf(from) ? 'upward' : 'sideways';
  return `imports ${direction}: ${from} is level ${levelOf(from)}, ${to} is level ${levelOf(to)}`;
}

/** The import cycles, each as the files on it, found by one depth-first walk. */
function cyclesOf(graph: ReadonlyMap<string, readonly Import[]>): string[][] {
  const cycles: string[][] = [];
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): void => {
    const start = path.indexOf(file);
    if (start >= 0) {
      cycles.push([...path.slice(start), file]);
      return;
    }
    if (done.has(file)) return;
    path.push(file);
    for (const item of graph.get(file) ?? []) visit(item.to);
    path.pop();
    done.add(file);
  };
  for (const file of graph.keys()) visit(file);
  return cycles;
}

const root = join(import.meta.dir, '..');
const files = [...new Bun.Glob('src/**/*.{ts,tsx}').scanSync({ cwd: root })].toSorted();
const graph = new Map<string, readonly Import[]>();
for (const file of files) graph.set(file, importsOf(file, await Bun.file(join(root, file)).text()));

const problems: string[] = [];
for (const [file, imports] of graph) {
  if (folderOf(file) === undefined) {
    problems.push(`${file}: its folder has no level; add it to ${relative(root, import.meta.path)}`);
  }
  for (const item of imports) {
    const what = existsSync(join(root, item.to)) ? complaint(item) : `imports ${item.to}, which is missing`;
    if (what !== undefined) problems.push(`${file}:${item.line}: ${what}`);
  }
}
for (const cycle of cyclesOf(graph)) problems.push(`import cycle: ${cycle.join(' -> ')}`);

if (problems.length > 0) {
  console.error(problems.join('\n'));
  console.error(
    `${problems.length} forbidden imports. Allowed: within the own folder, and from folders of lower levels.`,
  );
  process.exit(1);
}
const count = [...graph.values()].reduce((sum, imports) => sum + imports.length, 0);
console.log(`${files.length} files, ${count} imports, no upward import, no cycle`);
