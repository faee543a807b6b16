/** What is known of a task by reading its source, without running anything. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import type { TaskKind } from '../../protocol/pipeline-record.ts';
import { PipelineError, type SourceFacts } from '../pipeline.ts';
import { notebookCells, scriptCells } from './python/cells.ts';
import { functionFacts } from './python/function-facts.ts';
import { LocalCode } from './python/local-code.ts';
import { scriptFacts } from './python/script-facts.ts';
import { templateFacts } from './template-facts.ts';
import { typescriptFacts } from './typescript-facts.ts';

const kinds: Readonly<Record<string, TaskKind>> = {
  '.py': 'script',
  '.ipynb': 'notebook',
  '.sql': 'sql',
  '.sh': 'shell',
  '.bash': 'shell',
  '.ts': 'typescript',
  '.mts': 'typescript',
  '.js': 'typescript',
  '.mjs': 'typescript',
};

/** @throws PipelineError when no such source can be run */
export function kindOf(source: string): TaskKind {
  const kind = kinds[extname(source).toLowerCase()];
  if (kind) return kind;
  if (/^[\p{L}_][\p{L}\p{Nd}_]*(\.[\p{L}_][\p{L}\p{Nd}_]*)+$/u.test(source) && !/\.(r|rmd|md)$/i.test(source))
    return 'function';
  const known = Object.keys(kinds).join(', ');
  throw new PipelineError(
    `${source}: cannot be run. A source is a file (${known}) or a function by its dotted path, such as tasks.clean.`,
  );
}

/**
 * @param folder of the pipeline, absolute
 * @throws PipelineError when it is not there
 */
export function readSource(kind: TaskKind, source: string, folder: string): SourceFacts {
  if (kind === 'function') return readFunction(source, folder);
  const file = resolve(folder, source);
  if (!existsSync(file)) throw new PipelineError(`${source}: there is no such file in ${folder}.`);
  if (kind === 'typescript') return typescriptFacts(file, folder);
  const text = readFileSync(file, 'utf8');
  const local = new LocalCode([...new Set([folder, dirname(file), join(folder, 'src')])]);
  switch (kind) {
    case 'script':
      return scriptFacts(scriptCells(text), file, folder, local);
    case 'notebook':
      return scriptFacts(cellsOf(text, source), file, folder, local);
    default:
      return { ...templateFacts(kind, text), file };
  }
}

function cellsOf(text: string, source: string): ReturnType<typeof notebookCells> {
  try {
    return notebookCells(text).filter(({ tags }) => !tags.includes('injected-parameters'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new PipelineError(`${source}: cannot be read as a notebook. ${error.message}`);
  }
}

function readFunction(source: string, folder: string): SourceFacts {
  const dot = source.lastIndexOf('.');
  const [module, name] = [source.slice(0, dot), source.slice(dot + 1)];
  const local = new LocalCode([folder, join(folder, 'src')]);
  const file = local.find(module);
  if (file === undefined) {
    // That of a package which is installed is taken as it is, and looked for before it runs.
    const [first = '', ...more] = module.split('.');
    const isOwn = more.length === 0 || existsSync(join(folder, first)) || existsSync(join(folder, 'src', first));
    const problem = `There is no ${module.replaceAll('.', '/')}.py in ${folder}.`;
    return { upstream: [], code: source, problems: isOwn ? [problem] : [] };
  }
  const facts = functionFacts(file, name, folder, local);
  if (!facts) throw new PipelineError(`${source}: there is no ${name} in ${file}.`);
  return facts;
}
