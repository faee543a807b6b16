import { expect, test } from 'bun:test';
import { withoutWrong } from './wrong-parts.ts';

const left = (key: string, value: string): string | undefined => withoutWrong({ [key]: value }).values[key];
const wrong = (key: string, value: string): string[] => withoutWrong({ [key]: value }).wrong.map(({ part }) => part);

test('columns that are none are left out, the others stay in their order', () => {
  expect(left('columns', 'metrics.loss,nonsense,params.lr')).toBe('metrics.loss,params.lr');
  expect(wrong('columns', 'metrics.loss,nonsense,params.lr')).toEqual(['nonsense']);
  expect(wrong('columns', 'attributes.source,attributes.nothing,metrics.,x@y@z')).toEqual([
    'attributes.nothing',
    'metrics.',
    'x@y@z',
  ]);
  expect(wrong('columns', 'metrics.loss@min,metrics.loss@20,metrics.loss@best')).toEqual(['metrics.loss@best']);
  expect(left('columns', 'nonsense')).toBeUndefined();
  // No column at all is a choice.
  expect(left('columns', ',')).toBe(',');
});

test('a key may hold anything that is encoded', () => {
  const odd = 'params.a%252Cb%40c,tags.%C3%A9';
  expect(left('columns', odd)).toBe(odd);
});

test('so it is with groups, orders, colours and experiments', () => {
  expect(left('group', 'tags.team,team')).toBe('tags.team');
  expect(left('sort', '~metrics.loss,name,created,foo,attributes.source,metrics.loss@min')).toBe(
    '~metrics.loss,name,created',
  );
  expect(wrong('sort', 'params.a`b"c')).toHaveLength(1);
  expect(left('colour', 'attributes.foo')).toBeUndefined();
  expect(left('colour', 'params.a,b')).toBe('params.a,b');
  expect(left('experiments', '1,x,2')).toBe('1,2');
});

test('more than the server takes are cut', () => {
  const many = Array.from({ length: 12 }, (_, i) => `tags.t${i}`);
  expect(left('group', many.join())).toBe(many.slice(0, 10).join());
  expect(wrong('group', many.join())).toEqual(many.slice(10));
});

test('what is right is left as it stands', () => {
  const values = { columns: 'metrics.loss', filter: 'nonsense (', sort: 'name' };
  expect(withoutWrong(values)).toEqual({ values, wrong: [] });
});
