/** Small tables, the same in every run. */
import { Random } from '../../../support/random.ts';
import type { Row } from './data-lab.ts';

export interface Person extends Row {
  readonly age: number;
  readonly city: string;
  readonly income: number;
  readonly bought: 'yes' | 'no';
}

/** Whether somebody buys goes with the age, but not by it alone. */
export function people(count: number, seed = 1): Person[] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => {
    const age = 18 + random.below(60);
    const income = 1000 + random.below(90_000) / 10;
    const city = random.pick(['Bonn', 'Köln', 'Paris', 'Rome']);
    return { age, city, income, bought: age + random.below(60) > 75 ? ('yes' as const) : ('no' as const) };
  });
}

/** The rows with one column more. */
export function withColumn<R extends Row>(
  rows: readonly R[],
  name: string,
  value: (row: R, place: number) => string | number | boolean | null,
): Row[] {
  return rows.map((row, place) => ({ ...row, [name]: value(row, place) }));
}
