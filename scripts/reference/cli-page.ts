import { join } from 'node:path';
import { page } from './markdown.ts';

const root = join(import.meta.dir, '../..');

/** What the command line prints when asked for help; run for real, so that no command can be forgotten here. */
async function help(args: readonly string[]): Promise<string> {
  const command = Bun.spawn([process.execPath, 'src/cli/main.ts', ...args, '--help'], { cwd: root, stderr: 'inherit' });
  const text = await new Response(command.stdout).text();
  if ((await command.exited) !== 0) throw new Error(`modelyard ${args.join(' ')} --help failed`);
  return text.trimEnd();
}

/** The help of each action that a command's help lists. */
async function actions(command: string, text: string): Promise<string[]> {
  const [, list = ''] = text.split('\nActions\n');
  const names = [...list.matchAll(/^ {2}([a-z][a-z-]*) {2,}\S/gm)].map(([, name = '']) => name);
  const sections = names.map(async (name) => [`### modelyard ${command} ${name}`, block(await help([command, name]))]);
  return (await Promise.all(sections)).flat();
}

function block(text: string): string {
  return `\`\`\`text\n${text}\n\`\`\``;
}

export async function cliPage(): Promise<string> {
  // The version changes with every release and is no part of the reference.
  const top = (await help([])).replace(/^(Modelyard) \S+:/, '$1:');
  const commands = [...top.matchAll(/^ {2}([a-z][a-z-]*) {2,}(\S.*)$/gm)];
  const sections = commands.map(async ([, name = '', summary = '']) => {
    const text = await help([name]);
    return [
      `## modelyard ${name}`,
      `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`,
      block(text),
      ...(await actions(name, text)),
    ];
  });
  return page('Command line', [
    'Exit code 0 means done, 1 a failure that the message explains, 2 a wrong call. What the flags of `modelyard server` mean in full is in [configuration](configuration.md).',
    block(top),
    ...(await Promise.all(sections)).flat(),
  ]);
}
