/** Carries out a Dockerfile without an engine: each stage is a folder that stands for `/`, on the programs of this machine. */
import { chmodSync, cpSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { finished } from '../../../support/run-modelyard.ts';
import { cleanEnvironment } from '../../../support/start-server.ts';

export interface Built {
  /** The last stage's. */
  readonly root: string;
  readonly env: Readonly<Record<string, string>>;
  readonly entrypoint: readonly string[];
  /** What was asked of programs that the shims stand for. */
  readonly asked: string;
}

export interface Machine {
  /** Where the stages are made. */
  readonly dir: string;
  /** Folders of programs that come first. */
  readonly path: readonly string[];
  /** Programs that are only noted: those that would change this machine. */
  readonly shims: readonly string[];
}

const limit = 280_000;

export async function carryOut(context: string, machine: Machine): Promise<Built> {
  const shims = join(machine.dir, 'shims');
  const log = join(machine.dir, 'asked');
  mkdirSync(shims, { recursive: true });
  writeFileSync(log, '');
  for (const name of machine.shims) {
    writeFileSync(join(shims, name), `#!/bin/sh\necho "${name} $*" >> '${log}'\n`);
    chmodSync(join(shims, name), 0o755);
  }
  const stages = new Map<string, string>();
  let root = '';
  let place = '/';
  let env: Record<string, string> = {};
  let entrypoint: readonly string[] = [];
  for (const [word, rest] of instructions(readFileSync(join(context, 'Dockerfile'), 'utf8'))) {
    const inRoot = (text: string): string => text.replace(/(?<![\w./-])\/(?:opt|var)\b/g, (start) => `${root}${start}`);
    if (word === 'FROM') {
      const [, name = 'last'] = rest.split(' AS ');
      root = join(machine.dir, name);
      mkdirSync(root);
      stages.set(name, root);
      place = '/';
      env = { PATH: [shims, ...machine.path, process.env['PATH']].join(':') };
    } else if (word === 'WORKDIR') {
      place = rest;
      mkdirSync(join(root, place), { recursive: true });
    } else if (word === 'COPY') {
      const [, stage, from = '', to = ''] = /^(?:--from=(\S+) )?(\S+) (\S+)$/.exec(rest) ?? [];
      const source = stage === undefined ? join(context, from) : join(stages.get(stage) ?? '', from);
      copy(source, resolve(join(root, to.startsWith('/') ? '' : place), to.startsWith('/') ? `.${to}` : to), to);
    } else if (word === 'ENV') {
      const [, name = '', value = ''] = /^(\w+)=(.*)$/.exec(rest) ?? [];
      env[name] = inRoot(value).replace('$PATH', env['PATH'] ?? '');
    } else if (word === 'RUN') {
      const ran = await finished(['sh', '-ec', inRoot(rest)], { dir: join(root, place), env, limit });
      if (ran.code !== 0) throw new Error(`${rest} ended with ${ran.code}: ${ran.out}${ran.error}`);
    } else if (word === 'ENTRYPOINT') {
      entrypoint = (JSON.parse(rest) as string[]).map(inRoot);
    } else if (!['USER', 'EXPOSE'].includes(word)) {
      throw new Error(`${word} is not known here`);
    }
  }
  return { root, env, entrypoint, asked: readFileSync(log, 'utf8') };
}

function instructions(text: string): [word: string, rest: string][] {
  const lines = text
    .replace(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  return lines.map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]);
}

/** A folder's content is copied, a file goes into a folder that ends with a slash. */
function copy(from: string, to: string, written: string): void {
  const target = statSync(from).isFile() && written.endsWith('/') ? join(to, basename(from)) : to;
  cpSync(from, target, { recursive: true });
}

/** Starts what a container would run, on a free port; resolves with its address. */
export async function startContainer({
  root,
  env,
  entrypoint,
}: Built): Promise<{ url: string; stop(): Promise<void> }> {
  const child = Bun.spawn(
    ['setpriv', '--pdeathsig', 'KILL', 'env', ...entrypoint, '--host', '127.0.0.1', '--port', '0'],
    {
      cwd: root,
      env: { ...cleanEnvironment(), ...env },
      stdin: 'ignore',
      stdout: 'ignore',
      stderr: 'pipe',
    },
  );
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await child.exited;
  };
  const timer = setTimeout(() => child.kill('SIGKILL'), limit);
  let log = '';
  const decoder = new TextDecoder();
  const reader = child.stderr.getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    log += decoder.decode(piece.value, { stream: true });
    const url = /serving .* on (http:\S+)/.exec(log)?.[1];
    if (url === undefined) continue;
    clearTimeout(timer);
    // Read to the end, so that it can always write.
    void (async () => {
      while (!(await reader.read()).done);
    })();
    return { url, stop };
  }
  await stop();
  throw new Error(`nothing is served: ${log}`);
}
