/** What the real MLflow wrote comes in whole: its client reads the same from us as from where it was. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Api } from '../support/api.ts';
import { freshFolder, removeFolder } from '../support/folders.ts';
import { startServer } from '../support/start-server.ts';
import { importInto, readByMlflow, script, type Told } from './support/commands.ts';
import { startMlflow } from '../support/mlflow-server.ts';

const limit = 300_000;
let dir: string;

beforeAll(async () => {
  dir = freshFolder();
  await Promise.all([
    script('make_mlflow.py', `file://${dir}/files/mlruns`, dir),
    script('make_mlflow.py', `sqlite:///${dir}/mlflow.db`, dir),
  ]);
}, limit);

afterAll(() => removeFolder(dir));

/** Imports, and reads by the real client what our server then has. */
async function imported(
  source: string,
  ...args: string[]
): Promise<{ first: Told; second: Told; read: unknown; gaps: string }> {
  const server = await startServer();
  try {
    // While the server runs on the same database.
    const first = await importInto(server.dir, source, ...args);
    const second = await importInto(server.dir, source, ...args);
    const read = await readByMlflow(server.url, dir);
    const created = await new Api(server).post<{ model_version: { version: string } }>('model-versions/create', {
      name: 'reg',
      source: 's3://bucket/x',
    });
    return { first, second, read, gaps: created.model_version.version };
  } finally {
    await server.stop();
  }
}

function brought({ counts }: Told, outcome: 'brought' | 'there'): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).map(([kind, of]) => [kind, of[outcome]]));
}

/** Without experiment 0, which a server makes at its start. */
const everything = { experiment: 2, run: 3, logged_model: 2, registered_model: 2, model_version: 3, artifact_file: 3 };

describe('an import of', () => {
  test(
    "MLflow's database brings all of it, and brings nothing twice",
    async () => {
      const { first, second, read, gaps } = await imported(join(dir, 'mlflow.db'));
      expect(first).toMatchObject({ complete: true, code: 0, lines: [] });
      expect(brought(first, 'brought')).toEqual(everything);
      expect(second).toMatchObject({ complete: true, code: 0, lines: [] });
      expect(brought(second, 'there')).toEqual({ ...everything, experiment: 3 });
      expect(read).toEqual(await readByMlflow(`sqlite:///${dir}/mlflow.db`, dir));
      // Version 4 was deleted, and its number is not given again.
      expect(gaps).toBe('5');
    },
    limit,
  );

  test(
    'mlruns brings all of it, with what is in the trash, and brings nothing twice',
    async () => {
      const { first, second, read, gaps } = await imported(join(dir, 'files/mlruns'));
      expect(brought(first, 'brought')).toEqual(everything);
      expect(first).toMatchObject({ complete: true, code: 0 });
      expect(first.lines.map(({ reason }) => reason)).toEqual([
        'it has the id 1 here: ids of more than 15 digits cannot be kept',
        'it has the id 2 here: ids of more than 15 digits cannot be kept',
      ]);
      expect(second).toMatchObject({ complete: true, code: 0, lines: [] });
      expect(brought(second, 'there')).toEqual({ ...everything, experiment: 3 });
      expect(normalised(read)).toEqual(normalised(await readByMlflow(`file://${dir}/files/mlruns`, dir)));
      expect(gaps).toBe('5');
    },
    limit,
  );

  test(
    'a running MLflow server brings what it tells',
    async () => {
      await using mlflow = await startMlflow(dir, ['--backend-store-uri', `sqlite:///${dir}/mlflow.db`]);
      const { first, second, read } = await imported(mlflow.url);
      // Deleted logged models are told by no method, and whether a version was deleted at the end neither.
      expect(brought(first, 'brought')).toEqual({ ...everything, logged_model: 1 });
      expect(first).toMatchObject({ complete: true, code: 0, lines: [] });
      expect(second).toMatchObject({ complete: true, code: 0, lines: [] });
      expect(read).toEqual(await readByMlflow(`sqlite:///${dir}/mlflow.db`, dir));
    },
    limit,
  );

  test('nothing in a dry run, which tells all the same', async () => {
    const empty = freshFolder();
    try {
      const told = await importInto(empty, join(dir, 'mlflow.db'), '--dry-run');
      expect(brought(told, 'brought')).toEqual({ ...everything, experiment: 3 });
      expect(existsSync(join(empty, 'm.db'))).toBe(false);
    } finally {
      removeFolder(empty);
    }
  });
});

/**
 * The file store has infinities where a database has the greatest number, and it writes the step of a point on a dataset
 * and reads 0.
 */
function normalised(read: unknown): unknown {
  return JSON.parse(
    JSON.stringify(read).replaceAll('"inf"', '"1.7976931348623157e+308"').replace('[["0.5",7,0]]', '[["0.5",7,1]]'),
  );
}
