/**
 * The command of an entry point with its values. They go to the shell as arguments and stand in the script by reference:
 * what is in a value is never read as code.
 */
import { shellWord } from '../common/shell-word.ts';
import { ProjectError } from './project-error.ts';
import { ShellContext } from './shell-context.ts';

export interface CommandLine {
  /** For bash, or where that is missing sh: the words that follow its name. */
  readonly args: readonly string[];
  /** As a person would type it. */
  readonly shown: string;
}

export interface GivenValue {
  readonly name: string;
  readonly value: string;
}

/** Variables of the script that are not exported; the arguments themselves change in a function and by `set`. */
const prefix = 'modelyard_';

/**
 * @param template with `{name}` placeholders, `{{` and `}}` for braces
 * @param more appended as `--name value`
 * @throws ProjectError
 */
export function commandLine(template: string, values: readonly GivenValue[], more: readonly GivenValue[]): CommandLine {
  const known = new Map(values.map(({ name, value }) => [name, value]));
  const context = new ShellContext();
  const kept: string[] = [];
  const refer = (text: string): string => `\${${prefix}${kept.push(text)}}`;
  let script = '';
  let shown = '';
  const write = (text: string): void => {
    script += text;
    shown += text;
    context.read(text);
  };
  for (const piece of piecesOf(template)) {
    if (typeof piece === 'string') {
      write(piece);
      continue;
    }
    const value = known.get(piece.name);
    if (value === undefined) throw unknown(piece.name, [...known.keys()]);
    script += reference(context, piece.name, value, refer);
    shown += shellWord(value);
    context.value();
  }
  for (const { name, value } of more) {
    for (const word of [`--${name}`, value]) {
      script += ` "${refer(/(^|\s)eval\s/.test(context.command) ? shellWord(word) : word)}"`;
      shown += ` ${shellWord(word)}`;
    }
  }
  if (kept.length === 0) return { args: ['-c', script], shown };
  const set = kept.map((_, at) => `${prefix}${at + 1}=\${${at + 1}}; `);
  return { args: ['-c', `${set.join('')}set --; ${script}`, 'bash', ...kept], shown };
}

function reference(context: ShellContext, name: string, value: string, refer: (text: string) => string): string {
  const { place } = context;
  if (place === 'comment') return '';
  if (context.isCalculated || place === 'variable') {
    // Bash calculates what a variable holds, and that may hold commands.
    if (/^[-+]?\d+(\.\d+)?$/.test(value)) return value;
    throw new ProjectError(
      `the parameter ${name} stands where bash calculates, where only a number is safe; it is ${JSON.stringify(value)}.`,
    );
  }
  if (place === 'raw document') {
    throw new ProjectError(
      `the parameter ${name} stands in a here-document whose end is quoted, where bash puts no value. Write its end without quotes.`,
    );
  }
  if (context.isReread) {
    if (insideInnerQuotes(context)) {
      throw new ProjectError(
        `the parameter ${name} stands in quotes within a command line that a shell reads twice. Leave out the inner quotes, or the inner shell.`,
      );
    }
    return quoted(place, refer(shellWord(value)));
  }
  return quoted(place, refer(value));
}

function quoted(place: ShellContext['place'], variable: string): string {
  if (place === 'single') return `'"${variable}"'`;
  if (place === 'ansi') return `'"${variable}"$'`;
  return place === 'command' ? `"${variable}"` : variable;
}

/** Of the text that the inner shell will read, as far as it goes: whether a quote is open in it. */
function insideInnerQuotes({ place, command }: ShellContext): boolean {
  if (place === 'command') return false;
  const outer = place === 'double' ? '"' : "'";
  const inner = new ShellContext();
  inner.read(command.slice(openedAt(command, outer) + 1).replaceAll(`\\${outer}`, outer));
  return inner.place !== 'command';
}

/** Where the quote that is still open began. */
function openedAt(command: string, quote: string): number {
  let open = -1;
  for (let at = 0, within = ''; at < command.length; at++) {
    const sign = command[at] ?? '';
    if (sign === '\\' && within !== "'") at++;
    else if (within === '' && (sign === '"' || sign === "'")) [within, open] = [sign, at];
    else if (sign === within) within = '';
  }
  return command[open] === quote ? open : -1;
}

/** Text and placeholders in turn. */
function piecesOf(template: string): (string | { readonly name: string })[] {
  const pieces: (string | { readonly name: string })[] = [];
  let text = '';
  for (const [piece, name] of template.matchAll(/\{\{|\}\}|\{([^{}]*)\}|[{}]|[^{}]+/g)) {
    if (name !== undefined) {
      pieces.push(text, { name: name.trim() });
      text = '';
    } else if (piece === '{' || piece === '}') {
      throw new ProjectError(`the command holds a single '${piece}'. Write '${piece}${piece}' for the brace itself.`);
    } else text += piece === '{{' || piece === '}}' ? piece.slice(1) : piece;
  }
  return [...pieces, text];
}

function unknown(name: string, known: readonly string[]): ProjectError {
  const there = known.length === 0 ? 'It has none' : `There are: ${known.join(', ')}`;
  return new ProjectError(
    `the command names {${name}}, which is no parameter of the entry point. ${there}. Write {{${name}}} for the braces themselves.`,
  );
}
