/** Times that a model of series is asked for, as people and programs write them. */
import { expect, test } from 'bun:test';
import { automlPython } from '../../../src/automl/environment.ts';
import { doorCode, doorImports } from '../../../src/automl/forecast/cells/door.ts';
import type { SeriesSetting } from '../../../src/automl/forecast/series-setting.ts';
import { within } from '../../support/within.ts';
import { bound } from '../support/trial-lab.ts';

const python = await automlPython({ onProgress: () => undefined });

/** What a model with this format takes these texts for. */
async function read(timeFormat: string, texts: readonly string[]): Promise<unknown> {
  const setting = { time: 'ds', target: 'y', identity: [], pace: 'longer', timeFormat } as unknown as SeriesSetting;
  const imports = ['json', 'pandas as pd', ...doorImports(setting)].map((name) => `import ${name}`).join('\n');
  const program = `${imports}\nTIME, TARGET = "ds", "y"\n${doorCode(setting)}
print(json.dumps(times(pd.Series(${JSON.stringify(texts)})).dt.strftime("%Y-%m-%d").tolist()))`;
  const child = Bun.spawn([python, '-c', program], { stdin: 'ignore', stdout: 'pipe', stderr: 'pipe' });
  const [out, error] = await within(
    bound,
    Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()]),
  );
  const [, refused] = /^ValueError: (.*)$/m.exec(error) ?? [];
  if (refused !== undefined) return refused;
  expect(error).toBe('');
  return JSON.parse(out);
}

test(
  'times are read as those of the data, or as ISO 8601',
  async () => {
    const march = ['2024-03-02', '2024-03-02', '2024-03-02'];
    expect(await read('%d/%m/%Y', ['02/03/2024', '2024-03-02', '2024-03-02T00:00:00+01:00'])).toEqual(march);
    expect(await read('month names', ['2. März 2024', 'March 2, 2024', '2024-03-02'])).toEqual(march);
    expect(await read('mixed', ['2.3.2024', 'Saturday 2 March 2024', '2024-03-02'])).toEqual(march);
    expect(await read('mixed', ['2.3.2024', '10/11'])).toContain("'ds' holds '10/11', which is no time");
  },
  2 * bound,
);
