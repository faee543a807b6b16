/** What a script or a notebook of Python says of itself. */
import type { SourceFacts } from '../../pipeline.ts';
import { literalOf, NoLiteral, noLiteral, stringOf } from './literal.ts';
import type { LocalCode } from './local-code.ts';
import { importsOf } from './module.ts';
import { isDocstring, normalised } from './normalise.ts';
import { withMagics, type Cell } from './cells.ts';
import { linesOf, type LogicalLine } from './tokens.ts';
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
    const at = tokens.findIndex(({ type, text }) => type === 'op' && text === '=');
    const isAssignment = tokens[0]?.type === 'name' && (at === 1 || (at > 1 && tokens[1]?.text === ':'));
    if (depth === 0 && isAssignment) values.set(tokens[0]?.text ?? '', literalOf(tokens.slice(at + 1)));
  }
  return values;
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
