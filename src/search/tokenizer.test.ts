import { describe, expect, test } from 'bun:test';
import { parseRunFilter } from './filter-parser.ts';
import { outcome } from './test-outcome.ts';
import { maxSearchTextLength, tokenize } from './tokenizer.ts';

const rows: [string, string][] = [
  ['metrics.a>=-.5e-3', 'word metrics.a|operator >=|number -.5e-3'],
  ["tags.`a b`LIKE'%x%'", "word tags.`a b`|keyword LIKE|string '%x%'"],
  ['a-b a/b a@b', 'word a-b|word a/b|word a@b'],
  ["'C:\\'", "string 'C:\\'"],
  ["'it''s' 'it\\'s'", "string 'it''s'|string 'it\\'s'"],
  ["x = 'open", "word x|operator =|junk '|word open"],
  ['1_000 2nd 3 4.5', 'word 1_000|word 2nd|number 3|number 4.5'],
  ['a--b\nc /*d*/ e', 'word a|comment --b|word c|comment /*d*/|word e'],
  ['in (1,2);', 'keyword in|open (|number 1|comma ,|number 2|close )|semicolon ;'],
  ['"metrics"."a" ! != é', 'word "metrics"."a"|junk !|operator !=|word é'],
  ['tags.in', 'word tags.in'],
];

describe('tokenize', () => {
  test.each(rows)('%s', (text, tokens) => {
    expect(
      tokenize(text)
        .map((token) => `${token.type} ${token.text}`)
        .join('|'),
    ).toBe(tokens);
  });

  test.each([
    ["params. p = 'x'", "word params. p|operator =|string 'x'"],
    ['a .b\t.\n`c d` > 1', 'word a .b\t.\n`c d`|operator >|number 1'],
    ['params. "p" = 1', 'word params. "p"|operator =|number 1'],
    // Behind the blanks it must go on as a name.
    ['params. = 1', 'word params.|operator =|number 1'],
    ['params. 1 = 1', 'word params.|number 1|operator =|number 1'],
    ['params. 1p = 1', 'word params. 1p|operator =|number 1'],
    ['params. like 1', 'word params.|keyword like|number 1'],
    ["params. 'p'", "word params.|string 'p'"],
    ['params. `p', 'word params.|junk `|word p'],
    ['a b', 'word a|word b'],
    ['a ', 'word a'],
  ])('in a filter, blanks around the dot of a key belong to it: %s', (text, tokens) => {
    const found = tokenize(text, { joinsBlanks: true });
    expect(found.map((token) => `${token.type} ${token.text}`).join('|')).toBe(tokens);
  });

  test('refuses a text beyond the limit', () => {
    expect(outcome(() => parseRunFilter('x'.repeat(maxSearchTextLength + 1)))).toStartWith('! A search expression of');
  });

  test('refuses more comparisons than a database takes', () => {
    expect(outcome(() => parseRunFilter("tags.a = 'x' ".repeat(501)))).toStartWith('! The filter has 501 comparisons');
  });

  const hostile: [string, string][] = [
    ['quotes', "'".repeat(200_000)],
    ['backticks', 'a.`'.repeat(200_000)],
    ['escapes', `a = '${"\\'".repeat(200_000)}`],
    ['parentheses', '('.repeat(200_000) + ')'.repeat(200_000)],
    ['operators', 'a = '.repeat(200_000)],
    ['commas', 'a, '.repeat(200_000)],
  ];
  // Quadratic reading would take minutes; linear reading takes some 100 ms on a slow machine.
  test.each(hostile)('reads %s in linear time', (_name, text) => {
    const start = performance.now();
    expect(outcome(() => parseRunFilter(text))).toStartWith('! ');
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
