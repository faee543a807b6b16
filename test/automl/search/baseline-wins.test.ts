/** What a search tells when nothing beats its baseline, and what it then registers. */
import { expect, test } from 'bun:test';
import { championAlias } from '../../../src/protocol/automl-record.ts';
import { registerAutoml } from '../../../src/sdk/automl-register.ts';
import { readAutoml } from '../../../src/sdk/automl-search.ts';
import { getModelVersionByAlias } from '../../../src/sdk/fluent-registry.ts';
import { setTrackingUri } from '../../../src/sdk/settings.ts';
import { fragileServer } from '../../cli/support/fragile-server.ts';
import { begin, bound, ridge } from './support/fake-search.ts';
import { searchPlace } from './support/search-place.ts';
import { automl } from './support/searches.ts';

const place = searchPlace();

const opening = 'No model did better than the baseline, which looks at no column: ';

test(
  'columns that say nothing: it is told, at the search too',
  async () => {
    const worse = [ridge({ score: -0.1 }), ridge({ score: 0 })];
    const { end } = begin({ portfolio: worse, final: {} }, { max_trials: 2 });
    const { warnings, leaderboard, runId, killed } = await end;
    expect(leaderboard.map(({ name }) => name)).toEqual(['final-baseline-4', 'baseline-1', 'ridge-3', 'ridge-2']);
    expect(warnings).toEqual([`${opening}the columns may say nothing about price.`]);
    expect((await readAutoml(runId)).warnings).toEqual(warnings);
    expect(killed).toBe(0);
  },
  bound,
);

test(
  'what the problem finds lacking in the models is kept with the run',
  async () => {
    const shortcoming = "No model follows 'promo'.";
    const { warnings, runId } = await begin({ portfolio: [ridge({ score: 0.5 })], shortcoming }, { max_trials: 1 }).end;
    expect(warnings).toEqual([shortcoming]);
    expect((await readAutoml(runId)).warnings).toEqual(warnings);
  },
  bound,
);

test(
  'trials that did not end in time: more of it is advised',
  async () => {
    const slow = [ridge({ ms: 100_000 }), ridge({ ms: 100_000 })];
    const { warnings, killed } = await begin({ portfolio: slow }, { timeout_seconds: 6 }).end;
    expect(warnings).toContain(`${opening}2 trials did not end in time, give it more --timeout.`);
    // One of them at its own limit: there was a model then.
    expect(killed).toBeGreaterThan(0);
  },
  bound,
);

test(
  'a target with many zeros: it is not more time that helps',
  async () => {
    const alerts = [
      { name: 'many_zeros', severity: 'high', message: '75 % of the values are 0.', columns: ['y'] },
    ] as const;
    const slow = [ridge({ ms: 100_000 })];
    const { warnings } = await begin({ portfolio: slow, alerts }, { timeout_seconds: 6 }).end;
    expect(warnings).toContain(`${opening}r2 says little of so many zeros, compare by mae or rmse.`);
  },
  bound,
);

test(
  'trials that failed: what they failed with is to be read',
  async () => {
    const { warnings } = await begin({ portfolio: [ridge({ fails: true })] }, { max_trials: 1 }).end;
    expect(warnings).toEqual([`${opening}the other trials failed, the first with: ValueError: this one fails`]);
  },
  bound,
);

test(
  'a baseline is registered, and becomes the champion only where there is none',
  async () => {
    const search = (register: string, score: number) =>
      begin({ portfolio: [ridge({ score })], final: {} }, { max_trials: 1, register }).end;
    expect(await search('new', -1)).toMatchObject({ registered: 'new/1', champion: true });
    await search('kept', 0.5);
    const { registered, champion, modelUri, warnings, leaderboard, runId } = await search('kept', -1);
    expect({ registered, champion, modelUri }).toEqual({
      registered: 'kept/2',
      champion: false,
      modelUri: 'models:/kept/2',
    });
    expect(warnings).toContain('The alias champion of kept stays where it is: a baseline does not take it.');
    expect(await getModelVersionByAlias('kept', championAlias)).toMatchObject({ version: '1' });
    const told = await automl({ dir: place.cache, url: place.url }, 'register', runId, 'kept');
    expect(told.out + told.error).toContain(
      'is version 3 of kept. The alias champion stays where it is: a baseline does not take it.',
    );
    const plain = await fragileServer(place.url, (request, answer) => {
      if (!request.url?.includes('/automl/')) return false;
      answer.writeHead(404).end('{"error_code": "ENDPOINT_NOT_FOUND", "message": "Not here."}');
      return true;
    });
    try {
      setTrackingUri(plain.url);
      const [final, baseline] = leaderboard;
      expect(baseline?.kind).toBe('baseline');
      expect(await registerAutoml(runId, 'kept', final?.run_id)).toMatchObject({ version: '4', champion: false });
    } finally {
      setTrackingUri(place.url);
      plain.stop();
    }
    expect(await getModelVersionByAlias('kept', championAlias)).toMatchObject({ version: '1' });
  },
  2 * bound,
);
