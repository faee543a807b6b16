import type { MlflowFlag } from '../config/mlflow-flags.ts';
import type { ServerFlag } from '../config/server-flags.ts';

const indent = 33;
const width = 100;

/** Flags as help text, group by group: `--port, -p PORT   what it means (default; VARIABLE)`. */
export function flagHelp(flags: Readonly<Record<string, ServerFlag>>): string {
  const groups = Map.groupBy(Object.entries(flags), ([, flag]) => flag.group);
  return [...groups]
    .map(([group, members]) => [group, ...members.map(([name, flag]) => flagLines(name, flag))].join('\n'))
    .join('\n\n');
}

/** Which flags of MLflow are taken without effect, in one paragraph. */
export function mlflowFlagHelp(flags: Readonly<Record<string, MlflowFlag>>): string {
  const ignored = Object.entries(flags).filter(([, { answer }]) => answer === 'ignored');
  const names = ignored.map(([name]) => `--${name}`).join(', ');
  return `For commands written for MLflow\n  ${wrap(`accepted and ignored: ${names}`).join('\n  ')}`;
}

/** How a flag is written: `--[no-]serve-artifacts`, `--port, -p PORT`. */
export function flagForm(name: string, flag: ServerFlag): string {
  const long = `--${flag.negatable ? '[no-]' : ''}${name}`;
  const short = flag.short === undefined ? '' : `, -${flag.short}`;
  return `${long}${short}${flag.value === undefined ? '' : ` ${flag.value}`}`;
}

function flagLines(name: string, flag: ServerFlag): string {
  const more = [flag.type === 'string' ? flag.fallback : yesOrNo[flag.fallback], flag.variable].filter(Boolean);
  const text = more.length === 0 ? flag.meaning : `${flag.meaning} (${more.join('; ')})`;
  const form = `  ${flagForm(name, flag)}`;
  // One that is too long stands on a line of its own.
  const head = form.length < indent ? form.padEnd(indent) : `${form}\n${' '.repeat(indent)}`;
  return head + wrap(text).join(`\n${' '.repeat(indent)}`);
}

const yesOrNo: Readonly<Record<string, string>> = { true: 'yes', false: 'no' };

function wrap(text: string): string[] {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || longer.length <= width - indent) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
