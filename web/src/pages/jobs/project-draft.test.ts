import { describe, expect, test } from 'bun:test';
import type { EntryPoint } from '../../api/projects.ts';
import {
  draftOfUrl,
  fieldOf,
  isReady,
  isSecret,
  others,
  urlOfDraft,
  valueProblem,
  wishOf,
  withValue,
} from './project-draft.ts';

const entry: EntryPoint = {
  name: 'main',
  command: 'python train.py {alpha} {data}',
  parameters: [
    { name: 'alpha', type: 'float', default: '0.5' },
    { name: 'data', type: 'path', default: undefined },
  ],
};
const blank = draftOfUrl({ uri: '/srv/project' });

test('what is filled in comes back from the address', () => {
  const draft = withValue({ ...blank, experiment: 'e', environment: 'uv' }, 'alpha', '0.7');
  expect(draftOfUrl(urlOfDraft(draft, {}))).toEqual(draft);
});

test('a parameter that is gone leaves the address, and so does the job that filled the form', () => {
  expect(urlOfDraft(blank, { 'p.old': '1', again: 'j' })).toMatchObject({ 'p.old': undefined, again: undefined });
});

test('secrets never stand in the address', () => {
  const draft = withValue({ ...blank, uri: 'https://me:hush@host/repo' }, 'api_token', 'hush');
  expect(JSON.stringify(urlOfDraft(draft, {}))).not.toContain('hush');
  expect(urlOfDraft({ ...blank, uri: 'ssh://git@host/repo' }, {})['uri']).toBe('ssh://git@host/repo');
  expect(['password', 'DB_PASSWD', 'secret', 'api-key', 'accessKey'].every(isSecret)).toBe(true);
  expect(['keys', 'alpha', 'tokenizer_path'].filter(isSecret)).toEqual(['tokenizer_path']);
});

describe('values', () => {
  test.each(['0.5', '-1e-3', '.5', '1_000', 'inf', ' NaN '])('%p is a number', (value) => {
    expect(valueProblem({ name: 'a', type: 'float', default: undefined }, value)).toBeUndefined();
  });
  test.each(['', 'abc', '1,5', '0x10'])('%p is none', (value) => {
    expect(valueProblem({ name: 'a', type: 'float', default: undefined }, value)).toBeDefined();
  });
  test('what has a default may be left out, an address has a scheme', () => {
    expect(valueProblem({ name: 'a', type: 'float', default: '1' }, undefined)).toBeUndefined();
    expect(valueProblem({ name: 'a', type: 'string', default: 'x' }, '')).toBeUndefined();
    expect(valueProblem({ name: 'a', type: 'uri', default: undefined }, 's3://b/x')).toBeUndefined();
    expect(valueProblem({ name: 'a', type: 'uri', default: undefined }, 'b/x')).toBeDefined();
  });
});

test('only what differs from the defaults is sent', () => {
  const draft = withValue(withValue(withValue(blank, 'alpha', '0.5'), 'data', ' d '), 'extra', '');
  expect(isReady(draft, entry)).toBe(true);
  expect(others(draft, entry)).toEqual([{ name: 'extra', value: '' }]);
  expect(wishOf(draft, entry)).toEqual({
    uri: '/srv/project',
    entry_point: 'main',
    parameters: { data: ' d ', extra: '' },
  });
  expect(isReady(blank, entry)).toBe(false);
});

test.each([
  ["The entry point 'main' needs a value for: data.", 'p.data'],
  ["The value of the parameter 'alpha' must be a text.", 'p.alpha'],
  ['the parameter data must be a file or folder that is there; /x is not.', 'p.data'],
  ["No experiment is called 'e'.", 'experiment'],
  ["The project has no entry point 'x'. It has: main, other.", 'entry'],
  ['https://host/r has no branch v9.', 'version'],
  ['/srv/project is no folder.', 'uri'],
])('%p is about %p', (message, field) => {
  expect(fieldOf(message, { ...blank, version: 'v9' }, entry)).toBe(field);
});
