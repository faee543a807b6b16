/** A module of Python as the statements that stand at its outermost level: what each defines, and what it uses. */
import { isKeyword } from './normalise.ts';
import { linesOf, type LogicalLine, type Token } from './tokens.ts';

export interface Statement {
  readonly lines: readonly LogicalLine[];
  readonly defines: ReadonlySet<string>;
  readonly uses: ReadonlySet<string>;
  readonly imports: readonly Import[];
  /** Defines nothing, so that it is there for what it does; what only runs in a script of its own is not. */
  readonly isEffect: boolean;
}

/** `from module import name as alias`; without a name, the module itself. */
export interface Import {
  readonly module: string;
  /** `*` is all of them. */
  readonly name?: string;
  readonly alias: string;
}

function statementsOf(lines: readonly LogicalLine[]): Statement[] {
  const groups: LogicalLine[][] = [];
  for (const [at, line] of lines.entries()) {
    const goesOn = line.depth > 0 || continues(line) || isDecorator(lines[at - 1]);
    const group = groups.at(-1);
    if (goesOn && group) group.push(line);
    else groups.push([line]);
  }
  return groups.map(statementOf);
}

export function moduleOf(text: string): Statement[] {
  return statementsOf(linesOf(text));
}

function continues(line: LogicalLine): boolean {
  return /^(elif|else|except|finally)$/.test(line.tokens[0]?.text ?? '');
}

function isDecorator(line: LogicalLine | undefined): boolean {
  return line?.depth === 0 && line.tokens[0]?.text === '@';
}

function statementOf(lines: readonly LogicalLine[]): Statement {
  const defines = new Set<string>();
  let inner = Infinity;
  for (const line of lines) {
    if (line.depth > inner) continue;
    inner = Infinity;
    const [first, second, third] = line.tokens;
    const word = first?.text === 'async' ? second : first;
    if (word?.text === 'def' || word?.text === 'class') {
      defines.add((word === first ? second : third)?.text ?? '');
      inner = line.depth;
    } else for (const target of targetsOf(line.tokens)) defines.add(target);
  }
  const imports = lines.flatMap(({ tokens }) => importsOf(tokens));
  for (const { alias } of imports) defines.add(alias);
  const uses = new Set(lines.flatMap(({ tokens }) => namesOf(tokens)));
  return { lines, defines, uses, imports, isEffect: defines.size === 0 && !isMain(lines) };
}

/** `if __name__ == "__main__":` */
function isMain(lines: readonly LogicalLine[]): boolean {
  const [first, second] = lines[0]?.tokens ?? [];
  return first?.text === 'if' && second?.text === '__name__';
}

/** What is assigned to, or changed, by `a, b = …`, `a: int = …`, `a += …`, `a.x = …` and `for a in …`. */
function targetsOf(tokens: readonly Token[]): string[] {
  const first = tokens[0]?.text;
  if (first === 'for')
    return namesOf(
      tokens.slice(
        1,
        tokens.findIndex(({ text }) => text === 'in'),
      ),
    );
  if (first === 'with') return tokens.filter((_, at) => tokens[at - 1]?.text === 'as').map(({ text }) => text);
  let open = 0;
  let last = -1;
  for (const [at, { type, text }] of tokens.entries()) {
    if (type !== 'op') continue;
    if ('([{'.includes(text)) open++;
    if (')]}'.includes(text)) open--;
    if (open === 0 && /^([-+*/%@&|^]|\/\/|\*\*|<<|>>)?=$/.test(text)) last = at;
  }
  if (last < 0 || tokens[0]?.type !== 'name' || isKeyword(tokens[0].text)) return [];
  return namesOf(tokens.slice(0, last));
}

/** Names that are read or written; not those after a dot. */
function namesOf(tokens: readonly Token[]): string[] {
  return tokens.flatMap(({ type, text }, at) => {
    // Fields of strings may use any; a word too many does no harm.
    if (type === 'string') return /^[a-zA-Z]*[fFtT]/.test(text) ? (text.match(/[\p{L}_][\p{L}\p{Nd}_]*/gu) ?? []) : [];
    return type === 'name' && tokens[at - 1]?.text !== '.' && !isKeyword(text) ? [text] : [];
  });
}

export function importsOf(tokens: readonly Token[]): Import[] {
  const words = tokens.filter(({ text }) => text !== '(' && text !== ')').map(({ text }) => text);
  if (words[0] === 'import') {
    return partsOf(words.slice(1)).map(({ name, alias }) => ({
      module: name,
      alias: alias ?? name.split('.')[0] ?? name,
    }));
  }
  const at = words.indexOf('import');
  if (words[0] !== 'from' || at < 0) return [];
  const module = words.slice(1, at).join('');
  return partsOf(words.slice(at + 1)).map(({ name, alias }) => ({ module, name, alias: alias ?? name }));
}

function partsOf(words: readonly string[]): { name: string; alias: string | undefined }[] {
  return words
    .join(' ')
    .split(',')
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const [name = '', alias] = part.trim().split(/ as /);
      return { name: name.replaceAll(' ', ''), alias };
    });
}
