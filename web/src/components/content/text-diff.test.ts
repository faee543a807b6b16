import { describe, expect, test } from 'bun:test';
import { diffRows, diffWords, foldedRows, type DiffRow } from './text-diff.ts';

const told = (rows: readonly DiffRow[]): string[] =>
  rows.map(({ kind, left, right }) => {
    const side = (line: DiffRow['left']): string => line?.parts.map(({ text }) => text).join('') ?? '';
    return kind === 'same'
      ? `  ${side(left)}`
      : kind === 'removed'
        ? `- ${side(left)}`
        : kind === 'added'
          ? `+ ${side(right)}`
          : `! ${side(left)} | ${side(right)}`;
  });
const text = (...lines: string[]): string => lines.join('\n');

describe('lines', () => {
  test('equal texts have equal rows, numbered on both sides', () => {
    const rows = diffRows('a\nb\n', 'a\nb\n');
    expect(told(rows)).toEqual(['  a', '  b']);
    expect(rows[1]?.left?.number).toBe(2);
  });

  test('hundreds of thousands of lines that were replaced are rows as well', () => {
    const many = (sign: string): string => `${sign}\n`.repeat(300_000);
    const rows = diffRows(many('a'), many('b'));
    expect(rows).toHaveLength(300_000);
    const same = diffRows(many('a'), many('a'));
    expect(foldedRows(same, new Set([0]))).toHaveLength(300_000);
  });

  test('empty texts have no rows, and against one every line is added or removed', () => {
    expect(diffRows('', '')).toEqual([]);
    expect(told(diffRows('', 'a\nb'))).toEqual(['+ a', '+ b']);
    expect(told(diffRows('a\nb', ''))).toEqual(['- a', '- b']);
  });

  test('what was inserted, removed and changed is told with the fewest edits', () => {
    const left = text('numpy==1.0', 'pandas==2.0', 'scipy==3', 'torch==4');
    const right = text('numpy==1.0', 'pandas==2.1', 'torch==4', 'xgboost==5');
    expect(told(diffRows(left, right))).toEqual([
      '  numpy==1.0',
      '! pandas==2.0 | pandas==2.1',
      '- scipy==3',
      '  torch==4',
      '+ xgboost==5',
    ]);
  });

  test('the example of the algorithm: ABCABBA and CBABAC differ in five letters', () => {
    const rows = diffRows('ABCABBA'.split('').join('\n'), 'CBABAC'.split('').join('\n'));
    const edits = rows.reduce((sum, { kind }) => sum + (kind === 'same' ? 0 : kind === 'changed' ? 2 : 1), 0);
    expect(edits).toBe(5);
  });

  test('both sides can be read back from the rows, whatever the texts', () => {
    let seed = 7;
    const random = (below: number): number => (seed = (seed * 48271) % 2147483647) % below;
    for (let round = 0; round < 300; round++) {
      const side = (): string[] => Array.from({ length: random(12) }, () => 'abcd'[random(4)] ?? '');
      const [left, right] = [side(), side()];
      const rows = diffRows(text(...left, 'end'), text(...right, 'end'));
      const back = (which: 'left' | 'right'): string[] =>
        rows.flatMap((row) => (row[which] ? [row[which].parts.map((part) => part.text).join('')] : []));
      expect([back('left'), back('right')]).toEqual([
        [...left, 'end'],
        [...right, 'end'],
      ]);
      expect(rows.flatMap((row) => row.left?.number ?? [])).toEqual([...left, ''].map((_, i) => i + 1));
    }
  });

  test('line ends of Windows are no difference', () => {
    expect(told(diffRows('a\r\nb\r\n', 'a\nb\n'))).toEqual(['  a', '  b']);
  });

  test('texts of which nothing is alike are told as replaced, and soon', () => {
    const many = (word: string): string => text(...Array.from({ length: 20_000 }, (_, i) => `${word} ${i}`));
    const start = performance.now();
    const rows = diffRows(many('left'), many('right'));
    expect(performance.now() - start).toBeLessThan(5000);
    expect(rows).toHaveLength(20_000);
    expect(rows.every(({ kind }) => kind === 'changed')).toBe(true);
  });
});

describe('words', () => {
  test('only the words that differ are marked', () => {
    const [left, right] = diffWords('learning_rate: 0.1 # slow', 'learning_rate: 0.25 # slow');
    expect(left.filter(({ marked }) => marked).map(({ text: part }) => part)).toEqual(['1']);
    expect(right.filter(({ marked }) => marked).map(({ text: part }) => part)).toEqual(['25']);
    expect(right.map(({ text: part }) => part).join('')).toBe('learning_rate: 0.25 # slow');
  });

  test('lines with hardly anything in common bear no marks', () => {
    expect(
      diffWords('import numpy', 'return 1 + 2')
        .flat()
        .some(({ marked }) => marked),
    ).toBe(false);
  });
});

describe('folds', () => {
  const lines = Array.from({ length: 30 }, (_, i) => `line ${i}`);
  const rows = diffRows(text(...lines), text(...lines.with(15, 'other')));

  test('equal stretches are folded, three rows around a change stay', () => {
    const shown = foldedRows(rows, new Set());
    expect(shown).toHaveLength(1 + 3 + 1 + 3 + 1);
    expect(shown[0]).toEqual({ kind: 'fold', from: 0, rows: 12 });
    expect(shown.at(-1)).toEqual({ kind: 'fold', from: 19, rows: 11 });
  });

  test('an opened fold shows its rows, the others stay', () => {
    const shown = foldedRows(rows, new Set([0]));
    expect(shown).toHaveLength(15 + 1 + 3 + 1);
  });
});
