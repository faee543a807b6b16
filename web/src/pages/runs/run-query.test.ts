import { describe, expect, test } from 'bun:test';
import {
  clausesOf,
  columnInFilter,
  isFilter,
  isFilterBegun,
  keyOfColumn,
  orderBy,
  orderName,
  readList,
  readRunQuery,
  type ColumnRef,
  withClause,
  writeColumns,
  writeList,
  writeSort,
} from './run-query.ts';

const awkward = ['plain', 'a,b', 'at@sign', '~tilde', 'per%cent', 'é/ü', 'with space', 'a:b'];

test('lists survive the address, whatever their items hold', () => {
  expect(readList(writeList(awkward))).toEqual(awkward);
  expect(readList(undefined)).toEqual([]);
  expect(readList('%E0%A4%A')).toEqual(['%E0%A4%A']);
});

test('columns survive the address with their aggregates; what is none is left out', () => {
  const columns: ColumnRef[] = awkward.flatMap((key) => [
    { name: `metrics.${key}`, aggregate: 'last' },
    { name: `metrics.${key}`, aggregate: 'min' },
    { name: `params.${key}`, aggregate: 'last' },
  ]);
  expect(readRunQuery({ columns: writeColumns(columns) }, '1').columns).toEqual(columns);
  expect(readRunQuery({ columns: ',' }, '1').columns).toEqual([]);
  expect(readRunQuery({ columns: 'nonsense,metrics.a,system' }, '1').columns).toEqual([
    { name: 'metrics.a', aggregate: 'last' },
  ]);
  expect(readRunQuery({}, '1').columns).toBeUndefined();
});

test('sort keys survive the address and become order_by', () => {
  const sort = [
    { column: 'metrics.a b', descending: true },
    { column: 'name', descending: false },
    { column: 'params.~x', descending: false },
  ];
  expect(readRunQuery({ sort: writeSort(sort) }, '1').sort).toEqual(sort);
  expect(orderBy(sort)).toEqual(['metrics.`a b` DESC', 'attributes.run_name ASC', 'params.`~x` ASC']);
  expect(orderBy([{ column: 'duration', descending: true }])).toEqual(['attributes.duration DESC']);
  expect(orderBy([{ column: 'experiment', descending: true }])).toEqual([]);
});

test('experiments come from the path, or several from the query', () => {
  expect(readRunQuery({ experiments: '1,2' }, undefined).experimentIds).toEqual(['1', '2']);
  expect(readRunQuery({ experiments: '1,2' }, '7').experimentIds).toEqual(['7']);
});

describe('what is typed', () => {
  test.each(['metrics.a > 1', "tags.x = 'y'", "params.p ILIKE '%a'", 'metrics.a IS NULL', "status IN ('A')", 'a<b'])(
    '%s is a filter',
    (typed) => {
      expect(isFilter(typed)).toBe(true);
    },
  );
  test.each(['trial-7', 'like a rolling stone', 'in the middle', '0123abcd', 'this is it', ''])(
    '%s is words',
    (typed) => {
      expect(isFilter(typed)).toBe(false);
    },
  );
});

test.each([
  ['metrics.val_loss', true],
  ['params.', true],
  ['tag.team ', true],
  ['attributes', true],
  ['metrics', true],
  ['trial-7', false],
  ['tag', false],
  ['run.1', false],
  ['my metrics', false],
  ['', false],
])('%p begins a filter: %p', (typed, expected) => {
  expect(isFilterBegun(typed)).toBe(expected);
});

test('keys are quoted where the grammar wants it', () => {
  expect(columnInFilter('metrics.loss')).toBe('metrics.loss');
  expect(columnInFilter('metrics.val/loss')).toBe('metrics.`val/loss`');
  expect(columnInFilter('params.odd`key')).toBe('params."odd`key"');
});

test('clauses are split at AND outside of quotes and parentheses', () => {
  const clauses = ["tags.a = 'x and y'", "status IN ('A', 'B and C')", 'metrics.m > 1'];
  expect(clausesOf(clauses.join(' AND '))).toEqual(clauses);
  expect(clausesOf('')).toEqual([]);
  expect(withClause(clauses[0] ?? '', 'metrics.m > 1')).toBe("tags.a = 'x and y' and metrics.m > 1");
  expect(withClause('metrics.m > 1', 'metrics.m > 1')).toBe('metrics.m > 1');
});

test('a column may be a metric at a step; the server cannot order by it', () => {
  const { columns = [] } = readRunQuery({ columns: 'metrics.loss@100,metrics.loss@-5,metrics.loss@1.5' }, '1');
  const [at, before, cut] = columns;
  expect(at).toEqual({ name: 'metrics.loss', aggregate: 'at', step: 100 });
  expect(before).toEqual({ name: 'metrics.loss', aggregate: 'at', step: -5 });
  expect(cut).toEqual({ name: 'metrics.loss', aggregate: 'last' });
  expect(writeColumns(columns)).toBe('metrics.loss@100,metrics.loss@-5,metrics.loss');
  expect(columns.map(keyOfColumn).map(orderName)).toEqual([undefined, undefined, 'metrics.loss']);
});

test('an address says which of the first columns it leaves out, none of them, or nothing', () => {
  const leftOut = (without?: string) => readRunQuery({ without }, '1').leftOut;
  expect(leftOut()).toBeUndefined();
  expect(leftOut(',')).toEqual([]);
  expect(leftOut('created,nonsense,name')).toEqual(['created']);
});

test('runs are coloured by what can be a column', () => {
  expect(readRunQuery({ colour: 'params.lr' }, '1').colourBy).toBe('params.lr');
  expect(readRunQuery({ colour: 'nonsense' }, '1').colourBy).toBeUndefined();
});
