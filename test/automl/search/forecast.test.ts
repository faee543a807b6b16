/** A search for a forecast, as a person sees it on a terminal and ends it by Ctrl-C. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { automlPython } from '../../../src/automl/environment.ts';
import { readAutoml } from '../../../src/sdk/automl-search.ts';
import { setTrackingUri } from '../../../src/sdk/settings.ts';
import { freshFolder, removeFolder } from '../../support/folders.ts';
import { finished } from '../../support/run-modelyard.ts';
import { startServer, type TestServer } from '../../support/start-server.ts';
import { within } from '../../support/within.ts';
import { automlOnTerminal, bound, passengersFile, untilSearch } from './support/searches.ts';

const dir = freshFolder();
let server: TestServer;
let python: string;

beforeAll(async () => {
  python = await automlPython({ onProgress: () => undefined });
  server = await startServer();
  setTrackingUri(server.url);
}, 600_000);

afterAll(async () => {
  await server.stop();
  removeFolder(dir);
});

test('a forecast is searched for, shown live, and ended by Ctrl-C with the best so far', async () => {
  const place = { dir, url: server.url };
  const words = ['--data', passengersFile(dir), '--target', 'passengers', '--time-col', 'month', '--frequency', 'MS'];
  const more = ['--horizon', '6', '--timeout', '10m', '--experiment-name', 'air', '--exclude-frameworks', 'prophet'];
  const { process, text } = automlOnTerminal(place, 'forecast', ...words, ...more);
  try {
    const { runId } = await untilSearch('air', ({ leaderboard }) => leaderboard.length >= 2);
    await within(
      bound,
      (async () => {
        while (!/SMAPE/.test(text())) await Bun.sleep(100);
      })(),
    );
    process.terminal?.write('\u0003');
    expect(await within(bound, process.exited)).toBe(0);
    const plain = text().replace(/\u001b\[[\d;?]*[A-Za-z]/g, '');
    expect(plain).toMatch(/[█░]+ .* left  Searching · \d+ trials?/);
    expect(plain).toContain('Stopping: what there is gets ranked.');
    expect(plain).toMatch(/VAL SMAPE/);
    expect(plain).toContain(`modelyard automl register ${runId} NAME`);
    expect(plain).toContain('-i FUTURE.csv  # its columns: month');
    const state = await readAutoml(runId);
    expect(state).toMatchObject({ status: 'FINISHED', phase: 'stopped', message: 'Stopped by a signal.' });
    const [best] = state.leaderboard;
    const script = `
import mlflow, pandas as pd
model = mlflow.pyfunc.load_model("runs:/${best?.run_id}/model")
print(len(model.predict(pd.DataFrame({"month": pd.date_range("2018-01-01", periods=6, freq="MS")}))))
`;
    const env = { MLFLOW_TRACKING_URI: place.url };
    const { out, error } = await finished([python, '-c', script], { dir, env, limit: bound });
    expect(`${out}${out === '' ? error : ''}`).toBe('6\n');
  } finally {
    process.kill('SIGKILL');
  }
}, 600_000);

test('a second Ctrl-C ends it at once, and it says how to go on', async () => {
  const place = { dir, url: server.url };
  const words = ['--data', passengersFile(dir), '--target', 'passengers', '--time-col', 'month', '--frequency', 'MS'];
  const more = ['--timeout', '10m', '--experiment-name', 'twice', '--exclude-frameworks', 'prophet'];
  const { process, text } = automlOnTerminal(place, 'forecast', ...words, ...more);
  const told = async (what: string): Promise<void> => {
    while (!text().includes(what)) await Bun.sleep(50);
  };
  try {
    const { runId } = await untilSearch('twice', ({ leaderboard }) => leaderboard.length >= 1);
    process.terminal?.write('\u0003');
    await within(bound, told('Stopping: what there is gets ranked.'));
    const asked = Date.now();
    process.terminal?.write('\u0003');
    expect(await within(bound, process.exited)).toBe(130);
    expect(Date.now() - asked).toBeLessThan(5000);
    await within(bound, told(`Ended at once. To go on with it: modelyard automl resume ${runId}`));
    expect(text()).not.toContain('modelyard automl register');
  } finally {
    process.kill('SIGKILL');
  }
}, 600_000);
