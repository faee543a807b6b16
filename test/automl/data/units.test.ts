/** Numbers that are written with a unit. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { Random } from '../../support/random.ts';
import { DataLab, type Prepared, type Row } from './support/data-lab.ts';
import { refused } from './support/refused.ts';
import { people } from './support/tables.ts';

let lab: DataLab;
let prepared: Prepared;
const random = new Random(11);
const number = (most: number): number => random.below(most * 100) / 100;
const written = (value: number, locale: string): string => value.toLocaleString(locale, { minimumFractionDigits: 2 });

/** By column: how the number of a row is written. */
const ways: Readonly<Record<string, (value: number, place: number) => string>> = {
  price: (value, place) => (place % 2 === 0 ? `€ ${written(value, 'en-US')}` : `${written(value, 'en-US')} €`),
  dollars: (value) => `${written(value, 'en-US')} USD`,
  euros: (value) => `${written(value, 'de-DE')}€`,
  weight: (value, place) => (place === 7 ? 'heavy' : `${value} kg`),
  share: (value, place) => (place % 9 === 3 ? 'unknown' : `${value} %`),
  length: (value) => `${value.toExponential()} m`,
  grouped: (value) => written(value, 'en-US'),
  booked: (value) => (value < 0 ? `(${written(-value, 'en-US')})` : written(value, 'en-US')),
  apart: (value) => written(value, 'de-CH').replace('-', '−'),
};
const signOf = (name: string, place: number): number => (name === 'booked' && place % 3 === 0 ? -1 : 1);
const numbers = Object.fromEntries(
  Object.keys(ways).map((name) => [name, people(200).map((_, place) => signOf(name, place) * number(90_000))]),
);
const rows: readonly Row[] = people(200).map((row, place) => ({
  ...row,
  ...Object.fromEntries(Object.entries(ways).map(([name, way]) => [name, way(numbers[name]![place]!, place)])),
  masses: `${1 + random.below(900)} ${random.pick(['kg', 'g'])}`,
  unclear: place % 2 === 0 ? `${1 + random.below(9)},5 l` : `${random.below(9)}.25 l`,
  seat: `${1 + random.below(30)}${random.pick(['A', 'B', 'C', 'D'])}`,
  room: `room ${random.below(60)}`,
  stars: `${1 + random.below(5)} stars`,
  place: random.pick(['1st', '2nd', '3rd']),
  street: place === 0 ? '1st' : `${4 + random.below(9)}th`,
}));

beforeAll(async () => {
  lab = await DataLab.open();
  prepared = await lab.classify(rows, 'bought');
}, 600_000);
afterAll(() => lab[Symbol.dispose]());

test('they are used as numbers, and told with their unit', async () => {
  const units = {
    price: '€',
    dollars: 'USD',
    euros: '€',
    weight: 'kg',
    share: '%',
    length: 'm',
    grouped: '',
    booked: '',
    apart: '',
  };
  for (const [name, unit] of Object.entries(units))
    expect(prepared.column(name)).toMatchObject({ semantic: 'numeric', type: 'string', unit, used: true });
  expect(prepared.column('euros').decimal_comma).toBeTrue();
  expect(prepared.column('price')).toMatchObject({
    decimal_comma: false,
    missing: 0,
    max: Math.max(...numbers['price']!),
  });
  const alert = prepared.alert('numbers_with_units');
  expect(alert?.columns.toSorted()).toEqual([...Object.keys(units), 'stars'].toSorted());
  expect(alert?.message).toContain("'price' in '€'");
  const { development } = await lab.rows(prepared);
  for (const row of development) {
    const place = Number(row['_automl_row']);
    for (const name of Object.keys(units)) {
      const lost = (name === 'weight' && place === 7) || (name === 'share' && place % 9 === 3);
      expect([name, row[name]]).toEqual([name, lost ? null : numbers[name]![place]!]);
    }
  }
});

test('several units, and a comma that may be either, leave them texts', () => {
  expect(prepared.column('masses')).toMatchObject({ semantic: 'categorical' });
  expect(prepared.alert('mixed_units')).toMatchObject({ severity: 'medium', columns: ['masses'] });
  expect(prepared.alert('mixed_units')?.message).toContain("'masses' in 'g', 'kg'");
  for (const name of ['unclear', 'seat', 'room', 'place', 'street']) {
    expect(prepared.column(name)).toMatchObject({ semantic: 'categorical' });
    expect(prepared.column(name).unit).toBeUndefined();
  }
});

test('a mean or median may fill them; other imputers leave them texts', async () => {
  const imputers = { price: 'median', stars: 'most_frequent' } as const;
  const imputed = await lab.classify(rows, 'bought', { imputers });
  expect(imputed.column('price')).toMatchObject({ semantic: 'numeric', unit: '€' });
  expect(imputed.column('stars')).toMatchObject({ semantic: 'categorical' });
  const words = lab.classify(rows, 'bought', { imputers: { room: 'median' } });
  expect(await refused(words)).toContain("The column 'room' holds no numbers");
});

test('a regression predicts the numbers of such a target', async () => {
  const dear = await lab.regress(rows, 'price');
  expect(dear.profile.target).toMatchObject({ kind: 'number', max: Math.max(...numbers['price']!) });
  expect(dear.alert('target_with_unit')?.message).toContain("with the unit '€'");
  expect(await refused(lab.regress(rows, 'weight'))).toContain('holds texts');
});
