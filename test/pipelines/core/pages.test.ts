/** The picture, the page and the report of a pipeline, what scaffold makes, and what a terminal shows. */
import { join } from 'node:path';
import { expect, test } from 'bun:test';
import { onTerminal, withoutColours } from '../../cli/support/cli.ts';
import { pipelineFolder, shellTask } from './pipeline-folder.ts';

const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const notebook = JSON.stringify({
  cells: [
    { cell_type: 'markdown', source: ['# A <title>'] },
    {
      cell_type: 'code',
      source: 'plot()',
      outputs: [
        { output_type: 'stream', name: 'stdout', text: ['seen & done\n'] },
        { output_type: 'display_data', data: { 'image/png': `${png}\n`, 'text/plain': 'picture' } },
        { output_type: 'execute_result', data: { 'text/html': '<script>alert(1)</script>', 'text/plain': '42' } },
      ],
    },
  ],
});

const files = {
  'pipeline.yaml': `tasks:
  - source: load.sh
    product: {data: out/<data>.csv, nb: out/nb.ipynb, picture: out/p.png}
    params: {rows: 3}
  - {source: fit.sh, product: out/fit.txt}
`,
  'load.sh': `# {{ rows }} Reads the <table>
printf 'name,note\\n"a, b",<b>bold</b>\\n' > '{{ product["data"] }}'
cp notebook {{ product["nb"] }}; cp picture {{ product["picture"] }}
`,
  'fit.sh': 'cat "{{ upstream["load"]["data"] }}" > {{ product }}; echo "bad <column>" >&2; exit 1\n',
  notebook,
  picture: 'not one really',
};

test('the graph is a picture and a page, and the report tells what was made and what failed', async () => {
  const folder = pipelineFolder(files);
  await folder.out('plot');
  const picture = folder.read('pipeline.svg');
  expect(picture).toContain('aria-label="Pipeline');
  expect(picture).toContain('prefers-color-scheme: dark');
  expect(picture).toContain('load will run, fit will run');

  await folder.build();
  await folder.out('plot', '--output', 'graph.html');
  const page = folder.read('graph.html');
  expect(page).toContain('did not end well before');
  expect(page).toContain('data: out/&lt;data&gt;.csv');
  expect(page).not.toMatch(/https?:\/\/(?!www\.w3\.org)/);

  await folder.out('report', '-o', 'report.html');
  const report = folder.read('report.html');
  expect(report).toContain('<td>a, b</td><td>&lt;b&gt;bold&lt;/b&gt;</td>');
  expect(report).toContain('# A &lt;title&gt;');
  expect(report).toContain('<pre>seen &amp; done\n</pre>');
  expect(report).toContain(`src="data:image/png;base64,${png}"`);
  expect(report).toContain('<pre>42</pre>');
  expect(report).not.toContain('alert(1)');
  expect(report).toContain('rows = 3');
  expect(report).toMatch(/<pre class="error">[^<]*bad &lt;column&gt;/);
  const [fault] = await folder.faults('plot', '--output', 'graph.pdf');
  expect(fault).toBe("modelyard: --output takes a file that ends with .svg or .html, not 'graph.pdf'");
});

test('a new pipeline can be built as it is', async () => {
  const folder = pipelineFolder({});
  expect(await folder.out('scaffold', 'demo')).toContain('demo/pipeline.yaml');
  const states = await folder.build('--entry-point', 'demo');
  expect(new Set(Object.values(states))).toEqual(new Set(['executed: not built yet']));
  expect(folder.read('demo/products/report.md')).toContain('- height: ');
  const [fault] = await folder.faults('scaffold', 'demo');
  expect(fault).toMatch(/demo is not empty\. Give the name of a new folder\.$/);
});

test('sources that are missing are made, and run as they are', async () => {
  const folder = pipelineFolder({
    'pipeline.yaml': `tasks:
  - {source: steps/load.sh, product: out/load.txt}
  - {source: tasks.clean, product: out/clean.txt, params: {rows: 3}}
  - {source: tasks.there, product: out/there.txt}
  - {source: make.ts, product: out/make.txt, params: {deep: 1}}
  - {source: query.sql, product: [people, table], client: "sqlite:///data.db"}
  - {source: fit.py, product: {nb: out/fit.ipynb, model: out/model}, params: {depth: 3}}
  - {source: look.ipynb, product: out/look.ipynb}
`,
    'tasks.py': 'def there(product):\n    open(str(product), "w").close()\n',
  });
  expect(JSON.parse(await folder.out('scaffold', '--json'))).toEqual({
    files: ['steps/load.sh', 'tasks.py', 'make.ts', 'query.sql', 'fit.py', 'look.ipynb'],
  });
  expect(Object.values(await folder.outdated()).every((why) => why === 'not built yet')).toBe(true);
  expect(new Set(Object.values(await folder.build()))).toEqual(new Set(['executed: not built yet']));
  const again = await folder.run('scaffold');
  expect([again.code, again.error]).toEqual([0, 'Every source is there.\n']);
});

test('a terminal shows what runs, and then a table', async () => {
  const folder = pipelineFolder({
    'pipeline.yaml': 'tasks:\n  - {source: a.sh, product: out/a}\n  - {source: b.sh, product: out/b}\n',
    'a.sh': `sleep 0.3; echo "half way"; ${shellTask('a')}`,
    'b.sh': shellTask('b', 'a'),
  });
  const text = withoutColours(await onTerminal(['pipeline', 'build', '--no-record'], { dir: folder.dir, columns: 70 }));
  expect(text).toContain('Building 2 tasks\n');
  expect(text).toMatch(/▸ a {2}\d+ms\n {2}0 of 2 done\n/);
  expect(text).toContain('a │ half way\n');
  expect(text).toMatch(/✓ b {2}\d+ms {2}not built yet\n/);
  expect(text).toMatch(/\nNAME +RAN\? +ELAPSED +PERCENTAGE +REASON\n/);
  const status = withoutColours(await onTerminal(['pipeline', 'status'], { dir: join(folder.dir), columns: 70 }));
  expect(status).toMatch(/\na {5}just now +no +out\/a/);
});
