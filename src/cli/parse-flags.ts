/** Flags of a command line. Our own because `parseArgs` brings all of node:util: 1.5 ms and 1 MiB of every server. */
import { didYouMean } from '../common/did-you-mean.ts';
import { CommandError } from './command.ts';

interface Flag {
  /** `many`: each mention adds a value. */
  readonly type: 'string' | 'boolean' | 'many';
  readonly short?: string;
  /** Also a plain word, without the flag before it; the flags that are take the words in turn. */
  readonly operand?: boolean;
}

type Flags = Readonly<Record<string, Flag>>;

type Values<F extends Flags> = { [Name in keyof F]?: ValueOf<F[Name]['type']> };
type ValueOf<Type> = Type extends 'boolean' ? boolean : Type extends 'many' ? readonly string[] : string;

/** `--port 80`, `--port=80`, `-p 80`, `-p80`, `--serve-artifacts`, `--no-serve-artifacts`; the last one of a name counts. */
export function parseFlags<F extends Flags>(command: string, args: readonly string[], flags: F): Values<F> {
  const values: Record<string, string | boolean | readonly string[]> = {};
  const rest = [...args];
  const wrong = (reason: string, hint = ''): CommandError =>
    new CommandError(`${reason}.${hint} See: modelyard ${command} --help`, 2);

  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    const { written, text } = split(arg);
    const named = written === undefined ? undefined : find(flags, written);
    if (written === undefined) {
      const [operand] = Object.entries(flags).find(([name, flag]) => flag.operand === true && !(name in values)) ?? [];
      if (operand === undefined) throw wrong(`Unexpected argument '${arg}'`);
      values[operand] = arg;
      continue;
    }
    if (named === undefined) throw wrong(`Unknown option '${written}'`, nearest(flags, written));
    const { name, flag, negative } = named;
    if (flag.type === 'boolean') {
      if (text !== undefined) throw wrong(`Option '${written}' does not take an argument`);
      values[name] = !negative;
      continue;
    }
    const value = text ?? rest.shift();
    // A value that looks like a flag is most often a forgotten value; `--name=-x` says that it is meant. A number is
    // none, and neither are words with blanks between them, such as options for another program.
    if (value === undefined || (text === undefined && /^-[^\d.]\S*$/.test(value))) {
      throw wrong(`Option '${written}' needs a value; one that begins with '-' is written --${name}=VALUE`);
    }
    values[name] = flag.type === 'many' ? [...((values[name] as readonly string[] | undefined) ?? []), value] : value;
  }
  return values as Values<F>;
}

/** The flag as it is written, and the value in the same word; no flag for a plain word. */
function split(arg: string): { written: string | undefined; text: string | undefined } {
  if (/^--./.test(arg)) {
    const [written, ...text] = arg.split('=');
    return { written, text: text.length === 0 ? undefined : text.join('=') };
  }
  if (!/^-[^-]/.test(arg)) return { written: undefined, text: undefined };
  return { written: arg.slice(0, 2), text: arg.length === 2 ? undefined : arg.slice(2) };
}

/** Of one letter any other is as near. */
function nearest(flags: Flags, written: string): string {
  const names = Object.keys(flags).map((name) => `--${name}`);
  return written.startsWith('--') ? didYouMean(written, names) : '';
}

function find(flags: Flags, written: string): { name: string; flag: Flag; negative: boolean } | undefined {
  if (!written.startsWith('--')) {
    const [name, flag] = Object.entries(flags).find(([, { short }]) => short === written.slice(1)) ?? [];
    return name === undefined || flag === undefined ? undefined : { name, flag, negative: false };
  }
  const name = written.slice(2);
  if (Object.hasOwn(flags, name)) return { name, flag: flags[name] as Flag, negative: false };
  const positive = name.startsWith('no-') ? name.slice(3) : '';
  const flag = Object.hasOwn(flags, positive) ? flags[positive] : undefined;
  return flag?.type === 'boolean' ? { name: positive, flag, negative: true } : undefined;
}
