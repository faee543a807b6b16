/**
 * What a module of TypeScript or JavaScript says of itself by its exports:
 *
 *     export const upstream = ['load'];
 *     export const params = { rows: 10 };
 *     export default async function ({ upstream, product, params }) { … }
 *
 * `params` are what it takes, with their defaults; a module without them takes any. What it does may as well stand outside
 * of a function: then it reads the same from the file of JSON that MODELYARD_TASK names.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { SourceFacts } from '../pipeline.ts';
import { literalOf, noLiteral } from './python/literal.ts';
import { linesOf } from './python/tokens.ts';
import { upstreamNames } from './python/upstream-names.ts';

export function typescriptFacts(file: string, folder: string): SourceFacts {
  const text = readFileSync(file, 'utf8');
  const doc = docOf(text);
  const common = { file, ...(doc === undefined ? {} : { doc }) };
  try {
    const main = compiled(file, text);
    const [upstream, product, params] = ['upstream', 'product', 'params'].map((name) => exported(main, name));
    const problems = Object.entries({ upstream, params })
      .filter(([, value]) => value === noLiteral)
      .map(
        ([name]) =>
          `export const ${name} must be written out, without names of other things, so that it is known before it runs.`,
      );
    const names = typeof params === 'object' && params !== null ? Object.keys(params) : undefined;
    return {
      ...common,
      upstream: upstreamNames(upstream),
      ...(product === undefined || product === noLiteral ? {} : { product }),
      ...(names === undefined ? {} : { declaredParams: names, optionalParams: names }),
      code: codeOf(file, folder),
      problems,
    };
  } catch (error) {
    if (!(error instanceof AggregateError || error instanceof Error) || !isSyntaxError(error)) throw error;
    return { ...common, upstream: [], code: text, problems: [faultOf(error)] };
  }
}

/** Without types, comments and layout. */
function compiled(file: string, text: string): string {
  return new Bun.Transpiler({ loader: file.endsWith('x') ? 'tsx' : 'ts', minifyWhitespace: true }).transformSync(text);
}

/** Its code and that of the files that it imports by their paths. */
function codeOf(main: string, folder: string): string {
  const files = new Map<string, string>();
  const waiting = [main];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (files.has(file)) continue;
    const text = readFileSync(file, 'utf8');
    if (!/\.[cm]?[jt]sx?$/.test(file)) {
      files.set(file, text);
      continue;
    }
    const code = compiled(file, text);
    files.set(file, code);
    for (const { path } of new Bun.Transpiler({ loader: 'js' }).scanImports(code)) {
      const found = path.startsWith('.') ? imported(join(dirname(file), path)) : undefined;
      if (found !== undefined) waiting.push(found);
    }
  }
  const all = [...files].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return all.map(([file, code]) => `// ${relative(folder, file)}\n${code}`).join('\n');
}

const endings = ['', '.ts', '.tsx', '.mts', '.js', '.mjs', '.json', '/index.ts', '/index.js'];

function imported(path: string): string | undefined {
  const candidates = [...endings.map((ending) => path + ending), path.replace(/js$/, 'ts')];
  return candidates.find((file) => existsSync(file) && statSync(file).isFile());
}

const constants = new Map([
  ['null', 'None'],
  ['undefined', 'None'],
  ['true', 'True'],
  ['false', 'False'],
]);

/** The value of `export const name = …` where it is written out; undefined where there is none. */
function exported(code: string, name: string): unknown {
  const start = new RegExp(`(?:^|[;\\n}])export (?:const|let|var) ${name}=`).exec(code);
  if (!start) return undefined;
  const rest = code.slice(start.index + start[0].length);
  const tokens = linesOf(rest.replace(/\n/g, ' '))[0]?.tokens ?? [];
  // Keys of objects need no quotes here, and its constants have other names.
  const quoted = tokens.map((token, at) => {
    if (token.type === 'name' && tokens[at + 1]?.text === ':')
      return { type: 'string' as const, text: `'${token.text}'` };
    return { ...token, text: token.type === 'name' ? (constants.get(token.text) ?? token.text) : token.text };
  });
  return literalOf(quoted);
}

function isSyntaxError(error: Error): boolean {
  return error instanceof AggregateError || ['BuildMessage', 'SyntaxError'].includes(error.constructor.name);
}

function faultOf(error: Error): string {
  const [first = error] = error instanceof AggregateError ? (error.errors as Error[]) : [error];
  const line = (first as { position?: { line?: number } }).position?.line;
  return `${line === undefined ? '' : `line ${line}: `}${first.message}`;
}

/** The first line of the comment that it begins with. */
function docOf(text: string): string | undefined {
  const comment = /^(?:#!.*\n)?\s*(?:\/\*+([^]*?)\*\/|((?:\/\/.*(?:\n|$)\s*)+))/.exec(text);
  return (comment?.[1] ?? comment?.[2])
    ?.split('\n')
    .map((line) => line.replace(/^\s*(?:\/\/+|\*)?/, '').trim())
    .find((line) => line !== '');
}
