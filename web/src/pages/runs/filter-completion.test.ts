import { expect, test } from 'bun:test';
import { completionAt, suggestionsOf } from './filter-completion.ts';

const keys = {
  metrics: [{ key: 'loss' }, { key: 'val/loss' }],
  params: [{ key: 'lr' }],
  tags: [{ key: 'team' }],
};

test.each([
  ['met', 'key', 'met'],
  ["params.lr = '1' and me", 'key', 'me'],
  ['metrics.loss ', 'operator', ''],
  ['metrics.loss <', 'value', ''],
  ["params.lr = '0.", 'value', "'0."],
  ['metrics.loss < 1 ', 'joiner', ''],
  ["tags.a = 'x and y' an", 'joiner', 'an'],
  ["tags.a = 'x and ", 'value', "'x and "],
] as const)('at the end of %s stands a %s', (before, kind, typed) => {
  expect(completionAt(before)).toMatchObject({ kind, typed, start: before.length - typed.length });
});

test('words are left alone', () => {
  expect(completionAt('my best run')?.kind).not.toBe('key');
});

function offered(before: string, values?: readonly { value: string; count: number }[]): string[] {
  const completion = completionAt(before);
  return completion ? suggestionsOf(completion, keys, values && { values }).map(({ insert }) => insert) : [];
}

test('what starts so comes first, and is quoted as the grammar wants', () => {
  expect(offered('metrics.')).toEqual(['metrics.loss ', 'metrics.`val/loss` ']);
  expect(offered('loss')).toEqual(['metrics.loss ', 'metrics.`val/loss` ']);
  expect(offered('')).toEqual([]);
});

test('operators follow the kind, values are literals', () => {
  expect(offered('metrics.loss ')).toContain('>= ');
  for (const key of ['dataset.name', 'params.lr', 'tags.team']) expect(offered(`${key} `)).toContain("IN ('");
  expect(offered('params.lr ')).toContain('> ');
  expect(offered('tags.team ')).not.toContain('> ');
  expect(
    offered('params.lr = ', [
      { value: '0.1', count: 3 },
      { value: "it's", count: 1 },
    ]),
  ).toEqual([`'0.1' `, `"it's" `]);
  expect(offered("attributes.status = 'FAI")).toEqual(["'FAILED' "]);
  expect(offered('metrics.loss < 1 ')).toEqual(['and ']);
});
