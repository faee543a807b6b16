/** Numbers to the letter: int64 beyond 2^53, NaN and infinities, doubles with a point; empty lists are not sent. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { Api } from '../support/api.ts';
import { startServer, type TestServer } from '../support/start-server.ts';

let server: TestServer;
let api: Api;

beforeAll(async () => {
  server = await startServer();
  api = new Api(server);
}, 30_000);

afterAll(() => server.stop());

const edges = ['9007199254740993', '9223372036854775807', '1234567890123456789'];

async function historyText(runId: string, key: string): Promise<string> {
  return (await api.send('GET', `metrics/get-history?run_id=${runId}&metric_key=${key}`)).text;
}

describe('int64', () => {
  test.each(edges)('%s goes through a run as it is, sent as a number or as text', async (big) => {
    for (const sent of [big, `"${big}"`]) {
      const created = await api.send('POST', 'runs/create', `{"experiment_id":"0","start_time":${sent}}`);
      expect(created.text).toContain(`"start_time":${big},`);
      const id = /"run_id":"(\w{32})"/.exec(created.text)?.[1] ?? '';
      const updated = await api.send(
        'POST',
        'runs/update',
        `{"run_id":"${id}","end_time":${sent},"status":"FINISHED"}`,
      );
      expect(updated.text).toContain(`"end_time":${big},`);
      const read = (await api.send('GET', `runs/get?run_id=${id}`)).text;
      expect(read).toContain(`"start_time":${big},"end_time":${big},`);
    }
  });

  test.each([...edges, '-9223372036854775808', '-9007199254740993'])('%s as a step', async (big) => {
    const id = await api.createRun();
    const point = `"key":"m","value":1.5,"timestamp":${edges[1]},"step":${big}`;
    expect(await api.send('POST', 'runs/log-metric', `{"run_id":"${id}",${point}}`)).toEqual({
      status: 200,
      text: '{}',
    });
    const batch = await api.send('POST', 'runs/log-batch', `{"run_id":"${id}","metrics":[{${point}}]}`);
    expect(batch.status).toBe(200);
    // The same point twice is one point.
    expect(await historyText(id, 'm')).toBe(`{"metrics":[{${point}}]}`);
    expect((await api.send('GET', `runs/get?run_id=${id}`)).text).toContain(`"metrics":[{${point}}]`);
  });

  test('steps that differ beyond 2^53 are different points, in their order', async () => {
    const id = await api.createRun();
    const steps = ['9007199254740992', '9007199254740993', '9007199254740994'];
    for (const step of [...steps].reverse()) {
      await api.send('POST', 'runs/log-metric', `{"run_id":"${id}","key":"m","value":1,"timestamp":5,"step":${step}}`);
    }
    const text = await historyText(id, 'm');
    expect([...text.matchAll(/"step":(\d+)/g)].map((match) => match[1])).toEqual(steps);
    expect((await api.send('GET', `runs/get?run_id=${id}`)).text).toContain(`"step":${steps[2]}`);
  });

  test.each(['9223372036854775808', '-9223372036854775809', '1.5', '"1.5"', '"x"', 'true', '1e30'])(
    '%s is not an int64',
    async (wrong) => {
      const id = await api.createRun();
      const body = `{"run_id":"${id}","key":"m","value":1,"timestamp":1,"step":${wrong}}`;
      const { status, text } = await api.send('POST', 'runs/log-metric', body);
      expect([status, text.includes('INVALID_PARAMETER_VALUE')]).toEqual([400, true]);
      expect(await historyText(id, 'm')).toBe('{}');
    },
  );

  test('order and filter see times beyond 2^53 exactly', async () => {
    const experiment = await api.createExperiment('great times');
    const times = ['9007199254740992', '9007199254740993', '9007199254740994'];
    for (const time of times) {
      await api.send('POST', 'runs/create', `{"experiment_id":"${experiment}","start_time":${time}}`);
    }
    const search = async (more: string): Promise<(string | undefined)[]> => {
      const { text } = await api.send('POST', 'runs/search', `{"experiment_ids":["${experiment}"]${more}}`);
      return [...text.matchAll(/"start_time":(\d+)/g)].map((match) => match[1]);
    };
    expect(await search(',"order_by":["attributes.start_time ASC"]')).toEqual(times);
    expect(await search(`,"filter":"attributes.start_time > ${times[1]}"`)).toEqual([times[2]]);
  });
});

describe('doubles', () => {
  test.each([
    ['NaN', '"NaN"'],
    ['"NaN"', '"NaN"'],
    ['"nan"', '"NaN"'],
    // MLflow stores infinities as the greatest double.
    ['Infinity', '1.7976931348623157e+308'],
    ['-Infinity', '-1.7976931348623157e+308'],
    ['"Infinity"', '1.7976931348623157e+308'],
    ['"-Infinity"', '-1.7976931348623157e+308'],
    ['1e400', '1.7976931348623157e+308'],
    ['1', '1.0'],
    ['0', '0.0'],
    ['-3', '-3.0'],
    // SQLite keeps no sign of zero.
    ['-0.0', '0.0'],
    ['0.1', '0.1'],
    ['"2.5"', '2.5'],
    ['1e21', '1e+21'],
    ['123456789012345680000', '123456789012345680000.0'],
    ['5e-324', '5e-324'],
    ['0.30000000000000004', '0.30000000000000004'],
    ['1.7976931348623157e308', '1.7976931348623157e+308'],
  ])('%s comes back as %s', async (sent, printed) => {
    const id = await api.createRun();
    const point = `"key":"m","value":${sent},"timestamp":1,"step":0`;
    expect((await api.send('POST', 'runs/log-metric', `{"run_id":"${id}",${point}}`)).status).toBe(200);
    const came = `{"key":"m","value":${printed},"timestamp":1,"step":0}`;
    expect(await historyText(id, 'm')).toBe(`{"metrics":[${came}]}`);
    expect((await api.send('GET', `runs/get?run_id=${id}`)).text).toContain(`"metrics":[${came}]`);
    const { text } = await api.send('POST', 'runs/search', { experiment_ids: ['0'], filter: `run_id = '${id}'` });
    expect(text).toContain(came);
  });

  test('NaN in a word of a text stays a word', async () => {
    const id = await api.createRun();
    const body = `{"run_id":"${id}","metrics":[{"key":"a NaN","value":NaN,"timestamp":1}],"tags":[{"key":"t","value":"\\"NaN\\": Infinity"}]}`;
    expect((await api.send('POST', 'runs/log-batch', body)).status).toBe(200);
    const run = await api.run(id);
    expect(run.data.metrics).toEqual([{ key: 'a NaN', value: 'NaN', timestamp: 1, step: 0 }]);
    expect(run.data.tags?.find((tag) => tag.key === 't')?.value).toBe('"NaN": Infinity');
  });
});

describe('what is empty', () => {
  test('is left out of answers, and no next_page_token is sent on the last page', async () => {
    const id = await api.createRun();
    const empty = await api.createExperiment('empty');
    const gets = [
      `metrics/get-history?run_id=${id}&metric_key=none`,
      'registered-models/search',
      'model-versions/search',
      `artifacts/list?run_id=${id}`,
    ];
    const answers = await Promise.all(gets.map((path) => api.send('GET', path)));
    answers.push(
      await api.send('POST', 'runs/search', { experiment_ids: [empty] }),
      await api.send('POST', 'logged-models/search', { experiment_ids: [empty] }),
      await api.send('POST', 'experiments/search', { max_results: 10 }),
      await api.send('GET', 'experiments/search?max_results=10'),
    );
    for (const { status, text } of answers) {
      expect([status, text.includes('next_page_token'), text.includes('[]')]).toEqual([200, false, false]);
    }
    expect(answers[0]?.text).toBe('{}');
    expect(answers[4]?.text).toBe('{}');
  });

  test('a page that ends with the last item names no next page', async () => {
    const experiment = await api.createExperiment('two pages');
    for (let i = 0; i < 4; i++) await api.createRun({ experiment_id: experiment });
    const query = { experiment_ids: [experiment], max_results: 2 };
    const first = await api.post<{ next_page_token: string }>('runs/search', query);
    const second = await api.send('POST', 'runs/search', { ...query, page_token: first.next_page_token });
    expect(second.text).not.toContain('next_page_token');
  });
});
