/** Dates that are texts: whether the day or the month comes first, and months that have names. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { DataLab, type Row } from './support/data-lab.ts';
import { people, withColumn } from './support/tables.ts';
import { Random } from '../../support/random.ts';

let lab: DataLab;

beforeAll(async () => {
  lab = await DataLab.open();
}, 600_000);
afterAll(() => lab[Symbol.dispose]());

const two = (number: number): string => String(number).padStart(2, '0');
const rows = people(144);
/** The first of each month, twice, for six years. */
const firsts = withColumn(rows, 'since', (_, place) => {
  const month = Math.floor(place / 2);
  return `01/${two((month % 12) + 1)}/${2018 + Math.floor(month / 12)}`;
});
const random = new Random(8);
/** In no order, and no day is after the twelfth. */
const drawn = (): string => `${two(1 + random.below(12))}/${two(1 + random.below(12))}/2021`;
const mixed = withColumn(rows, 'seen', drawn);

test('even steps tell the day from the month, whatever the order of the rows; a split by time goes by them', async () => {
  const prepared = await lab.classify(firsts, 'bought', { time_col: 'since' });
  expect(prepared.column('since').format).toBe('%d/%m/%Y');
  expect(prepared.alert('ambiguous_dates')).toBeUndefined();
  const { test: last } = await lab.rows(prepared);
  expect(Math.min(...last.map((row) => Number(row['_automl_row'])))).toBeGreaterThan(144 * 0.7);
  const shuffled = new Map(firsts.map((row) => [random.below(1e9), row]));
  const byChance = [...shuffled].toSorted(([a], [b]) => a - b).map(([, row]) => row);
  expect((await lab.classify(byChance, 'bought')).column('since').format).toBe('%d/%m/%Y');
});

test('so does the order of the rows, for either reading', async () => {
  const inOrder = (key: (day: number, month: number) => number): Row[] => {
    const days = rows.map(() => [1 + random.below(12), 1 + random.below(12)] as const);
    const sorted = days.toSorted(([a, b], [c, d]) => key(a, b) - key(c, d));
    return withColumn(rows, 'seen', (_, place) => `${two(sorted[place]![0])}/${two(sorted[place]![1])}/2021`);
  };
  const [dayFirst, monthFirst] = await Promise.all([
    lab.classify(
      inOrder((first, second) => second * 100 + first),
      'bought',
    ),
    lab.classify(
      inOrder((first, second) => first * 100 + second),
      'bought',
    ),
  ]);
  expect(dayFirst.column('seen').format).toBe('%d/%m/%Y');
  expect(monthFirst.column('seen').format).toBe('%m/%d/%Y');
  for (const one of [dayFirst, monthFirst]) expect(one.alert('ambiguous_dates')).toBeUndefined();
});

test('other columns tell it too; where nothing does, it is told', async () => {
  const unclear = await lab.classify(mixed, 'bought');
  expect(unclear.column('seen').format).toBe('%m/%d/%Y');
  expect(unclear.alert('ambiguous_dates')).toMatchObject({ severity: 'medium', columns: ['seen'] });
  expect(unclear.alert('ambiguous_dates')?.message).toEndWith(
    "'seen', read as month/day/year. Write ISO dates (2024-03-01) to be sure.",
  );
  const filled = await lab.classify(mixed, 'bought', { imputers: { seen: 'most_frequent' } });
  expect(filled.alert('ambiguous_dates')).toBeUndefined();
  const born = withColumn(mixed, 'born', () => `${two(1 + random.below(28))}/${two(1 + random.below(12))}/1980`);
  const clear = await lab.classify(born, 'bought');
  expect([clear.column('seen').format, clear.column('born').format]).toEqual(['%d/%m/%Y', '%d/%m/%Y']);
  expect(clear.alert('ambiguous_dates')).toBeUndefined();
});

test('a file that begins with the first days of a month is read by all of it', async () => {
  const path = lab.file(
    'long.csv',
    `day,y\n${Array.from({ length: 24_000 }, (_, at) => {
      const date = new Date(Date.UTC(2022, 0, 1 + Math.floor(at / 2000)));
      return `${two(at < 23_000 ? date.getUTCDate() : 13 + (at % 9))}/01/2022,${at % 3}`;
    }).join('\n')}\n`,
  );
  expect((await lab.regress(path, 'y')).column('day').format).toBe('%d/%m/%Y');
});

test('months may have names', async () => {
  const written = (locale: string, month: 'long' | 'short'): ((row: Row, place: number) => string) => {
    const format = new Intl.DateTimeFormat(locale, { day: 'numeric', month, year: 'numeric', timeZone: 'UTC' });
    return (_, place) => format.format(new Date(Date.UTC(2022, 0, 1 + 3 * place)));
  };
  let table: readonly Row[] = rows;
  const locales = ['en-US', 'en-GB', 'de-DE', 'fr-FR', 'es-ES', 'it-IT'];
  for (const locale of locales)
    for (const month of ['long', 'short'] as const)
      table = withColumn(table, `${locale} ${month}`, written(locale, month));
  const ordinal = (place: number): string => (place === 1 ? '1st' : place === 2 ? '2nd' : `${place}th`);
  table = withColumn(table, 'ordinal', (_, place) => `January ${ordinal(1 + (place % 20))}, ${2000 + place}`);
  table = withColumn(table, 'finnish', (_, place) => `${1 + (place % 28)}. kesäkuuta 2022`);
  table = withColumn(table, 'short', (_, place) => `${two(1 + (place % 28))}.06.22`);
  const prepared = await lab.classify(table, 'bought');
  for (const { name, semantic, format, used } of prepared.profile.columns)
    if (name === 'ordinal' || name.includes('-'))
      expect({ name, semantic, format, used }).toEqual({
        name,
        semantic: 'datetime',
        format: 'month names',
        used: true,
      });
  expect(prepared.alert('unread_dates')).toMatchObject({ severity: 'medium', columns: ['finnish', 'short'] });
  expect(prepared.alert('unread_dates')?.message).toEndWith('Write them like 2024-03-01.');
}, 30_000);
