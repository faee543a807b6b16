/** What a function of Python says of itself: what it takes by its arguments, its upstream by what it asks of that. */
import type { SourceFacts } from '../../pipeline.ts';
import { NoLiteral, stringOf } from './literal.ts';
import { readModule, type LocalCode } from './local-code.ts';
import { isDocstring } from './normalise.ts';
import { docstringOf } from './script-facts.ts';
import type { LogicalLine, Token } from './tokens.ts';

const given = new Set(['product', 'upstream', 'client']);

/** @returns undefined when the module has no such function */
export function functionFacts(file: string, name: string, folder: string, local: LocalCode): SourceFacts | undefined {
  const statement = readModule(file).statements.find(({ defines }) => defines.has(name));
  if (!statement) return undefined;
  local.addName(file, name);
  const code = local.text(folder);
  const at = statement.lines.findIndex(({ tokens }) => isDefinition(tokens, name));
  const definition = statement.lines[at];
  // It is imported, or made by a call: what it takes is known when it runs.
  if (!definition) return { file, upstream: [], code, problems: [] };
  const body = statement.lines.slice(at);
  const params = parametersOf(definition.tokens);
  const own = params.filter((one) => one.stars === '' && !given.has(one.name));
  const doc = isDocstring(body, 1) ? docstringOf(body[1]) : undefined;
  return {
    file,
    line: definition.line,
    upstream: upstreamIn(body),
    ...(params.some(({ stars }) => stars === '**') ? {} : { declaredParams: own.map((one) => one.name) }),
    optionalParams: own.filter(({ hasDefault }) => hasDefault).map((one) => one.name),
    code,
    ...(doc === undefined ? {} : { doc }),
    problems: [],
  };
}

function isDefinition(tokens: readonly Token[], name: string): boolean {
  const [first, second, third] = tokens.map(({ text }) => text);
  return (first === 'def' && second === name) || (first === 'async' && second === 'def' && third === name);
}

interface Parameter {
  readonly name: string;
  readonly stars: string;
  readonly hasDefault: boolean;
}

function parametersOf(tokens: readonly Token[]): Parameter[] {
  const start = tokens.findIndex(({ text }) => text === '(');
  const parameters: Token[][] = [[]];
  let open = 0;
  for (const token of tokens.slice(start)) {
    if (token.type === 'op' && ')]}'.includes(token.text)) open--;
    if (open === 0 && token.text === ')') break;
    if (open === 1 && token.text === ',' && token.type === 'op') parameters.push([]);
    else if (open > 0) parameters.at(-1)?.push(token);
    if (token.type === 'op' && '([{'.includes(token.text)) open++;
  }
  return parameters.flatMap((parts) => {
    const stars = /^\*+$/.test(parts[0]?.text ?? '') ? (parts[0]?.text ?? '') : '';
    const name = parts[stars === '' ? 0 : 1];
    if (name?.type !== 'name') return [];
    return [{ name: name.text, stars, hasDefault: parts.some(({ type, text }) => type === 'op' && text === '=') }];
  });
}

/** Each `upstream['name']`. */
function upstreamIn(lines: readonly LogicalLine[]): string[] {
  const names = new Set<string>();
  for (const { tokens } of lines) {
    for (const [at, { text }] of tokens.entries()) {
      const key = tokens[at + 2];
      if (text !== 'upstream' || tokens[at + 1]?.text !== '[' || key?.type !== 'string') continue;
      if (tokens[at + 3]?.text === ']') names.add(keyOf(key.text));
    }
  }
  return [...names].filter(Boolean);
}

function keyOf(text: string): string {
  try {
    return stringOf(text);
  } catch (error) {
    if (error instanceof NoLiteral) return '';
    throw error;
  }
}
