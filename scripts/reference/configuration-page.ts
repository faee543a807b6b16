import { flagForm } from '../../src/cli/flag-help.ts';
import { serverFlags, serverVariables, type ServerFlag } from '../../src/config/server-flags.ts';
import { code, page, table } from './markdown.ts';

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function row([name, flag]: readonly [string, ServerFlag]): string[] {
  return [
    code(flagForm(name, flag)),
    flag.variable === undefined ? '' : code(flag.variable),
    flag.fallback === '' ? '' : code(flag.fallback),
    sentence(flag.meaning),
  ];
}

export function configurationPage(): Promise<string> {
  const groups = Map.groupBy(Object.entries<ServerFlag>(serverFlags), ([, flag]) => flag.group);
  const variables = Object.entries(serverVariables).map(([name, { value, meaning }]) => [
    code(name),
    code(value),
    sentence(meaning),
  ]);
  return page('Configuration', [
    'The flags of `modelyard server` and `modelyard ui`, and the environment variables of the same meaning. A flag counts before its variable, a variable before the default; an empty variable counts as not set. Variables of yes-or-no flags take `true`, `false`, `1` or `0`. A `LIST` is separated by commas. `FOLDER` is the folder of `--data`; relative paths start at the folder the server is started in.',
    ...[...groups].flatMap(([group, flags]) => [
      `## ${group}`,
      table(['Flag', 'Variable', 'Default', 'Meaning'], flags.map(row)),
    ]),
    '## Variables without a flag',
    table(['Variable', 'Value', 'Meaning'], variables),
  ]);
}
