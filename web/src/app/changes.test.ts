import { expect, test } from 'bun:test';
import { isOfCompared, isOfSeveral, keysOf, noChange, readChange, together } from './changes.ts';

test('a change of runs makes the run, the runs of its experiment and the list old', () => {
  const change = readChange('{"activity":["1"],"runs":["abc"],"models":[]}');
  expect(keysOf(change)).toEqual([['experiments'], ['runs', '1'], ['run', 'abc']]);
});

test('a change of an experiment leaves its runs alone', () => {
  expect(keysOf(readChange('{"experiments":["1"]}'))).toEqual([['experiments'], ['experiment', '1']]);
});

test('a change of a model makes the model and the list of models old', () => {
  expect(keysOf(readChange('{"models":["x","y"]}'))).toEqual([['models'], ['model', 'x'], ['model', 'y']]);
});

test('a change of an endpoint makes the endpoint and the list of endpoints old', () => {
  expect(keysOf(readChange('{"endpoints":["churn"]}'))).toEqual([['endpoints'], ['endpoint', 'churn']]);
});

test('a change of a job makes the job and the queue old', () => {
  expect(keysOf(readChange('{"jobs":["j1"]}'))).toEqual([['jobs'], ['job', 'j1']]);
});

test('a change of everything makes every query old, also together with others', () => {
  const all = together(readChange('{"runs":["a"]}'), readChange('{"all":true}'));
  expect(keysOf(all)).toEqual([[]]);
});

test.each(['', 'null', '[]', '5', '{"runs":"abc","models":[1,null]}', '{'])('%p is no change', (data) => {
  expect(readChange(data)).toEqual(noChange);
  expect(keysOf(readChange(data))).toEqual([]);
});

test('changes that come together name everything once', () => {
  const one = readChange('{"experiments":["1"],"runs":["a"]}');
  const other = readChange('{"experiments":["1","2"],"runs":["b"]}');
  expect(together(one, other)).toEqual({
    all: false,
    experiments: ['1', '2'],
    activity: [],
    runs: ['a', 'b'],
    models: [],
    endpoints: [],
    jobs: [],
  });
});

test('a comparison is old when one of its runs changed', () => {
  expect(isOfCompared(['compare', 'a,b'], ['b'])).toBe(true);
  expect(isOfCompared(['compare', 'a,bc'], ['b'])).toBe(false);
  expect(isOfCompared(['runs', 'a,b'], ['b'])).toBe(false);
});

test('a table of several experiments is old when one of them changed', () => {
  expect(isOfSeveral(['runs', '1,2', 'table'], ['2'])).toBe(true);
  expect(isOfSeveral(['runs', '1,2', 'table'], ['12'])).toBe(false);
  expect(isOfSeveral(['runs', '1'], ['1'])).toBe(false);
  expect(isOfSeveral(['run', '1,2'], ['1'])).toBe(false);
});
