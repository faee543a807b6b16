/** The fluent functions against both servers. */
import { beforeAll, describe, expect, test } from 'bun:test';
import * as modelyard from '../../src/sdk/node/index.ts';
import { kinds, serverOf } from './support/servers.ts';
import { writeFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshFolder, removeFolder } from '../support/folders.ts';

const { activeRun, endRun, getRun, logMetric, logParam, searchRuns, setExperiment, setTag, startRun } = modelyard;

describe.each(kinds)('%s', (kind) => {
  beforeAll(async () => {
    modelyard.setTrackingUri(await serverOf(kind));
    await setExperiment(`fluent-${crypto.randomUUID()}`);
  }, 300_000);

  test('a run in a function: params, metrics, tags, its end', async () => {
    const runId = await startRun({ runName: 'first', tags: { team: 'a' }, description: 'why' }, async (run) => {
      await modelyard.logParams({ rate: 0.01, layers: [1, 2], deep: true, none: null });
      for (let step = 0; step < 2500; step++) await logMetric('loss', 1 / (step + 1), step);
      await modelyard.logMetrics({ a: 1, b: Number.NaN }, { step: 7, timestamp: 1_700_000_000_000 });
      await modelyard.setTags({ x: 1, y: { z: 2 } });
      return run.runId;
    });
    const { info, data } = await getRun(runId);
    expect(info).toMatchObject({ status: 'FINISHED', runName: 'first', lifecycleStage: 'active' });
    expect(info.endTime).toBeGreaterThanOrEqual(info.startTime);
    expect(data.params).toEqual({ rate: '0.01', layers: '[1,2]', deep: 'true', none: 'null' });
    expect(data.metrics).toEqual({ loss: 1 / 2500, a: 1, b: Number.NaN });
    expect(data.tags).toMatchObject({
      team: 'a',
      x: '1',
      y: '{"z":2}',
      'mlflow.note.content': 'why',
      'mlflow.source.type': 'LOCAL',
      'mlflow.runName': 'first',
    });
    const history = await modelyard.getMetricHistory(runId, 'loss');
    expect(history.map(({ step }) => step)).toEqual(Array.from({ length: 2500 }, (_, step) => step));
  });

  test('a function that throws fails its run, and its error comes through', async () => {
    let runId = '';
    const failing = startRun(async (run) => {
      runId = run.runId;
      await logMetric('loss', 1);
      throw new RangeError('diverged');
    });
    expect(failing).rejects.toThrow('diverged');
    await failing.catch(() => undefined);
    const { info, data } = await getRun(runId);
    expect(info.status).toBe('FAILED');
    expect(data.metrics).toEqual({ loss: 1 });
    expect(activeRun()).toBeUndefined();
  });

  test('runs nest; a second one that is not nested is refused', async () => {
    const outer = await startRun({ runName: 'outer' });
    expect(startRun()).rejects.toThrow(/already active/);
    const inner = await startRun({ nested: true, runName: 'inner' });
    expect(activeRun()?.runId).toBe(inner.runId);
    await endRun();
    expect(activeRun()?.runId).toBe(outer.runId);
    await endRun('KILLED');
    expect(activeRun()).toBeUndefined();
    expect((await getRun(inner.runId)).data.tags['mlflow.parentRunId']).toBe(outer.runId);
    expect((await getRun(outer.runId)).info.status).toBe('KILLED');
  });

  test('strands of asynchronous code that run at the same time have runs of their own', async () => {
    const ids = await Promise.all(
      ['a', 'b', 'c'].map(async (name, index) => {
        const { runId } = await startRun({ runName: name });
        await logParam('name', name);
        await Bun.sleep(10 * (3 - index));
        await logMetric('index', index);
        await endRun();
        return runId;
      }),
    );
    const inside = await Promise.all(
      ['d', 'e'].map((name) => startRun({ runName: name }, async ({ runId }) => (await logParam('name', name), runId))),
    );
    for (const [index, name] of ['a', 'b', 'c', 'd', 'e'].entries()) {
      const { info, data } = await getRun([...ids, ...inside][index] ?? '');
      expect([info.runName, info.status, data.params['name']]).toEqual([name, 'FINISHED', name]);
    }
    expect(activeRun()).toBeUndefined();
  });

  test('what is logged without a run starts one, the same for all', async () => {
    await Promise.all([logParam('p', 1), setTag('t', 2), logMetric('m', 3)]);
    const run = activeRun();
    await endRun();
    const { data } = await getRun(run?.runId ?? '');
    expect([data.params['p'], data.tags['t'], data.metrics['m']]).toEqual(['1', '2', 3]);
    expect(modelyard.lastActiveRun()?.runId).toBe(run?.runId ?? '');
  });

  test('a run is continued', async () => {
    const { runId } = await startRun({ runName: 'again' });
    await endRun();
    await startRun({ runId }, () => logMetric('later', 1));
    const { info, data } = await getRun(runId);
    expect([info.status, info.runName, data.metrics['later']]).toEqual(['FINISHED', 'again', 1]);
  });

  test('a run that has ended gets artifacts, and stays as it is', async () => {
    const { runId } = await startRun();
    await endRun();
    const { info } = await getRun(runId);
    await modelyard.logText('late', 'late.txt', { runId });
    await modelyard.logDict({ a: 1 }, 'late.json', { runId });
    await modelyard.logTable([{ b: 2 }], 'table.json', { runId });
    // Beside an active run.
    await startRun(() => modelyard.logFigure('<svg/>', 'late.svg', { runId }));
    const names = (await modelyard.listArtifacts(`runs:/${runId}`)).map(({ path }) => path);
    expect(names).toEqual(['late.json', 'late.svg', 'late.txt', 'table.json']);
    expect((await getRun(runId)).info).toEqual(info);
    expect(modelyard.logText('x', 'x.txt', { runId: 'f'.repeat(32) })).rejects.toThrow(/not found/);
    expect(modelyard.activeRun()).toBeUndefined();
  });

  test('runs are found by filter and order', async () => {
    await setExperiment(`search-${crypto.randomUUID()}`);
    for (const loss of [3, 1, 2]) await startRun(() => logMetric('loss', loss));
    const found = await searchRuns({ filter: 'metrics.loss > 1', orderBy: ['metrics.loss ASC'] });
    expect(found.map(({ data }) => data.metrics['loss'])).toEqual([2, 3]);
    expect((await searchRuns({ maxResults: 1 })).length).toBe(1);
    expect(searchRuns({ experimentNames: ['no such'] })).rejects.toThrow(/no experiment/);
  });

  test('texts, records, tables, images and figures become artifacts', async () => {
    const { runId } = await startRun({}, async (run) => {
      await modelyard.logText('grüße', 'notes/hello.txt');
      await modelyard.logDict({ a: [1, { b: 'x: y' }], empty: {} }, 'config.yaml');
      await modelyard.logDict({ a: 1 }, 'config.json');
      await modelyard.logTable({ question: ['a', 'b'], score: [1, 2] }, 'table.json');
      await modelyard.logTable([{ question: 'c', extra: true }], 'table.json');
      await modelyard.logImage({ data: new Uint8Array(4 * 6).fill(200), width: 3, height: 2 }, 'pixels.png');
      await modelyard.logImage({ data: new Uint8Array(6).fill(200), width: 3, height: 2 }, { key: 'sample', step: 4 });
      await modelyard.logFigure('<svg xmlns="http://www.w3.org/2000/svg"/>', 'figure.svg');
      return run;
    });
    expect(await modelyard.loadText(`runs:/${runId}/notes/hello.txt`)).toBe('grüße');
    expect(Bun.YAML.parse(await modelyard.loadText(`runs:/${runId}/config.yaml`))).toEqual({
      a: [1, { b: 'x: y' }],
      empty: {},
    });
    expect(await modelyard.loadDict(`runs:/${runId}/config.json`)).toEqual({ a: 1 });
    expect(await modelyard.loadDict(`runs:/${runId}/table.json`)).toEqual({
      columns: ['question', 'score', 'extra'],
      data: [
        ['a', 1, null],
        ['b', 2, null],
        ['c', null, true],
      ],
    });
    const png = new Uint8Array(await (await modelyard.downloadArtifact(`runs:/${runId}/pixels.png`)).arrayBuffer());
    expect([...png.subarray(0, 8)]).toEqual([137, 80, 78, 71, 13, 10, 26, 10]);
    const [image] = await modelyard.listArtifacts(`runs:/${runId}/images`);
    expect(image?.path).toMatch(/^images\/sample\+step\+4\+timestamp\+\d+\+[0-9a-f-]{36}\.png$/);
    expect((await getRun(runId)).data.tags).toMatchObject({
      'mlflow.loggedArtifacts': '[{"path":"table.json","type":"table"}]',
      'mlflow.loggedImages': 'True',
    });
  });

  test('files and folders go up and come back', async () => {
    const folder = freshFolder();
    try {
      mkdirSync(join(folder, 'in/deep'), { recursive: true });
      writeFileSync(join(folder, 'in/a b.txt'), 'one');
      writeFileSync(join(folder, 'in/deep/ü.bin'), new Uint8Array(300_000).fill(7));
      const { runId } = await startRun({}, async (run) => {
        await modelyard.logArtifact(join(folder, 'in/a b.txt'), 'docs');
        await modelyard.logArtifacts(join(folder, 'in'), 'all');
        return run;
      });
      const saved = await modelyard.downloadArtifacts(`runs:/${runId}/all`, join(folder, 'out'));
      expect(readFileSync(join(saved, 'a b.txt'), 'utf8')).toBe('one');
      expect(readFileSync(join(saved, 'deep/ü.bin')).length).toBe(300_000);
      const one = await modelyard.downloadArtifacts(`runs:/${runId}/docs/a b.txt`, join(folder, 'out'));
      expect(readFileSync(one, 'utf8')).toBe('one');
      expect(modelyard.loadText(`runs:/${runId}/none.txt`)).rejects.toBeInstanceOf(modelyard.ResourceDoesNotExistError);
      expect(modelyard.downloadArtifacts(`runs:/${runId}/none.txt`, join(folder, 'out'))).rejects.toBeInstanceOf(
        modelyard.ResourceDoesNotExistError,
      );
      await Bun.sleep(0);
    } finally {
      removeFolder(folder);
    }
  });

  test('a dataset is recorded with digest, schema and profile', async () => {
    const { runId } = await startRun({}, async (run) => {
      const rows = [
        { x: 1, y: 'a', z: true },
        { x: 1.5, y: null, z: false },
      ];
      await modelyard.logInput({ name: 'iris', source: 'https://example.org/iris.csv', rows }, 'training');
      return run;
    });
    const [input] = (await getRun(runId)).inputs.datasetInputs;
    expect(input?.dataset).toMatchObject({
      name: 'iris',
      sourceType: 'http',
      source: '{"url":"https://example.org/iris.csv"}',
    });
    expect(input?.dataset.digest).toMatch(/^[0-9a-f]{8}$/);
    expect(JSON.parse(input?.dataset.schema ?? '')).toEqual({
      mlflow_colspec: [
        { type: 'double', name: 'x', required: true },
        { type: 'string', name: 'y', required: false },
        { type: 'boolean', name: 'z', required: true },
      ],
    });
    expect(input?.tags).toEqual({ 'mlflow.data.context': 'training' });
  });

  test('a model is registered, named by an alias, moved to a stage, and its files are read by these names', async () => {
    const name = `model-${crypto.randomUUID().slice(0, 8)}`;
    const { runId } = await startRun({}, async (run) => {
      await modelyard.logText('weights', 'm/weights.txt');
      return run;
    });
    const version = await modelyard.registerModel(`runs:/${runId}/m`, name, { tags: { a: 1 }, description: 'first' });
    expect(version).toMatchObject({ name, version: '1', runId, description: 'first', tags: { a: '1' } });
    await modelyard.setRegisteredModelAlias(name, 'champion', 1);
    await modelyard.transitionModelVersionStage(name, 1, 'Production', { archiveExistingVersions: true });
    for (const place of ['1', 'Production', 'latest']) {
      expect(await modelyard.loadText(`models:/${name}/${place}/weights.txt`)).toBe('weights');
    }
    expect(await modelyard.loadText(`models:/${name}@champion/weights.txt`)).toBe('weights');
    expect((await modelyard.getRegisteredModel(name)).aliases).toEqual({ champion: '1' });
    expect((await modelyard.searchModelVersions({ filter: `name = '${name}'` })).length).toBe(1);
    await modelyard.deleteRegisteredModel(name);
    expect(modelyard.getRegisteredModel(name)).rejects.toBeInstanceOf(modelyard.ResourceDoesNotExistError);
  });

  test('wrong values are refused in words before anything is sent', async () => {
    await startRun(async () => {
      expect(logMetric('loss', 'high' as unknown as number)).rejects.toThrow(/"loss" is string, not a number/);
      expect(logMetric('a\nb', 1)).rejects.toThrow(/Names may only contain/);
      expect(logMetric('loss', 1, 1.5)).rejects.toThrow(/1.5 is not a whole number/);
      expect(logParam('p', undefined as unknown as null)).rejects.toThrow(/"p" is undefined/);
      expect(modelyard.logText('x', '../out.txt')).rejects.toThrow(/not a path below/);
      await Bun.sleep(0);
    });
  });
});

test('a tracking URI that is no address says what is one', () => {
  expect(() => modelyard.setTrackingUri('./mlruns')).toThrow(/modelyard server/);
});
