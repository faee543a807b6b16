import { describe, expect, test } from 'bun:test';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanEnvironment, modelyard } from '../../support/start-server.ts';
import { within } from '../../support/within.ts';
import { PipelineFolder, venv } from './folder.ts';

describe('a shell script', () => {
  test('gets values as they are, in quotes and without, and never as code', async () => {
    const value = 'it\'s "q" $(touch pwned) `touch pwned`; touch pwned\nline 2 \\ {x} * ~';
    using folder = new PipelineFolder({
      'pipeline.yaml': JSON.stringify({
        tasks: [
          { source: 'first.sh', product: "out dir/it's.txt" },
          {
            source: 'second.sh',
            product: { text: 'out/a.txt', json: 'out/b.json' },
            params: { value, n: 3, flag: true },
          },
        ],
      }),
      'first.sh': 'echo first > {{product}}\n',
      'second.sh': `#!/bin/bash
set -eu
# {{value}}
{
  printf '%s\\n' {{value}} "{{value}}" '{{value}}' "$(printf %s {{value}})" "x$(printf %s "{{value}}")"
  cat <<END
{{value}}
END
  {% if flag and n > 2 %}cat {{upstream["first"]}} "{{upstream['first']}}" '{{ upstream.first }}'{% endif %}
} > {{product['text']}}
cp "$MODELYARD_TASK" {{product.json}}
`,
    });
    const built = await folder.build();
    expect(built.error).not.toContain('failed');
    expect(built.states).toEqual(['first executed', 'second executed']);
    const expected = [value, value, value, value, `x${value}`, value, 'first', 'first', 'first'];
    expect(folder.read('out/a.txt')).toBe(`${expected.join('\n')}\n`);
    expect(folder.has('pwned')).toBe(false);
    expect(JSON.parse(folder.read('out/b.json'))).toMatchObject({ name: 'second', params: { value, n: 3 } });
  });

  test('that fails is told of with what it wrote last; what asks for what it is not given is, too', async () => {
    using folder = new PipelineFolder({
      'pipeline.yaml': `tasks:
  - source: fails.sh
    product: a.txt
  - source: asks.sh
    product: b.txt
`,
      'fails.sh': 'echo here\necho "no luck" >&2\nexit 3\n',
      'asks.sh': 'echo > {{product["key"]}}\n',
    });
    const built = await folder.build();
    // What comes through two pipes at once has no order.
    expect(built.task('fails').error).toMatch(/^fails\.sh ended with exit code 3\.\n(here\nno luck|no luck\nhere)$/);
    expect(built.task('asks').error).toBe('asks.sh, line 1: product has no key.');
  });
});

test('a module of TypeScript is loaded, and its default function called with what it is given', async () => {
  using folder = new PipelineFolder({
    'pipeline.yaml': `tasks:
  - source: first.ts
    product: out/first.txt
    params: {rows: 2}
  - source: second.mjs
    product: {text: out/second.txt}
  - source: fails.ts
    product: out/fails.txt
`,
    'lib/words.ts': "export const word: string = 'made';\n",
    'first.ts': `import { word } from './lib/words.ts';
export const params = { rows: 1, name: 'x' };
interface Given { product: string; params: typeof params }
export default async function ({ product, params }: Given): Promise<void> {
  console.log('writes', word);
  await Bun.write(product, JSON.stringify([word, params]));
}
`,
    'second.mjs': `import { readFileSync, writeFileSync } from 'node:fs';
export const upstream = ['first'];
const given = JSON.parse(readFileSync(process.env.MODELYARD_TASK, 'utf8'));
writeFileSync(given.product.text, readFileSync(given.upstream.first));
`,
    'fails.ts': `export default function (): void {\n  throw new RangeError('too far');\n}\n`,
  });
  const built = await folder.build();
  expect(built.states.toSorted()).toEqual(['fails failed', 'first executed', 'second executed']);
  expect(folder.read('out/second.txt')).toBe('["made",{"rows":2,"name":"x"}]');
  expect(built.error).toContain('writes made');
  const { error } = built.task('fails');
  expect(error).toStartWith('fails.ts ended with exit code 1.');
  expect(error).toContain('RangeError: too far');
  expect(error).toContain('fails.ts:2');
  folder.change('lib/words.ts', ': string', '');
  expect(await folder.outdated()).toMatchObject({ first: false, second: false });
  folder.change('lib/words.ts', 'made', 'other');
  expect(await folder.outdated()).toMatchObject({ first: 'source changed', second: 'first will run' });
});

test('a build that is ended ends what its tasks have started, and what they left is not taken for done', async () => {
  using folder = new PipelineFolder({
    'pipeline.yaml': `tasks:
  - source: long.sh
    product: long.txt
  - source: steps.called
    product: function.txt
  - source: book.py
    product: book.ipynb
`,
    'long.sh': 'echo half > {{product}}\nsleep 600 &\necho $! > sleep.pid\ntrap "" TERM\nwait\nwait\n',
    'steps.py':
      'import subprocess\n\ndef called(product):\n    product.write_text("half")\n    subprocess.run(["sleep", "600"])\n',
    'book.py': 'import os, time\nopen("kernel.pid", "w").write(str(os.getpid()))\ntime.sleep(600)\n',
  });
  const child = Bun.spawn([modelyard, 'pipeline', 'build', '--no-record', '--jobs', '3'], {
    cwd: folder.dir,
    env: { ...cleanEnvironment(), VIRTUAL_ENV: venv },
    stdin: 'ignore',
    stdout: 'ignore',
    stderr: 'ignore',
  });
  try {
    await within(
      40_000,
      until(() => ['sleep.pid', 'kernel.pid', 'function.txt'].every((name) => folder.has(name))),
    );
    child.kill('SIGTERM');
    expect(await within(20_000, child.exited)).not.toBe(0);
    const pids = ['sleep.pid', 'kernel.pid'].map((name) => folder.read(name));
    await within(
      10_000,
      until(() => pids.every((pid) => !existsSync(join('/proc', pid)))),
    );
  } finally {
    child.kill('SIGKILL');
  }
  const why = 'did not end well before';
  expect(await folder.outdated()).toEqual({ long: why, called: why, book: why });
});

test('a build that is killed takes its tasks along', async () => {
  using folder = new PipelineFolder({
    'pipeline.yaml': 'tasks:\n  - source: steps.long\n    product: long.txt\n',
    'steps.py': `import os, time

def long(product):
    with open('half.pid', 'w') as out:
        out.write(str(os.getpid()))
    os.rename('half.pid', 'task.pid')
    time.sleep(600)
`,
  });
  const child = Bun.spawn([modelyard, 'pipeline', 'build', '--no-record'], {
    cwd: folder.dir,
    env: { ...cleanEnvironment(), VIRTUAL_ENV: venv },
    stdin: 'ignore',
    stdout: 'ignore',
    stderr: 'ignore',
  });
  try {
    await within(
      30_000,
      until(() => folder.has('task.pid')),
    );
  } finally {
    child.kill('SIGKILL');
  }
  await within(
    10_000,
    until(() => !isRunning(folder.read('task.pid'))),
  );
  expect(await folder.outdated()).toEqual({ long: 'did not end well before' });
});

/** What has ended may wait for its parent. */
function isRunning(pid: string): boolean {
  const stat = join('/proc', pid.trim(), 'stat');
  return existsSync(stat) && !/\) [ZX] /.test(readFileSync(stat, 'utf8'));
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await Bun.sleep(20);
}
