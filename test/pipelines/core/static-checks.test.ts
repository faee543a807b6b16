/** What is wrong with a pipeline is told before anything runs: all of it, and where. */
import { expect, test } from 'bun:test';
import { pipelineFolder } from './pipeline-folder.ts';

function faultsOf(yaml: string, files: Readonly<Record<string, string>> = {}, ...args: string[]): Promise<string[]> {
  return pipelineFolder({ 'pipeline.yaml': yaml, 'a.sh': 'echo > {{ product }}\n', ...files }).faults(
    'status',
    ...args,
  );
}

test('keys that are written wrong', async () => {
  expect(
    await faultsOf('metta: {}\nmeta: {extract_upstrem: true}\ntasks:\n  - {source: a.sh, prodct: out/a}\n'),
  ).toEqual([
    'modelyard: the pipeline cannot be built:',
    "pipeline.yaml: there is no key 'metta'. Did you mean 'meta'?",
    "pipeline.yaml: meta: there is no key 'extract_upstrem'. Did you mean 'extract_upstream'?",
    "pipeline.yaml: task a.sh: there is no key 'prodct'. Did you mean 'product'?",
  ]);
});

test('tasks that are missing, twice there, or wait for each other', async () => {
  expect(
    await faultsOf(`tasks:
  - {source: a.sh, name: load, product: out/a, upstream: laod2}
  - {source: a.sh, name: load, product: out/b}
  - {source: a.sh, name: first, product: out/c, upstream: [second]}
  - {source: a.sh, name: second, product: ./out/c, upstream: [first]}
`),
  ).toEqual([
    'modelyard: the pipeline cannot be built:',
    "pipeline.yaml: task load: it takes products of 'laod2', and no task has that name. Did you mean 'load'?",
    'pipeline.yaml: two tasks are called load; give one of them another "name:".',
    'pipeline.yaml: task second: first and second both have the product ./out/c; a product has one task.',
    'pipeline.yaml: these tasks wait for each other: first → second → first.',
  ]);
});

test('sources, products and clients that are missing', async () => {
  const faults = await faultsOf(
    `tasks:
  - {source: gone.py, product: out/a}
  - {source: tasks.gone, product: out/b}
  - {source: a.sh}
  - {source: q.sql, product: [people, table]}
  - {source: a.sh, name: odd, product: [1, 2]}
  - {product: out/z}
`,
    { 'q.sql': 'CREATE TABLE {{ product }} AS SELECT 1', 'tasks.py': 'def there(product):\n    pass\n' },
  );
  expect(faults[1]).toMatch(/task gone\.py: gone\.py: there is no such file in .* modelyard pipeline scaffold$/);
  expect(faults[2]).toMatch(/task tasks\.gone: tasks\.gone: there is no gone in .*tasks\.py/);
  expect(faults.slice(3)).toEqual([
    'pipeline.yaml: task a.sh: it declares no product: add "product:" with a path.',
    expect.stringMatching(/task odd: its product must be a path/) as string,
    'pipeline.yaml: task 6: it needs a source: a file, or a function by its dotted path.',
    expect.stringMatching(/task q\.sql: a SQL task needs a client/) as string,
  ]);
});

test('products that would overwrite what somebody wrote, or each other', async () => {
  const at = '/nowhere';
  const faults = await faultsOf(
    `tasks:
  - {source: a.sh, product: ./a.sh}
  - {source: a.sh, name: b, product: pipeline.yaml}
  - {source: a.sh, name: c, product: ${at}/x}
  - {source: a.sh, name: d, product: ${at}/y/../x}
`,
  );
  expect(faults.slice(1)).toEqual([
    'pipeline.yaml: task a.sh: its product ./a.sh is a file that you have written; name another.',
    'pipeline.yaml: task b: its product pipeline.yaml is a file that you have written; name another.',
    `pipeline.yaml: task d: c and d both have the product ${at}/y/../x; a product has one task.`,
  ]);
});

test('params that are unknown or missing', async () => {
  const faults = await faultsOf(
    `tasks:
  - {source: tasks.load, product: out/a, params: {rosw: 3}, on_finish: hooks.chek}
  - {source: fit.py, product: {nb: out/fit.ipynb}, params: {dept: 3}}
`,
    {
      'tasks.py': 'def load(product, rows, seed=1):\n    pass\n',
      'hooks.py': 'def check(product):\n    pass\n',
      'fit.py': '# %% tags=["parameters"]\nupstream = None\nproduct = None\ndepth = None\n',
    },
  );
  expect(faults.slice(1)).toEqual([
    "pipeline.yaml: task tasks.load: load is given the param 'rosw', which tasks.load does not use. Did you mean 'rows'?",
    'pipeline.yaml: task tasks.load: tasks.load needs the param \'rows\', which "params:" of load does not give.',
    'pipeline.yaml: task tasks.load: there is no chek in hooks.py for the hook hooks.chek.',
    "pipeline.yaml: task fit.py: fit is given the param 'dept', which fit.py does not use. Did you mean 'depth'?",
    'pipeline.yaml: task fit.py: fit.py needs the param \'depth\', which "params:" of fit does not give.',
  ]);
});

test('YAML that cannot be read, an empty file, and none at all', async () => {
  expect(await faultsOf('tasks:\n  - source: [a\n')).toEqual([
    expect.stringMatching(/^modelyard: pipeline\.yaml, line \d+, column \d+: /) as string,
  ]);
  expect(await faultsOf('tasks: []\n')).toEqual(['modelyard: pipeline.yaml: there are no tasks in it.']);
  expect(await faultsOf('just text')).toEqual([
    'modelyard: pipeline.yaml: it must have tasks, as a list below "tasks:".',
  ]);
  expect(await faultsOf('tasks: &all [*all]\n')).toEqual(['modelyard: pipeline.yaml: *all stands within itself.']);
  expect(await faultsOf('tasks:\n  - {source: a.sh, product: a, params: {id: 12345678901234567890}}\n')).toEqual([
    'modelyard: pipeline.yaml: 12345678901234567890 has more digits than a number keeps. Write it in quotes, as a text.',
  ]);
  const [fault] = await pipelineFolder({}).faults('build');
  expect(fault).toMatch(/There is no pipeline\.yaml in .* modelyard pipeline scaffold NAME$/);
  const [other] = await pipelineFolder({ 'pipeline.yml': '' }).faults('build');
  expect(other).toMatch(/pipeline\.yml: rename it to pipeline\.yaml\.$/);
});

test('nothing runs when something is wrong, and the exit code says so', async () => {
  const folder = pipelineFolder({
    'pipeline.yaml': 'tasks:\n  - {source: a.sh, product: out/a}\n  - {source: b.sh, product: out/b}\n',
    'a.sh': 'echo > {{ product }}\n',
  });
  const { code, out } = await folder.run('build', '--no-record');
  expect([code, out]).toEqual([1, '']);
  expect(() => folder.read('out/a')).toThrow();
});
