/** What a query or a shell script says of itself by its template. */
import type { SourceFacts } from '../pipeline.ts';
import { parseTemplate } from './template/template.ts';
import { normalisedShell, shellParts } from './text/shell-text.ts';
import { normalisedSql, sqlParts } from './text/sql-text.ts';

const given = new Set(['product', 'upstream', 'client']);

export function templateFacts(kind: 'sql' | 'shell', text: string): SourceFacts {
  try {
    const template = parseTemplate(text);
    const params = [...template.names].filter((name) => !given.has(name));
    const product = template.sets.get('product');
    const doc = kind === 'sql' ? sqlDoc(template.text) : shellDoc(template.text);
    return {
      upstream: [...template.upstream],
      ...(product === undefined || product === null ? {} : { product }),
      declaredParams: params,
      optionalParams: params.filter((name) => template.optional.has(name)),
      code: kind === 'sql' ? normalisedSql(template.text) : normalisedShell(template.text),
      ...(doc === undefined ? {} : { doc }),
      problems: [],
    };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { upstream: [], code: text, problems: [error.message] };
  }
}

/** The first comment, when the query begins with one. */
function sqlDoc(text: string): string | undefined {
  const first = sqlParts(text.trimStart())[0];
  return first?.type === 'comment' ? firstLine(first.text.replace(/^\/\*+|\*+\/$|^--/g, '')) : undefined;
}

function shellDoc(text: string): string | undefined {
  const first = shellParts(text.replace(/^#!.*\n/, '').trimStart())[0];
  return first?.type === 'comment' ? firstLine(first.text.replace(/^#+/, '')) : undefined;
}

function firstLine(text: string): string | undefined {
  return text
    .split('\n')
    .map((line) => line.replace(/^\s*\*?/, '').trim())
    .find((line) => line !== '');
}
