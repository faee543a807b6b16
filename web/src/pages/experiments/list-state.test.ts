import { expect, test } from 'bun:test';
import { isFilter, questionOf, readListState, sortAfterClick, writeClosed } from './list-state.ts';

test.each([
  "tags.team = 'x'",
  "name LIKE 'a%'",
  "name ilike '%x'",
  'creation_time > 5',
  "tag.a!='b'",
  "experiment_id IN ('1')",
])('%s is a filter', (words) => {
  expect(isFilter(words)).toBe(true);
});

test.each(['name', 'resnet', 'names = 1', 'tags', 'my name = x', 'a = b'])('%s is words', (words) => {
  expect(isFilter(words)).toBe(false);
});

test('closed folders come back from the address, whatever is in their names', () => {
  const closed = new Set(['a,b/', 'ü/%/']);
  expect(readListState({ closed: writeClosed(closed) }).closed).toEqual(closed);
  expect(readListState({ closed: '%' }).closed).toEqual(new Set(['%']));
});

test('a sort that does not exist is the newest activity first', () => {
  expect(readListState({ sort: '__proto__' })).toMatchObject({ order: 'last_activity', ascending: false });
  expect(readListState({ sort: '-runs' })).toMatchObject({ order: 'runs', ascending: false });
});

test('a header sorts texts from a to z and numbers from the greatest; a second click turns it round', () => {
  expect(sortAfterClick(readListState({}), 'name')).toBe('name');
  expect(sortAfterClick(readListState({ sort: 'name' }), 'name')).toBe('-name');
  expect(sortAfterClick(readListState({}), 'runs')).toBe('-runs');
  expect(sortAfterClick(readListState({}), 'tags')).toBe('tags');
  expect(sortAfterClick(readListState({ sort: 'description' }), 'description')).toBe('-description');
  expect(sortAfterClick(readListState({}), 'last_activity')).toBe('last_activity');
});

test('starred ones are asked for apart, a filter holds for both', () => {
  const state = readListState({ q: "tags.a = 'b'" });
  expect(questionOf(state, ['1', '2'], true).filter).toBe("tags.a = 'b' AND experiment_id IN ('1', '2')");
  expect(questionOf(state, ['1', '2'], false).filter).toBe("tags.a = 'b' AND experiment_id NOT IN ('1', '2')");
  expect(questionOf(readListState({ q: 'words' }), [], false)).toMatchObject({ filter: '', text: 'words' });
});
