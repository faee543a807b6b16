/** Tables that are scored piece by piece: what is written, and what stays when a run is stopped. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshFolder, removeFolder } from '../../support/folders.ts';
import { until } from '../workers/support/scoring.ts';
import { makePythonModels, makeRModels } from './support/models.ts';
import { predict, python, startPredicting } from './support/predicting.ts';

let dir: string;

beforeAll(async () => {
  dir = freshFolder();
  await Promise.all([makePythonModels(dir, 'table', 'typed'), makeRModels(dir)]);
  write('petals.csv', petals(25));
});

afterAll(() => removeFolder(dir));

const write = (name: string, text: string): void => writeFileSync(join(dir, name), text);
const read = (name: string): string => readFileSync(join(dir, name), 'utf8');
const lines = (name: string): string[] => read(name).trimEnd().split('\n');
const isThere = (name: string): boolean => existsSync(join(dir, name));

/** Rows of which the predictions differ. */
function petals(rows: number): string {
  const row = (_: unknown, place: number): string => `"flower ${place},\n""new""",${place / 10},${place / 5}\n`;
  return `name,Sepal.Length,Petal.Length\n${Array.from({ length: rows }, row).join('')}`;
}

/** Kilobytes; what a process is told of its own resources counts the process that started it too. */
function highestMemory(pid: number): number {
  try {
    return Number(/^VmHWM:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

async function scored(...args: readonly string[]): Promise<string> {
  const { code, error } = await predict(dir, ...args);
  if (code !== 0) throw new Error(error);
  return error;
}

async function refused(...args: readonly string[]): Promise<string> {
  const { code, out, error } = await predict(dir, ...args);
  expect([code, out]).toEqual([1, '']);
  return error;
}

describe('rows come in their order', () => {
  test('however they are cut, as from one request', async () => {
    await Promise.all([
      scored('-m', 'petals', '-i', 'petals.csv', '-o', 'whole.json'),
      scored('-m', 'petals', '-i', 'petals.csv', '-o', 'cut.csv', '--chunk-rows', '4', '--workers', '2'),
    ]);
    const { predictions } = JSON.parse(read('whole.json')) as { predictions: number[] };
    expect(predictions).toHaveLength(25);
    expect(lines('cut.csv')).toEqual(['predictions', ...predictions.map(String)]);
  });

  test('beside the columns of the input, as they were written', async () => {
    await scored('-m', 'petals', '-i', 'petals.csv', '-o', 'kept.csv', '--keep-input', '--chunk-rows', '10');
    const kept = await python<Record<string, unknown[]>>(
      dir,
      `import json, pandas as pd
given, kept, cut = (pd.read_csv(name) for name in ("petals.csv", "kept.csv", "cut.csv"))
print(json.dumps({"columns": list(kept), "same": bool(kept[list(given)].equals(given)), "right": bool((kept.predictions == cut.predictions).all())}))`,
    );
    expect(kept).toEqual({
      columns: ['name', 'Sepal.Length', 'Petal.Length', 'predictions'],
      same: true,
      right: true,
    } as never);
  });

  test('from a file of 100 MB in little memory', async () => {
    const block = `${'x'.repeat(990)},5.1,1.4\n`.repeat(1000);
    write('wide.csv', `name,Sepal.Length,Petal.Length\n${block.repeat(100)}`);
    let peak = 0;
    const run = startPredicting(dir, '-m', 'petals', '-i', 'wide.csv', '-o', 'wide.out.csv');
    const looking = setInterval(() => (peak = Math.max(peak, highestMemory(run.pid))), 10);
    expect(await run.exited).toBe(0);
    clearInterval(looking);
    expect(peak).toBeGreaterThan(20 * 1024);
    expect(peak).toBeLessThan(400 * 1024);
    expect(new Set(lines('wide.out.csv'))).toEqual(new Set(['predictions', '0.200819701217632']));
    expect(lines('wide.out.csv')).toHaveLength(100_001);
  });
});

describe('what a model gives', () => {
  test('is written as CSV, JSON lines and Parquet, each with its columns', async () => {
    write('numbers.jsonl', '{"n": 0}\n{"n": 1}\n\n{"n": 2}');
    await Promise.all(
      ['csv', 'jsonl', 'parquet'].map((ending) =>
        scored('-m', 'table', '-i', 'numbers.jsonl', '-o', `n.${ending}`, '--keep-input', '--chunk-rows', '2'),
      ),
    );
    expect(read('n.csv')).toBe(
      'n,predicted_n,half,root,word,odd,both\n' +
        '0,0,0.0,,"a, ""0""\n",False,"[0.0,0.0]"\n' +
        '1,1,0.5,0.0,"a, ""1""\n",True,"[1.0,0.5]"\n' +
        '2,2,1.0,1.0,"a, ""2""\n",False,"[2.0,1.0]"\n',
    );
    const row = (n: number, root: string): string =>
      `{"n":${n},"predicted_n":${n},"half":${(n / 2).toFixed(1)},"root":${root},"word":"a, \\"${n}\\"\\n","odd":${n === 1},"both":[${n}.0,${(n / 2).toFixed(1)}]}`;
    expect(lines('n.jsonl')).toEqual([row(0, 'null'), row(1, '0.0'), row(2, '1.0')]);
    const parquet = await python<unknown>(
      dir,
      `import json, pyarrow.parquet as parquet
table = parquet.read_table("n.parquet")
print(json.dumps([[f"{field.name} {field.type}" for field in table.schema], table.to_pylist()]))`,
    );
    const types = ['n int64', 'predicted_n int64', 'half double', 'root double', 'word string', 'odd bool'];
    expect(parquet).toEqual([
      [...types, 'both list<element: double>'],
      [0, 1, 2].map((n) => ({
        n,
        predicted_n: n,
        half: n / 2,
        root: [null, 0, 1][n],
        word: `a, "${n}"\n`,
        odd: n === 1,
        both: [n, n / 2],
      })),
    ]);
  });

  test('that is no row for each row is not written as a table', async () => {
    write('few.csv', 'do\nfew\nx\nx\n');
    expect(await refused('-m', 'obedient', '-i', 'few.csv', '-o', 'few.out.csv')).toContain('2 predictions for 3 rows');
    expect(isThere('few.out.csv')).toBe(false);
  });
});

describe('Parquet', () => {
  test('reaches the model with its types, from every row group, and they are kept', async () => {
    await python(
      dir,
      `import numpy as np, pandas as pd, pyarrow as pa, pyarrow.parquet as parquet
frame = pd.DataFrame({
    "i": np.array([1, 2**60, 3]), "f": np.array([0.5, np.nan, 2.5], dtype="float32"), "s": ["a", None, "ü"],
    "b": [True, False, True], "t": pd.to_datetime(["2024-02-29 12:00:00.123456", None, "1969-12-31"], format="ISO8601"),
    "x": [b"\\x01\\xff", b"", b"2"]}, index=[4, 5, 6])
parquet.write_table(pa.Table.from_pandas(frame), "typed.parquet", row_group_size=2, compression="zstd")
frame.to_parquet("whole.parquet")
print(1)`,
    );
    await Promise.all([
      scored('-m', 'typed', '-i', 'typed.parquet', '-o', 'typed.out.parquet', '--keep-input'),
      scored('-m', 'typed', '-i', 'whole.parquet', '-o', 'typed.json'),
    ]);
    const [types, rows] = await python<[string[], Record<string, unknown>[]]>(
      dir,
      `import json, pyarrow.parquet as parquet
table = parquet.read_table("typed.out.parquet")
print(json.dumps([[f"{field.name} {field.type}" for field in table.schema], table.to_pylist()], default=str))`,
    );
    expect(types).toEqual(['i int64', 'f double', 's string', 'b bool', 't timestamp[ns]', 'x string', 'predictions string']); // prettier-ignore
    expect(rows.map(({ i, f, s, b, t }) => [i, f, s, b, t])).toEqual([
      [1, 0.5, 'a', true, '2024-02-29 12:00:00.123456'],
      [2 ** 60, null, null, false, null],
      [3, 2.5, 'ü', true, '1969-12-31 00:00:00'],
    ]);
    const { predictions } = JSON.parse(read('typed.json')) as { predictions: string[] };
    expect(rows.map((row) => row['predictions'])).toEqual(predictions);
    expect(predictions[0]).toMatch(
      /^int64 float32 \w+ bool datetime64\[\w+\] \w+ \[1, 0.5, 'a', True, Timestamp\('2024-02-29 12:00:00.123456'\)/,
    );
    expect(predictions[1]).toContain('[1152921504606846976, nan, nan, False, NaT');
    expect(predictions[0]).toContain(String.raw`b'\x01\xff'`);
  });
});

test('a warning that comes with each piece is told once', async () => {
  write('more.csv', 'i,more\n1,2\n3,4\n5,6\n');
  const told = await scored('-m', 'typed', '-i', 'more.csv', '-o', 'more.out.csv', '--chunk-rows', '1', '-w', '1');
  expect(lines('more.out.csv')).toHaveLength(4);
  expect(told.match(/extra inputs/g)).toHaveLength(1);
});

test('CSV is read with the types of the signature where mlflow refuses it', async () => {
  write('typed.csv', 'i,f,s,b,t,x\n1,0.5,007,True,2024-01-02,MA==\n2,,,false,2024-01-03,MQ==\n');
  await scored('-m', 'typed', '-i', 'typed.csv', '-o', 'typed.out.jsonl', '--keep-input');
  const rows = lines('typed.out.jsonl').map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(rows.map((row) => row['predictions'])).toEqual([
    expect.stringContaining("[1, 0.5, '007', True, Timestamp('2024-01-02 00:00:00'), b'0']"),
    expect.stringContaining("[2, nan, nan, False, Timestamp('2024-01-03 00:00:00'), b'1']"),
  ]);
  expect(rows[1]).toMatchObject({ i: 2, f: null, s: null, b: 'false', t: '2024-01-03' });
});

test.each([
  ['semicolons, decimal commas and a byte order mark', '\uFEFFs;f;i;b\r\n"1,5; x";2,5;1;True\r\n1,5;-,25;2;False\r\n'],
  ['tabs', 's\tf\ti\tb\n1,5; x\t2.5\t1\tTrue\n1,5\t-.25\t2\tFalse\n'],
  ['bars and other quotes', "s|f|i|b\n'1,5; x'|'2.5'|1|True\n'1,5'|-.25|2|False\n"],
])('CSV may have %s', async (_, text) => {
  write('dialect.csv', text);
  await scored('-m', 'typed', '-i', 'dialect.csv', '-o', 'dialect.out.jsonl', '--chunk-rows', '1', '--restart');
  const { code, out } = await predict(dir, '-m', 'typed', '-i', 'dialect.csv');
  const { predictions } = JSON.parse(out) as { predictions: string[] };
  const cells = ["[1, 2.5, '1,5; x', True", "[2, -0.25, '1,5', False"];
  const rows = cells.map((row) => expect.stringContaining(row) as string);
  expect([code, predictions]).toEqual([0, rows]);
  expect(lines('dialect.out.jsonl')).toEqual(rows);
});

describe('a run that stops', () => {
  test('by SIGKILL goes on where it was, with the same bytes in the end', async () => {
    const gate = join(dir, 'gate');
    const rows = Array.from({ length: 40 }, (_, n) => `${n},${n === 22 ? gate : ''},halves\n`).join('');
    write('gated.csv', `n,wait,do\n${rows}`);
    for (const ending of ['csv', 'parquet']) {
      const output = `gated.out.${ending}`;
      const args = ['-m', 'obedient', '-i', 'gated.csv', '--chunk-rows', '5', '--keep-input', '-o'];
      const first = startPredicting(dir, ...args, output);
      // The chunk with the gate waits; what comes before it is kept.
      await until(() => Promise.resolve(isThere(`${output}.partial.json`) && rowsKept(output) === 20));
      expect(isThere(output)).toBe(false);
      expect(await refused(...args, output)).toContain('is writing');
      first.kill('SIGKILL');
      await first.exited;
      write('gate', '');
      expect(await scored(...args, output)).toContain('of 40 rows to');
      await scored(...args, `whole.${output}`);
      const [resumed, whole] = await Promise.all(
        [output, `whole.${output}`].map((name) => Bun.file(join(dir, name)).bytes()),
      );
      expect(resumed).toEqual(whole as Uint8Array<ArrayBuffer>);
      expect(isThere(`${output}.partial`) || isThere(`${output}.partial.json`)).toBe(false);
      await Bun.file(gate).delete();
    }
  });

  test('because a row cannot be scored tells which, keeps the rest, and asks before it throws that away', async () => {
    const row = '1,halves\n';
    write('broken.csv', `n,do\n${row.repeat(12)}2,fail\n`);
    const args = [
      '-m',
      'obedient',
      '-i',
      'broken.csv',
      '-o',
      'broken.out.jsonl',
      '--chunk-rows',
      '5',
      '--workers',
      '1',
    ];
    expect(await refused(...args)).toMatch(/Rows 11 to 13 cannot be scored\.[^]*I was told to fail/);
    expect([rowsKept('broken.out.jsonl'), isThere('broken.out.jsonl')]).toEqual([10, false]);
    write('broken.csv', `n,do\n${row.repeat(13)}`);
    expect(await refused(...args)).toMatch(/10 rows of another job[^]*--restart/);
    expect(await scored(...args, '--restart')).toContain('of 13 rows');
    expect(lines('broken.out.jsonl')).toEqual(new Array<string>(13).fill('{"half":0.5}'));
  });

  test('before its first row is scored leaves nothing in the way of another job', async () => {
    write('first.csv', 'n,do\n2,fail\n');
    const args = ['-m', 'obedient', '-i', 'first.csv', '-o', 'first.out.jsonl'];
    expect(await refused(...args)).toContain('I was told to fail');
    expect(rowsKept('first.out.jsonl')).toBe(0);
    write('first.csv', 'n,do\n1,halves\n1,halves\n');
    expect(await scored(...args)).toContain('2 rows');
    expect(lines('first.out.jsonl')).toEqual(['{"half":0.5}', '{"half":0.5}']);
  });
});

function rowsKept(output: string): number {
  return (JSON.parse(read(`${output}.partial.json`)) as { place: { rows: number } }).place.rows;
}

describe('an input that cannot be read', () => {
  test.each([
    ['bad.jsonl', '{"a": 1}\n[2]\n', 'Row 2 is no JSON record: [2]'],
    ['bad.parquet', 'PAR1 no more', 'cannot be read as Parquet'],
    ['empty.csv', '', 'The input is empty'],
  ])('%s is told', async (name, text, reason) => {
    write(name, text);
    expect(await refused('-m', 'petals', '-i', name, '-o', `${name}.out.csv`)).toContain(reason);
  });
});
