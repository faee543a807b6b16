import { expect, test } from 'bun:test';
import type { Cell } from '../../api/run-table.ts';
import { groupsOf } from './grouping.ts';

function labelsOf(cells: readonly (readonly (Cell | undefined)[])[]): string[] {
  const columns = ['params.lr', 'params.kind'].slice(0, cells[0]?.length);
  const at = (id: string, column: string): Cell | undefined => cells[Number(id)]?.[columns.indexOf(column)];
  return groupsOf(Object.keys(cells), columns, { at, loading: false }).map(({ label }) => label);
}

test('groups stand in the order of their numbers, however these are written', () => {
  expect(labelsOf([['0.1'], ['1e-3'], ['-1'], ['0.01'], ['-0.5'], [null]])).toEqual([
    'lr -1',
    'lr -0.5',
    'lr 1e-3',
    'lr 0.01',
    'lr 0.1',
    'lr no value',
  ]);
});

test('runs that have the same are one group, and while a value is missing there is none', () => {
  expect(labelsOf([['2', 'b'], ['10', 'a'], ['2', 'a'], ['2', 'b']])).toEqual(['lr 2, kind a', 'lr 2, kind b', 'lr 10, kind a']); // prettier-ignore
  expect(labelsOf([['2'], [undefined]])).toEqual([]);
});
