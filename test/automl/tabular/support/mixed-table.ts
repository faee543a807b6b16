/** A table with a column of every type, and gaps in most. */
import { Random } from '../../../support/random.ts';

const cities = ['Rome', 'Oslo', 'Lima'];
const words = ['good', 'bad', 'great', 'awful', 'service', 'room', 'staff', 'food', 'price', 'clean', 'the', 'was'];

/** CSV; `bought` is yes or no, `spent` a number, `part` says train, validate or test. */
export function mixedTable(rows: number, seed = 1): string {
  const numbers = new Random(seed);
  const random = (): number => numbers.below(2 ** 31) / 2 ** 31;
  const pick = <T>(of: readonly T[]): T => numbers.pick(of);
  const gap = (value: string | number | boolean): string => (random() < 0.1 ? '' : String(value));
  const lines = Array.from({ length: rows }, () => {
    const age = 20 + Math.floor(random() * 50);
    const city = pick(cities);
    const member = random() < 0.4;
    const text = Array.from({ length: 12 }, () => pick(words));
    const mood = text.filter((word) => word === 'great').length - text.filter((word) => word === 'awful').length;
    const day = new Date(Date.UTC(2021, 0, 1) + Math.floor(random() * 1000) * 86_400_000);
    const when = day.toISOString().slice(0, 10).split('-').reverse().join('.');
    const spent = (age - 45) / 10 + (city === 'Rome' ? 2 : 0) + mood + (member ? 1 : 0) + random() * 2 - 1;
    const part = random() < 0.6 ? 'train' : random() < 0.5 ? 'validate' : 'test';
    const zip = `z${Math.floor(random() * 40)}`;
    const cells = [age, random() * 100, city, zip, when, member, text.join(' ')].map(gap);
    return [...cells, spent > 1 ? 'yes' : 'no', spent.toFixed(3), part].join(',');
  });
  return `age,income,city,zip,joined,member,note,bought,spent,part\n${lines.join('\n')}\n`;
}
