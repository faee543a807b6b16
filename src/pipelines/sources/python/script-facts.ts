/** What a script or a notebook of Python says of itself. */
import type { SourceFacts } from '../../pipeline.ts';
import { literalOf, NoLiteral, noLiteral, stringOf } from './literal.ts';
import type { LocalCode } from './local-code.ts';
import { importsOf } from './module.ts';
import { isDocstring, normalised } from './normalise.ts';
import { withMagics, type Cell } from './cells.ts';
import { linesOf, type LogicalLine, type Token } from './tokens.ts';
import { upstreamNames } from './upstream-names.ts';

export function scriptFacts(cells: readonly Cell[], file: string, folder: string, local: LocalCode): SourceFacts {
  const code = cells.filter(({ isCode }) => isCode);
  const lines = code.flatMap(({ text }) => linesOf(withMagics(text)));
  const parameters = code.find(({ tags }) => tags.includes('parameters'));
  const assigned = parameters ? assignedIn(linesOf(parameters.text)) : new Map<string, unknown>();
  for (const { tokens } of lines) local.addImports(importsOf(tokens), file);
  const product = assigned.get('product');
  const upstream = assigned.get('upstream');
  const problems =
    upstream === noLiteral
      ? ["upstream must be written out, such as upstream = ['load'], so that it is known before it runs."]
      : [];
  const doc = docOf(cells);
  return {
    file,
    upstream: upstreamNames(upstream),
    ...(product === undefined || product === null || product === noLiteral ? {} : { product }),
    ...(parameters
      ? { declaredParams: [...assigned.keys()].filter((name) => name !== 'upstream' && name !== 'product') }
      : {}),
    code: `${normalised(lines)}\n${local.text(folder)}`,
    ...(doc === undefined ? {} : { doc }),
    problems,
  };
}

/** Values of what is assigned in the outermost block. */
function assignedIn(lines: readonly LogicalLine[]): Map<string, unknown> {
  const values = new Map<string, unknown>();
  for (const { depth, tokens } of lines) {
    if (depth === 0) for (const [name, value] of assignments(tokens)) values.set(name, value);
  }
  return values;
}

/** Also of `a = b = 1` and of `a, b = 1, 2`. */
function assignments(tokens: readonly Token[]): [name: string, value: unknown][] {
  const parts = splitAt(tokens, '=');
  const value = literalOf(parts.at(-1) ?? []);
  return parts.slice(0, -1).flatMap((target): [string, unknown][] => {
    const [first, second] = target;
    if (first?.type !== 'name') return [];
    if (second === undefined || second.text === ':') return [[first.text, value]];
    return splitAt(target, ',').flatMap((part, at): [string, unknown][] => {
      const [name, ...more] = part;
      if (name?.type !== 'name' || more.length > 0) return [];
      return [[name.text, Array.isArray(value) ? value[at] : value]];
    });
  });
}

/** Where it stands in no bracket. */
function splitAt(tokens: readonly Token[], mark: string): Token[][] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.type === 'op' && '([{'.includes(token.text)) depth++;
    if (token.type === 'op' && ')]}'.includes(token.text)) depth--;
    if (depth === 0 && token.type === 'op' && token.text === mark) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

/** The first words of what is written in it for readers. */
function docOf(cells: readonly Cell[]): string | undefined {
  for (const { isCode, text } of cells) {
    if (!isCode) {
      const words = firstLine(text.replace(/^[ \t]*#+ /gm, ''));
      if (words !== undefined) return words;
      continue;
    }
    const lines = linesOf(text);
    if (lines.length === 0) continue;
    return isDocstring(lines, 0) ? docstringOf(lines[0]) : undefined;
  }
  return undefined;
}

export function docstringOf(line: LogicalLine | undefined): string | undefined {
  try {
    return firstLine(stringOf(line?.tokens[0]?.text ?? ''));
  } catch (error) {
    if (error instanceof NoLiteral) return undefined;
    throw error;
  }
}

function firstLine(text: string): string | undefined {
  return text
    .split('\n')
    .map((line) => line.trim())
    .find((line) => line !== '');
}
