/** The forms that a pipeline's file can have: placeholders, grids, tasks of other files, entry points. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'bun:test';
import { runModelyard } from '../../support/run-modelyard.ts';
import { pipelineFolder } from './pipeline-folder.ts';

const echo = { 'echo.sh': 'echo "{{text}}" > {{ product }}\n' };

interface Row {
  readonly name: string;
  readonly products: readonly string[];
  readonly upstream: readonly string[];
}

test('placeholders are filled from env.yaml, the command line and the machine', async () => {
  const folder = pipelineFolder({
    ...echo,
    'env.yaml': 'out: "{{base}}/x"\nbase: out\nsample: {rows: 3, name: "of {{user}}"}\n',
    'pipeline.yaml': `tasks:
  - source: echo.sh
    product: "{{out}}/echo.txt"
    params: {text: "{{sample.rows}} {{root}} {{here}} {{cwd}}"}
`,
  });
  mkdirSync(join(folder.dir, 'below'));
  const build = (...args: string[]): Promise<unknown> =>
    runModelyard(['pipeline', 'build', '--no-record', ...args], { dir: join(folder.dir, 'below'), limit: 60_000 });
  await build();
  expect(folder.read('out/x/echo.txt')).toBe(`3 ${folder.dir} ${folder.dir} ${folder.dir}/below\n`);
  await build('--env--sample--rows', '7', '--env--base=other');
  expect(folder.read('other/x/echo.txt')).toStartWith('7 ');
});

test('a placeholder alone keeps its type', async () => {
  const folder = pipelineFolder({
    'env.yaml': 'n: 3\nlist: [1, 2]\nflag: false\n',
    'pipeline.yaml': `tasks:
  - source: tasks.show
    product: out.txt
    params: {n: "{{n}}", list: "{{list}}", flag: "{{flag}}", text: "{{n}}{{flag}}"}
`,
    'tasks.py':
      'def show(product, n, list, flag, text):\n    open(str(product), "w").write(repr((n, list, flag, text)))\n',
  });
  await folder.build('--env--flag', 'true');
  expect(folder.read('out.txt')).toBe("(3, [1, 2], True, '3True')");
});

test('placeholders without a value are told with what is near', async () => {
  const folder = pipelineFolder({
    ...echo,
    'env.yaml': 'sample: {rows: 3}\na: "{{b}}"\nb: "{{a}}"\n',
    'pipeline.yaml': 'tasks:\n  - {source: echo.sh, product: "{{smaple.rows}}", params: {text: "{{a}}{{git}}"}}\n',
  });
  expect((await folder.faults('status')).slice(1)).toEqual([
    "pipeline.yaml: {{smaple.rows}} has no value: env.yaml does not say it. Did you mean 'sample.rows'?",
    'pipeline.yaml: {{a}} in env.yaml is made of itself.',
    expect.stringMatching(/need a git repository with a commit/) as string,
  ]);
  const [fault] = await folder.faults('status', '--env--sample--row', '3');
  expect(fault).toMatch(/--env--sample--row: .*env\.yaml has no sample\.row\. Did you mean 'sample\.rows'\?$/);
});

test('git names the branch and the commit', async () => {
  const folder = pipelineFolder({
    ...echo,
    'pipeline.yaml': 'tasks:\n  - {source: echo.sh, product: out, params: {text: "{{git}} {{git_hash}}"}}\n',
  });
  const git = (...args: string[]): string =>
    Bun.spawnSync(['git', '-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: folder.dir })
      .stdout.toString()
      .trim();
  git('init', '-q', '-b', 'work');
  git('commit', '-q', '--allow-empty', '-m', 'x');
  await folder.build();
  expect(folder.read('out')).toBe(`work ${git('rev-parse', '--short', 'HEAD')}\n`);
});

test('a grid makes a task of each combination', async () => {
  const folder = pipelineFolder({
    'fit.sh': '# {{model}} {{deep}}\necho > {{ product["data"] }}; echo > {{ product["log"] }}\n',
    'a.sh': 'echo > {{ product }} # {{n}}\n',
    'all.sh': 'echo > {{ product }}\n',
    'pipeline.yaml': `tasks:
  - source: fit.sh
    name: fit-[[model]]-[[deep]]
    product: {data: "out/[[model]]/fit.txt", log: out/log}
    grid: {model: [tree, net], deep: [true, 2]}
  - source: a.sh
    name: a-*
    product: out/a.x.txt
    grid: [{n: [1]}, {n: [5]}]
  - {source: all.sh, product: out/all, upstream: ["fit-*", "a-*"]}
`,
  });
  const rows = JSON.parse(await folder.out('status', '--json')) as Row[];
  expect(rows.map(({ name, products }) => [name, ...products])).toEqual([
    ['fit-tree-True', 'out/tree/fit-0.txt', 'out/log-0'],
    ['fit-tree-2', 'out/tree/fit-1.txt', 'out/log-1'],
    ['fit-net-True', 'out/net/fit-2.txt', 'out/log-2'],
    ['fit-net-2', 'out/net/fit-3.txt', 'out/log-3'],
    ['a-0', 'out/a.x-0.txt'],
    ['a-1', 'out/a.x-1.txt'],
    ['all', 'out/all'],
  ]);
  expect(rows.at(-1)?.upstream).toHaveLength(6);
  expect(Object.keys(await folder.build('--partially', 'fit-net-*'))).toEqual(['fit-net-True', 'fit-net-2']);
});

test('files are found by name, folder, variable and above; tasks come from another file', async () => {
  const folder = pipelineFolder({
    ...echo,
    'pipeline.yaml': 'tasks:\n  - {source: echo.sh, product: out/a, params: {text: a}}\n',
    'pipeline.serve.yaml': 'meta: {import_tasks_from: shared.yaml}\ntasks: []\n',
    'shared.yaml': '- {source: echo.sh, name: shared, product: "{{out}}", params: {text: b}}\n',
    'env.serve.yaml': 'out: served\n',
    'sub/readme': '',
  });
  const names = async (dir: string, args: readonly string[], env = {}): Promise<string[]> => {
    const done = await runModelyard(['pipeline', 'status', '--json', ...args], { dir, env });
    return (JSON.parse(done.out) as Row[]).map(({ name, products }) => `${name} ${products.join('')}`);
  };
  const below = join(folder.dir, 'sub');
  expect(await names(below, [])).toEqual(['echo out/a']);
  expect(await names(below, ['-e', 'pipeline.serve.yaml'])).toEqual(['shared served']);
  expect(await names(below, [], { ENTRY_POINT: 'pipeline.serve.yaml' })).toEqual(['shared served']);
  expect(await names('/', ['--entry-point', folder.dir])).toEqual(['echo out/a']);
});
