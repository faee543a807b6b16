import { expect, test } from 'bun:test';
import type { InputSchema } from '../../models/schema.ts';
import { asUsual, dialectOf } from './csv-dialect.ts';

const columns = (...fields: readonly [name: string, type: string][]): InputSchema => ({
  kind: 'columns',
  named: true,
  fields: fields.map(([name, type]) => ({ name, type, required: true })),
});

test.each([
  ['a,b\n1,2\n', ',"'],
  ['a;b\n1,5;2,5\n3;4\n', ';"'],
  ['a\tb\n1,5\t2\n', '\t"'],
  ["a|b\n'x'|'y'\n'z'|'x'\n", "|'"],
  // Apostrophes that end no cell.
  ["a,city\n1,'s-Hertogenbosch\n2,'01067\n3,Breda\n", ',"'],
  ["a;city\n1;'s-Hertogenbosch\n2;'01067\n3;Breda\n", ';"'],
  // Sentences of a table with one column.
  ['text\nfirst; then\nnow; later\nonce; again\n', ',"'],
])('of %j', async (text, found) => {
  const { separator, quote } = await dialectOf(new Blob([text]), undefined);
  expect(separator + quote).toBe(found);
});

test('a file that has what the model takes is read with commas, whatever its texts hold', async () => {
  const file = new Blob(['x,"a;b;c"\n1,p;q;r\n2,"p;q,s;r"\n3,p;q;r\n']);
  expect((await dialectOf(file, columns(['x', 'double'], ['a;b;c', 'string']))).separator).toBe(',');
});

test('commas are points in numbers that the model takes, and nowhere else', () => {
  const inputs = columns(['x', 'double'], ['s', 'string']);
  const text = 'x;s;more\n-1,5e3;1,5;1,5\n"1.299,5";"a;""b""";\n';
  expect(asUsual(text, { separator: ';', quote: '"' }, inputs)).toBe(
    'x,s,more\n-1.5e3,"1,5","1,5"\n"1.299,5","a;""b""",\n',
  );
});
