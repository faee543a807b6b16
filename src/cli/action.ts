/** Commands as data: a group such as `experiments` and its actions such as `create`, with flags, help and an example. */
import { didYouMean } from '../common/did-you-mean.ts';
import type { ServerFlag } from '../config/server-flags.ts';
import { setRetries, setTrackingUri } from '../sdk/settings.ts';
import { CommandError, type Command } from './command.ts';
import { adviceFor } from './advice.ts';
import { flagHelp } from './flag-help.ts';
import { output, type Output } from './output/output.ts';
import { parseFlags } from './parse-flags.ts';

export interface ActionFlag {
  readonly type: 'string' | 'boolean' | 'many';
  readonly short?: string;
  readonly value?: string;
  readonly required?: boolean;
  /** Also a plain word, such as URI in `modelyard run URI`. */
  readonly operand?: boolean;
  readonly variable?: string;
  readonly meaning: string;
  /** What counts without the flag, for the help. */
  readonly fallback?: string;
  /** For programs of ours alone. */
  readonly hidden?: boolean;
}

type Flags = Readonly<Record<string, ActionFlag>>;
type ValueOf<F extends ActionFlag> = F['type'] extends 'boolean'
  ? boolean
  : F['type'] extends 'many'
    ? readonly string[]
    : string;
/** What the user gave: what is required is there. */
export type Given<F extends Flags> = {
  [K in keyof F as F[K] extends { required: true } ? K : never]: ValueOf<F[K]>;
} & {
  [K in keyof F as F[K] extends { required: true } ? never : K]?: ValueOf<F[K]> | undefined;
};

interface ActionOf<F extends Flags> {
  readonly name: string;
  readonly summary: string;
  /** More than the summary, for the help. */
  readonly detail?: string;
  readonly flags: F;
  /** One or more lines to be copied. */
  readonly example: string;
  /** Resolves to the exit code when it is not 0. */
  run(given: Given<F & typeof commonFlags>, out: Output): Promise<number | void>;
}

/** An action without its types; `action` makes one. */
export interface Action {
  readonly name: string;
  readonly summary: string;
  readonly flags: Flags;
  help(command: string): string;
  run(command: string, args: readonly string[]): Promise<number>;
}

const commonFlags = {
  'tracking-uri': {
    type: 'string',
    value: 'URI',
    variable: 'MLFLOW_TRACKING_URI',
    fallback: 'http://127.0.0.1:5000',
    meaning: 'the server',
  },
  json: { type: 'boolean', meaning: 'print JSON' },
} as const satisfies Flags;

/** A person waits: a server that is gone is told of within two seconds. */
const retries = 3;

export function action<const F extends Flags>(of: ActionOf<F>): Action {
  const flags = { ...of.flags, ...commonFlags };
  return {
    name: of.name,
    summary: of.summary,
    flags,
    help: (command) => helpOf(command, of, flags),
    async run(command, args) {
      const given = parseFlags(command, args, flags) as Readonly<Record<string, unknown>>;
      for (const [name, flag] of Object.entries(flags) as [string, ActionFlag][]) {
        if (flag.required !== true || given[name] !== undefined) continue;
        const what = flag.operand === true ? '' : `--${name} `;
        throw new CommandError(`${command} needs ${what}${flag.value ?? ''}. See: modelyard ${command} --help`, 2);
      }
      setRetries(retries);
      // MLFLOW_TRACKING_URI is looked at when a server is asked: not every command asks one.
      chooseServer(given['tracking-uri'] as string | undefined);
      try {
        return (await of.run(given as Given<F & typeof commonFlags>, output(given['json'] === true))) ?? 0;
      } catch (error) {
        throw adviceFor(error, command);
      }
    },
  };
}

function chooseServer(uri: string | undefined): void {
  if (uri === undefined) return;
  try {
    setTrackingUri(uri);
  } catch (error) {
    throw new CommandError((error as Error).message, 2);
  }
}

function helpOf(command: string, of: ActionOf<Flags>, flags: Flags): string {
  const more = of.detail === undefined ? '' : `\n${of.detail}\n`;
  const shown = Object.entries(flags).filter(([, { hidden }]) => hidden !== true);
  const operands = Object.values(flags).flatMap(({ operand, value = '' }) => (operand === true ? ` ${value}` : ''));
  return `Usage: modelyard ${command}${operands.join('')} [options]

${of.summary.charAt(0).toUpperCase()}${of.summary.slice(1)}.
${more}
${flagHelp(Object.fromEntries(shown.map(([name, flag]) => [name, helpFlag(flag)])))}

Example
  ${of.example.split('\n').join('\n  ')}
`;
}

function helpFlag({ type, required, operand: _, hidden: __, fallback, meaning, ...rest }: ActionFlag): ServerFlag {
  return {
    ...rest,
    type: type === 'boolean' ? 'boolean' : 'string',
    group: 'Options',
    fallback: required ? 'required' : (fallback ?? ''),
    meaning: type === 'many' ? `${meaning}; may be given more than once` : meaning,
  };
}

/** A command that has actions, such as `experiments create`. */
export interface Group extends Command {
  readonly actions: readonly Action[];
}

export function group(name: string, summary: string, actions: readonly Action[]): Group {
  const width = Math.max(...actions.map((known) => known.name.length));
  const lines = actions.map((known) => `  ${known.name.padEnd(width)}  ${known.summary}`);
  const overview = `Usage: modelyard ${name} <action> [options]

${summary.charAt(0).toUpperCase()}${summary.slice(1)}.

Actions
${lines.join('\n')}

modelyard ${name} <action> --help tells an action's options and shows an example.
`;
  const actionNames = actions.map((known) => known.name);
  const find = (word: string | undefined): Action | undefined => actions.find((known) => known.name === word);
  return {
    name,
    summary,
    actions,
    help: ([word]) => find(word)?.help(`${name} ${word}`) ?? overview,
    run: async ([word, ...args]) => {
      const known = find(word);
      if (known) return known.run(`${name} ${known.name}`, args);
      const choice = `Actions: ${actionNames.join(', ')}. See: modelyard ${name} --help`;
      throw new CommandError(
        word === undefined || word.startsWith('-')
          ? `${name} takes an action. ${choice}`
          : `${name} has no action '${word}'.${didYouMean(word, actionNames)} ${choice}`,
        2,
      );
    },
  };
}

/** A command that is one action itself. */
export function single(only: Action): Group {
  const { name, summary } = only;
  return { name, summary, actions: [], help: () => only.help(name), run: (args) => only.run(name, args) };
}
