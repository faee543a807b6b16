import { expect, test } from 'bun:test';
import { callSnippets, shortRequest } from './call-snippets.ts';

const request = { dataframe_split: { columns: ["it's"], data: [[1.5], [null], [true]] } };

test('each language has the request in its own words', () => {
  const { curl, python, typescript } = callSnippets('http://x/endpoints/a/invocations', request);
  expect(curl).toContain(`-d '{"dataframe_split":{"columns":["it'\\''s"],"data":[[1.5],[null],[true]]}}'`);
  expect(python).toContain('request = {"dataframe_split": {"columns": ["it\'s"], "data": [[1.5], [None], [True]]}}');
  expect(typescript).toContain(`body: JSON.stringify(${JSON.stringify(request)})`);
});

test('an example of many rows is told by its first', () => {
  expect(shortRequest(request)).toEqual({ dataframe_split: { columns: ["it's"], data: [[1.5], [null]] } });
  expect(shortRequest({ inputs: [1, 2, 3], params: { a: 1 } })).toEqual({ inputs: [1, 2], params: { a: 1 } });
});
