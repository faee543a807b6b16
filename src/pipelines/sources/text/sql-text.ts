/** The text of SQL in its parts: what is code, what stands in quotes, what is a comment. */

export interface SqlPart {
  /** `name` is in double quotes, `body` between dollar signs. */
  readonly type: 'code' | 'string' | 'name' | 'body' | 'comment';
  readonly text: string;
  /** Whether its end is there. */
  readonly isClosed: boolean;
}

const kinds = /(--[^\n]*)|(\/\*)|(')|(["`])|(\$(?:[\p{L}_][\p{L}\p{Nd}_]*)?\$)/gu;

export function sqlParts(text: string): SqlPart[] {
  const parts: SqlPart[] = [];
  let at = 0;
  const add = (type: SqlPart['type'], end: number, isClosed = true): void => {
    if (end > at) parts.push({ type, text: text.slice(at, end), isClosed });
    at = end;
  };
  for (;;) {
    kinds.lastIndex = at;
    const match = kinds.exec(text);
    if (!match) break;
    add('code', match.index);
    const [start, line, block, , , dollar] = match;
    const type = (line ?? block) ? 'comment' : dollar ? 'body' : start === "'" ? 'string' : 'name';
    const end = line === undefined ? endOf(text, at, start) : at + line.length;
    const isOpen = end === undefined || (line !== undefined && end === text.length);
    add(type, end ?? text.length, !isOpen);
  }
  add('code', text.length);
  return parts;
}

/** A quote that is written twice stands for itself. */
function endOf(text: string, at: number, start: string): number | undefined {
  const end = start === '/*' ? '*/' : start;
  for (let from = at + start.length; ;) {
    const found = text.indexOf(end, from);
    if (found < 0) return undefined;
    const isDouble = end.length === 1 && text[found + 1] === end;
    if (!isDouble) return found + end.length;
    from = found + 2;
  }
}

/** Without comments and layout. */
export function normalisedSql(text: string): string {
  let kept = '';
  let code = '';
  const flush = (): void => {
    kept += code.replace(/\s+/g, ' ').replace(/ ?([,;()=<>]) ?/g, '$1');
    code = '';
  };
  for (const { type, text: one } of sqlParts(text)) {
    if (type === 'comment') code += ' ';
    else if (type === 'code') code += one;
    else {
      flush();
      kept += one;
    }
  }
  flush();
  return kept.trim();
}

/** One by one, without those that are empty; what defines a trigger goes to its `END`. */
export function sqlStatements(text: string): string[] {
  const statements: string[] = [];
  let statement = '';
  for (const part of sqlParts(text)) {
    if (part.type === 'comment') statement += ' ';
    else if (part.type !== 'code') statement += part.text;
    else {
      const pieces = part.text.split(';');
      for (const [at, piece] of pieces.entries()) {
        statement += piece;
        if (at === pieces.length - 1) break;
        const isTrigger = /^\s*create\s+(temp\s+|temporary\s+|or\s+replace\s+)*trigger\b/i.test(statement);
        if (isTrigger && /\bbegin\b/i.test(statement) && !/\bend\s*$/i.test(statement)) statement += ';';
        else {
          statements.push(statement.trim());
          statement = '';
        }
      }
    }
  }
  return [...statements, statement.trim()].filter((one) => one !== '');
}

/** A value inside of quotes cannot end them; elsewhere it is what the template's author makes of it. */
export function sqlValue(value: string, before: string): string {
  const last = sqlParts(before).at(-1);
  if (!last || last.isClosed) return value;
  if (last.type === 'string') return value.replaceAll("'", "''");
  if (last.type === 'name')
    return last.text.startsWith('`') ? value.replaceAll('`', '``') : value.replaceAll('"', '""');
  return last.type === 'comment' ? value.replace(/[\r\n]|\*\//g, ' ') : value;
}
