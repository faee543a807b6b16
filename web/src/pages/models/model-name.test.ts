import { expect, test } from 'bun:test';
import { aliasProblem, isModelFilter, isModelFilterBegun, modelUri, nameProblem } from './model-name.ts';
import { text } from '../../text/models.ts';

test.each([
  ['a name', undefined],
  ['100% näme.v1 <b>#?&+', undefined],
  ['..a', text.name.path],
  ['', text.name.missing],
  ['  ', text.name.missing],
  ['a/b', text.name.separators],
  ['models:x', text.name.separators],
  ['.', text.name.path],
  ['..', text.name.path],
])('the model name %p', (name, problem) => {
  expect(nameProblem(name)).toBe(problem);
});

test.each([
  ['champion-2_ü', undefined],
  ['', text.alias.empty],
  ['two words', text.alias.letters],
  ['Latest', text.alias.reserved],
  ['v12', text.alias.reserved],
  ['a'.repeat(256), text.alias.long],
])('the alias %p', (alias, problem) => {
  expect(aliasProblem(alias)).toBe(problem);
});

test.each([
  ["name = 'x'", true],
  ["name LIKE 'fraud%' and tags.team = 'a'", true],
  ["tags.`my tag` != 'x'", true],
  ["attribute.name ILIKE 'x'", true],
  ["NAME='x'", true],
  ['fraud model', false],
  ['username is ada', false],
  ['a=b', false],
])('%p is a filter: %p', (typed, filter) => {
  expect(isModelFilter(typed)).toBe(filter);
});

test('addresses of models', () => {
  expect(modelUri('a b', { version: '3' })).toBe('models:/a b/3');
  expect(modelUri('a', { alias: 'champion' })).toBe('models:/a@champion');
  expect(modelUri('a', { stage: 'Production' })).toBe('models:/a/Production');
});

test.each([
  ['name', true],
  ['tags.team', true],
  ['named', false],
  ['classifier', false],
])('%p begins a filter: %p', (typed, expected) => {
  expect(isModelFilterBegun(typed)).toBe(expected);
});
