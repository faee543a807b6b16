/** Several series that nobody named: rows of the same times. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareData } from '../../../src/automl/data/prepare-data.ts';
import { automlPython } from '../../../src/automl/environment.ts';
import { checkedConfig, type AutomlRequest } from '../../../src/protocol/automl-config-check.ts';
import { freshFolder, removeFolder } from '../../support/folders.ts';
import { within } from '../../support/within.ts';
import { bound } from '../support/trial-lab.ts';
import { csv, days } from './support/series.ts';

let folder: string;
let python: string;

beforeAll(async () => {
  folder = freshFolder();
  python = await automlPython({ onProgress: () => undefined });
  const rows = days(40).flatMap((day, at) =>
    ['north', 'south'].map((shop, place) => [day, shop, 10 * place + 1 + (at % 7)]),
  );
  writeFileSync(join(folder, 'shops.csv'), csv('day,shop,sold', rows));
  writeFileSync(
    join(folder, 'sums.csv'),
    csv(
      'day,sold',
      rows.map(([day = '', , sold = 0]) => [day, sold]),
    ),
  );
}, 600_000);

afterAll(() => removeFolder(folder));

function prepare(file: string, more: AutomlRequest = {}) {
  const dataset = join(folder, file);
  const usual = { problem_type: 'forecasting', dataset, target_col: 'sold', time_col: 'day', horizon: 5 } as const;
  const options = { python, folder: join(folder, 'prepared'), memory: 2 ** 30, onProgress: () => undefined };
  return within(bound, prepareData(checkedConfig({ ...usual, timeout_seconds: 60, ...more }), options));
}

test(
  'a column that tells them apart is named in the refusal',
  async () => {
    const refused = await prepare('shops.csv').catch((error: Error) => error.message);
    expect(refused).toBe(
      "40 of 80 rows have the time of another row, and 'shop' tells these apart. Are there several series? Name that column " +
        "with identity_col: 'shop'. Or leave it out with exclude_cols, and they are averaged.",
    );
    expect(await prepare('shops.csv', { identity_col: ['shop'] })).toMatchObject({ series: 2, alerts: [] });
  },
  2 * bound,
);

test(
  'without such a column rows are averaged, and it is asked',
  async () => {
    for (const profile of [await prepare('sums.csv'), await prepare('shops.csv', { exclude_cols: ['shop'] })]) {
      expect(profile).toMatchObject({ series: 1, longest: 40 });
      const told = profile.alerts.find(({ name }) => name === 'duplicate_times');
      expect(told?.severity).toBe('high');
      expect(told?.message).toEndWith(
        'Are there several series? Name the column that tells them apart with identity_col.',
      );
    }
  },
  2 * bound,
);
