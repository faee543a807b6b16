/** What a search says of its data. */
import { expect, test } from 'bun:test';
import type { ColumnProfile, TabularProfile } from '../../protocol/automl-record.ts';
import { sizeText } from './search-view.ts';

const column = (name: string, used: boolean): ColumnProfile => ({
  name,
  type: 'double',
  semantic: 'numeric',
  missing: 0,
  unique: 9,
  used,
  examples: [],
});

const profile: TabularProfile = {
  kind: 'tabular',
  rows: 600,
  columns: [column('x', true), column('id', false), column('class', false)],
  alerts: [],
  data_hash: 'abc',
  target: { kind: 'binary', classes: ['a', 'b'], counts: [240, 240] },
  development_rows: 480,
  test_rows: 120,
  validation: { kind: 'folds', folds: 5 },
};

test('rows that are used are told, and columns without the target', () => {
  expect(sizeText(profile, 'class')).toBe('600 rows; 1 of 2 columns predict class');
  // Rows without a target are left out.
  expect(sizeText({ ...profile, development_rows: 470 }, 'class')).toBe(
    '590 of 600 rows; 1 of 2 columns predict class',
  );
});
