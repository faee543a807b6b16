import { expect, test } from 'bun:test';
import { cleanMappings, giveBackProgramPages } from './program-pages.ts';

function mapping(line: string, anonymous = 0, swapped = 0): string {
  return `${line}\nSize:  100 kB\nRss:  40 kB\nPrivate_Clean:  40 kB\nAnonymous:  ${anonymous} kB\nSwap:  ${swapped} kB\nVmFlags: rd mr\n`;
}

const text = '00400000-00500000 r-xp 00200000 fe:01 123                        /opt/my bun';
const [from, to] = [0x400000, 0x500000];

test('what the program has clean and read-only is given back', () => {
  const smaps = mapping('00200000-00300000 r--p 00000000 fe:01 123      /opt/my bun') + mapping(text);
  expect(cleanMappings('/opt/my bun', smaps)).toEqual([
    [0x200000, 0x300000],
    [from, to],
  ]);
});

test.each(['libc.so.6', 'libonnxruntime.so', 'libstdc++.so.6.0.30', 'onnxruntime_binding.node'])(
  'so is what the library %s has',
  (name) => {
    expect(cleanMappings('/opt/my bun', mapping(text.replace('my bun', name)))).toEqual([[from, to]]);
  },
);

test.each([
  ['relocated pages', mapping(text, 4)],
  ['relocated pages that are swapped out', mapping(text, 0, 4)],
  ['what can be written to', mapping(text.replace('r-xp', 'rw-p'))],
  ['what can be written to and run', mapping(text.replace('r-xp', 'rwxp'))],
  ['what is shared', mapping(text.replace('r-xp', 'r-xs'))],
  ['what is no file', mapping('00400000-00500000 r-xp 00000000 00:00 0 ')],
  ['another file', mapping(text.replace('my bun', 'weights.onnx'))],
  ['a file that was replaced', mapping(`${text} (deleted)`)],
  ['a mapping of which nothing is said', `${text}\n`],
  ['an empty list', ''],
])('%s stays', (_, smaps) => {
  expect(cleanMappings('/opt/my bun', smaps)).toEqual([]);
});

test.skipIf(process.platform !== 'linux')('the program runs on without its pages, also while it works', async () => {
  const work = Array.from({ length: 50 }, (_, i) => Bun.gzipSync(Bun.randomUUIDv7().repeat(i + 1)));
  const whole = work.map((bytes) => Bun.gunzipSync(bytes));
  for (let i = 0; i < 50; i++) {
    await giveBackProgramPages();
    expect(work.map((bytes) => Bun.gunzipSync(bytes))).toEqual(whole);
  }
});
