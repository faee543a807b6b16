import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { automlPython } from '../../../src/automl/environment.ts';
import { pythonFolder } from '../../../src/automl/python-folder.ts';
import { startSearcher } from '../../../src/automl/worker/searcher.ts';
import { freshFolder, removeFolder } from '../../support/folders.ts';
import { within } from '../../support/within.ts';

const bound = 60_000;

let folder: string;
let python: string;

beforeAll(async () => {
  folder = freshFolder();
  python = await automlPython({ onProgress: () => undefined });
}, 600_000);

afterAll(() => removeFolder(folder));

async function answerTo(module: string, line: string): Promise<{ text: string; code: number }> {
  const child = Bun.spawn([python, '-P', '-m', `modelyard_automl.${module}`], {
    env: { ...process.env, PYTHONPATH: pythonFolder() },
    stdin: new Blob([`${line}\n`]),
    stdout: 'pipe',
    stderr: 'inherit',
  });
  const [text, code] = await within(bound, Promise.all([child.stdout.text(), child.exited]));
  return { text, code };
}

/** A program that answers whatever it is asked with this line. */
function pythonThatSays(line: string): string {
  const file = join(folder, 'python');
  writeFileSync(file, `#!/bin/sh\necho '${line}'\nexec cat >/dev/null\n`);
  chmodSync(file, 0o755);
  return file;
}

describe('another version of the protocol', () => {
  test.each(['zygote', 'searcher', 'reproduce'])('is refused by %s', async (module) => {
    const { text, code } = await answerTo(module, '{"v":2,"op":"start"}');
    expect(JSON.parse(text)).toEqual({
      v: 1,
      event: 'refused',
      message: 'This speaks version 1 of the protocol and was asked in 2.',
    });
    expect(code).toBe(2);
  });

  test('is refused by us', async () => {
    const options = { python: pythonThatSays('{"v":2,"event":"answer","id":1}'), space: {}, seed: 1, environment: {} };
    const started = startSearcher({ ...options, greaterIsBetter: true });
    expect(within(bound, started)).rejects.toThrow('It speaks version 2 of the protocol, not 1.');
  });

  test('and what is no protocol is told as it is', async () => {
    const options = { python: pythonThatSays('Hello'), space: {}, seed: 1, environment: {} };
    const started = startSearcher({ ...options, greaterIsBetter: true });
    expect(within(bound, started)).rejects.toThrow('It does not speak the protocol: Hello');
  });
});
