/** Models of R, served by Rscript processes. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshFolder, removeFolder } from '../../support/folders.ts';
import { finished } from '../../support/run-modelyard.ts';
import { within } from '../../support/within.ts';
import { column, metric, predictions, score, until, untilInHand } from '../workers/support/scoring.ts';
import { childrenOf, serveModel, startServing, type Serving } from '../workers/support/serving.ts';
import { makeRModels } from './support/models.ts';

let dir: string;
let petals: Serving;
let obedient: Serving;

beforeAll(async () => {
  dir = freshFolder();
  await makeRModels(dir);
  [petals, obedient] = await Promise.all([serve('petals'), serve('obedient', '--timeout', '5')]);
});

afterAll(async () => {
  await Promise.all([petals, obedient].map((one) => one?.kill()));
  removeFolder(dir);
});

function serve(model: string, ...args: readonly string[]): Promise<Serving> {
  return serveModel(join(dir, model), args, { dir });
}

const ask = async (word: string): Promise<unknown> => predictions(await score(obedient.url, column('do', word)));

describe('what reaches the function', () => {
  const split = { columns: ['Sepal.Length', 'Petal.Length'], data: [[5.1, 1.4], [6, 4.5]] }; // prettier-ignore

  test('is a data frame, from each form of JSON', async () => {
    const records = split.data.map(([length, petal]) => ({ 'Sepal.Length': length, 'Petal.Length': petal }));
    const columns = { 'Sepal.Length': [5.1, 6], 'Petal.Length': [1.4, 4.5] };
    const forms = [
      { dataframe_split: split },
      { dataframe_split: { ...split, index: [7, 8] } },
      { dataframe_records: records },
      { instances: records },
      { inputs: columns },
    ];
    const answers = await Promise.all(forms.map((form) => score(petals.url, form)));
    const [first] = answers.map(predictions);
    expect((first as number[]).map((value) => value.toFixed(6))).toEqual(['0.200820', '1.519890']);
    expect(answers.map(predictions)).toEqual(forms.map(() => first));
  });

  test('is a data frame from CSV, with names as R makes them', async () => {
    const post = (csv: string): Promise<Response> =>
      fetch(`${obedient.url}/invocations`, { method: 'POST', headers: { 'content-type': 'text/csv' }, body: csv });
    expect(await (await post('do,the name\nnames,1\n')).json()).toEqual({ predictions: ['do', 'the.name'] });
    expect(await (await post('\ufeffdo\nrows\nx\n')).json()).toEqual({ predictions: [1, 2] });
  });

  test('has a type for each column, and what is null is missing', async () => {
    const data = [
      ['types', 1, 2.5, true, 'a', null, [1, 2]],
      ['', 2, null, null, null, null, [3]],
    ];
    const columns = ['do', 'whole', 'double', 'flag', 'text', 'nothing', 'list'];
    const answer = await score(obedient.url, { dataframe_split: { columns, data } });
    expect(predictions(answer)).toEqual(['character', 'integer', 'numeric', 'logical', 'character', 'logical', 'AsIs']);
  });

  test('keeps missing fields of records, and texts in any script', async () => {
    const records = [{ do: 'frame', a: 1 }, { do: 'ü 漢 "', b: 'x\ny' }]; // prettier-ignore
    expect(predictions(await score(obedient.url, { dataframe_records: records }))).toEqual([
      { do: 'frame', a: 1, b: null },
      { do: 'ü 漢 "', a: null, b: 'x\ny' },
    ]);
  });
});

describe('what the function gives', () => {
  test('is JSON: vectors, factors, matrices, lists, with missing values as null', async () => {
    expect(await ask('missing')).toEqual([1.5, null, null]);
    expect(await ask('strings')).toEqual(['a', 'é"\n', null]);
    expect(await ask('factor')).toEqual(['low', 'high']);
    expect(await ask('matrix')).toEqual([[0.5, 0.25], [1, 0]]); // prettier-ignore
    expect(await ask('list')).toEqual({ mean: 1.5, names: ['x', 'y'] });
    expect(await ask('rows')).toEqual([1]);
  });

  test('is not mixed with what it prints', async () => {
    expect(await ask('print')).toEqual([1]);
    for (const words of ['printed by', 'told by', 'echoed by']) expect(obedient.log()).toContain(`${words} the model`);
  });
});

describe('a request that fails', () => {
  test('in the function tells the error and the calls', async () => {
    const { status, body } = await score(obedient.url, column('do', 'fly'));
    expect(status).toBe(400);
    const { error_code, message, stack_trace } = JSON.parse(body) as Record<string, string>;
    expect(error_code).toBe('BAD_REQUEST');
    expect(message).toContain('I cannot fly');
    expect(stack_trace).toContain('model(frame)');
  });

  test.each([
    ['{"x": 1}', 'exactly one of dataframe_split'],
    ['[1]', 'exactly one of dataframe_split'],
    ['{"inputs": {', 'parse error'],
    ['{"dataframe_split": {"columns": ["a"], "data": [[1, 2]]}}', 'more values than it has columns'],
    ['{"inputs": {"a": [1], "b": [1, 2]}}', 'different lengths'],
  ])('because of its body %s tells why', async (body, reason) => {
    const answer = await score(obedient.url, body);
    expect(answer.status).toBe(400);
    expect((JSON.parse(answer.body) as { message: string }).message).toContain(reason);
  });
});

describe('a process', () => {
  test('that ends is told of and replaced', async () => {
    const before = await metric(obedient.url, 'worker_restarts_total');
    const { status, body } = await score(obedient.url, column('do', 'quit'));
    expect(status).toBe(500);
    expect((JSON.parse(body) as { message: string }).message).toContain('exit code 3');
    await until(async () => (await metric(obedient.url, 'worker_restarts_total')) > before);
    expect(await askPatiently('rows')).toEqual([1]);
  });

  test('that hangs is ended when the time is up', async () => {
    const { status } = await score(obedient.url, column('do', 'hang'));
    expect(status).toBe(504);
    expect(await askPatiently('rows')).toEqual([1]);
  });

  test('scores with others at a time', async () => {
    const server = await serve('obedient', '--workers', '2');
    try {
      const gate = join(dir, 'gate');
      const first = score(server.url, { dataframe_records: [{ do: 'pid', wait: gate }] });
      await untilInHand(server.url, 'running', 1);
      const second = predictions(await score(server.url, column('do', 'pid')));
      writeFileSync(gate, '');
      expect(predictions(await first)).not.toEqual(second);
    } finally {
      await server.kill();
    }
  });

  test('ends with the server', async () => {
    const server = await serve('petals');
    const children = childrenOf(server.pid);
    expect(children).toHaveLength(1);
    expect(await server.stop()).toBe(0);
    await until(() => Promise.resolve(children.every((pid) => !isRunning(pid))));
  });

  test('ends when the server is killed, whatever it is doing', async () => {
    const server = await serve('obedient');
    const children = childrenOf(server.pid);
    const hanging = score(server.url, column('do', 'hang')).catch(() => undefined);
    await untilInHand(server.url, 'running', 1);
    await server.kill();
    await until(() => Promise.resolve(children.every((pid) => !isRunning(pid))));
    await hanging;
  });
});

/** A new process may be on its way. */
async function askPatiently(word: string): Promise<unknown> {
  let answer = await score(obedient.url, column('do', word));
  await until(async () => {
    if (answer.status === 503) answer = await score(obedient.url, column('do', word));
    return answer.status !== 503;
  });
  return predictions(answer);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('a model that cannot be served', () => {
  test('is refused when R is missing, with the command that installs it', async () => {
    const bin = join(dir, 'no-r');
    mkdirSync(bin);
    for (const tool of ['sh', 'cat', 'env', 'readlink', 'cksum', 'setpriv'])
      symlinkSync(Bun.which(tool) ?? '', join(bin, tool));
    const log = await refusal('petals', { PATH: bin });
    expect(log).toContain('there is no Rscript here');
    expect(log).toContain('apt-get install r-base-core r-cran-jsonlite');
  });

  test('is refused when jsonlite is missing, with the command that installs it', async () => {
    // R's own packages alone.
    const log = await refusal('petals', { R_LIBS_SITE: '/none', R_LIBS_USER: '/none' });
    expect(log).toContain('jsonlite');
    expect(log).toContain('apt-get install r-base-core r-cran-jsonlite');
  });

  test('is refused when it holds no function', async () => {
    expect(await refusal('no-function')).toContain('R cannot load the model');
  });

  async function refusal(model: string, env: Readonly<Record<string, string>> = {}): Promise<string> {
    const child = startServing(join(dir, model), [], { dir, env });
    expect(await within(30_000, child.exited)).toBe(1);
    return child.log();
  }
});

test('the package that npm makes holds the worker', async () => {
  const root = join(import.meta.dir, '../../..');
  const { out } = await finished(['npm', 'pack', '--dry-run', '--json', '--ignore-scripts'], {
    dir: root,
    limit: 60_000,
  });
  expect(out).toContain('"r/modelyard_worker.R"');
  expect(out).toContain('"python/modelyard_worker.py"');
});
