import { afterAll, beforeAll, expect, test } from 'bun:test';
import { DataLab, type Prepared } from './support/data-lab.ts';

let lab: DataLab;

beforeAll(async () => {
  lab = await DataLab.open();
}, 600_000);
afterAll(() => lab[Symbol.dispose]());

test('of two million rows as many are kept as the time allows, each class in its share', async () => {
  await lab.run(`
import numpy as np, pyarrow as pa, pyarrow.parquet as pq
random = np.random.default_rng(1)
n = 2_000_000
table = {f"x{i}": np.tile(random.normal(size=n // 2).astype("float32"), 2) for i in range(3)}
table["number"] = random.permutation(n)
table["y"] = np.where(np.arange(n) % 400_000 == 0, 2, (table["x0"] > 1).astype(int))
pq.write_table(pa.table(table), "rows.parquet", compression=None)`);
  const prepared = await lab.classify(`${lab.folder}/rows.parquet`, 'y', { timeout_seconds: 10 });
  const { profile } = prepared;
  // Five values in a row, 100,000 values for each second.
  expect(profile).toMatchObject({ rows: 2_000_000, validation: { kind: 'holdout' } });
  expect(profile.sampled_rows).toBeWithin(199_900, 200_100);
  expect(profile.development_rows + profile.test_rows).toBe(profile.sampled_rows ?? 0);
  expect(prepared.alert('sampled')?.message).toContain(
    'of 2,000,000 rows were kept, chosen at random, each class in its share',
  );
  if (profile.target.kind !== 'multiclass') throw new Error('There are three classes.');
  const [zeros = 0, ones = 0, twos] = profile.target.counts;
  expect(ones / (zeros + ones)).toBeCloseTo(0.1587, 2);
  expect(twos).toBe(5);
  // Neither the first rows nor those that were kept have all numbers.
  expect(prepared.column('number')).toMatchObject({ used: false, reason: 'numbers the rows' });
  expect(prepared.alert('duplicates_across_splits')).toBeUndefined();
}, 60_000);

test('of 10,000 columns those are kept that tell most, chosen by rows that are never validated', async () => {
  await lab.run(`
import numpy as np, pyarrow as pa, pyarrow.parquet as pq
random = np.random.default_rng(1)
x = random.normal(size=(400, 10_000))
table = {f"x{i}": x[:, i] for i in range(10_000)}
table["y"] = np.where(x[:, 4321] + x[:, 9876] + random.normal(size=400) > 0, "up", "down")
pq.write_table(pa.table(table), "columns.parquet", compression=None)`);
  const prepared = await lab.classify(`${lab.folder}/columns.parquet`, 'y');
  const used = prepared.profile.columns.filter((column) => column.used).map((column) => column.name);
  expect(used).toHaveLength(1000);
  expect(used).toContain('x4321');
  expect(used).toContain('x9876');
  expect(prepared.alert('too_many_columns')).toMatchObject({ severity: 'high' });
  expect(prepared.column('x1').reason).toContain('is not among the 1000 columns');
  const folds = JSON.parse(
    await lab.run(`import json, pyarrow.parquet as pq
print(json.dumps(pq.read_table(${JSON.stringify(`${prepared.folder}/development.parquet`)}, columns=["_automl_fold"])[0].to_pylist()))`),
  ) as number[];
  expect(folds.filter((fold) => fold === -1)).toHaveLength(Math.floor(0.3 * folds.length));
}, 60_000);

test('rows that do not fit into memory are thinned out while they are read', async () => {
  await lab.run(`
import random
random.seed(1)
with open("long.csv", "w") as file:
    file.write("nr,a,b,y\\n")
    file.writelines(f"{nr},{random.random():.6f},{random.choice('pqr')},{random.choice('uv')}\\n" for nr in range(300_000))`);
  const prepared = await lab.prepare(
    { problem_type: 'classification', dataset: `${lab.folder}/long.csv`, target_col: 'y' },
    {},
    2 ** 24,
  );
  expect(prepared.profile.rows).toBe(300_000);
  expect(prepared.profile.sampled_rows).toBeLessThan(150_000);
  expect(prepared.alert('sampled')?.message).toContain('of 300,000 rows were kept');
  expect(prepared.column('nr')).toMatchObject({ used: false, reason: 'numbers the rows' });
}, 60_000);

test('of a class with far more rows than the others some train, and count for all; others are validated and tested with', async () => {
  await lab.run(`
import numpy as np, pyarrow as pa, pyarrow.parquet as pq
random = np.random.default_rng(1)
n = 120_000
rare = np.arange(n) % 200 == 0
table = {"x": random.normal(size=n) + rare, "weight": np.full(n, 2.0), "y": np.where(rare, "fraud", "fair")}
pq.write_table(pa.table(table), "rare.parquet", compression=None)`);
  const dataset = `${lab.folder}/rare.parquet`;
  const [whole, short] = await Promise.all([
    lab.classify(dataset, 'y', { sample_weight_col: 'weight' }),
    lab.classify(dataset, 'y', { timeout_seconds: 1 }),
  ]);
  const counted = async ({ folder }: Prepared): Promise<Counted> =>
    JSON.parse(
      await lab.run(`
import json, pandas as pd
rows = pd.concat([pd.read_parquet(f"${folder}/{part}.parquet").assign(part=part) for part in ("development", "test")])
rows["part"] = rows["part"].where(rows["_automl_fold"] != -1, "training")
found = rows.groupby(["part", "y"])["_automl_weight"].agg(["size", "sum"]).round().astype(int)
print(json.dumps({f"{part} {y}": list(map(int, one)) for (part, y), one in found.T.to_dict("list").items()}))`),
    ) as Counted;
  expect(await counted(whole)).toEqual({
    'training fraud': [360, 720],
    'training fair': [expect.closeTo(39_640, -1) as number, expect.closeTo(2 * 71_640, -1) as number],
    'development fraud': [120, 240],
    'development fair': [23_880, 47_760],
    'test fraud': [120, 240],
    'test fair': [23_880, 47_760],
  });
  expect(whole.profile).toMatchObject({ weights: '_automl_weight', target: { counts: [119_400, 600] } });
  expect(whole.profile.sampled_rows).toBe(whole.profile.development_rows + whole.profile.test_rows);
  expect(whole.alert('majority_thinned')?.message).toContain("'fair' has more than 40 times as many rows");
  // Of the rows 28 %, but for training all of those that are few.
  const { 'training fraud': rare, 'training fair': common, ...others } = await counted(short);
  expect(short.alert('sampled')?.message).toContain('chosen at random, for training those of rare classes first');
  expect(rare).toEqual([360, 100]);
  expect(common?.[1]).toBeWithin(19_800, 20_000);
  expect(others['development fair']?.[0]).toBeWithin(6_600, 6_670);
  expect(others['test fraud']?.[0]).toBeWithin(32, 35);
}, 60_000);

type Counted = Readonly<Record<string, readonly [rows: number, weight: number]>>;
