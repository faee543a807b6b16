/** What a search does first when its end is short, as on a machine with other work, and what it tells of the rest. */
import { describe, expect, test } from 'bun:test';
import { DataError } from '../../../src/automl/data/data-error.ts';
import type { SearchEnd } from '../../../src/automl/engine/search.ts';
import { checkedConfig } from '../../../src/protocol/automl-config-check.ts';
import { automlTags } from '../../../src/protocol/automl-record.ts';
import { readAutoml } from '../../../src/sdk/automl-search.ts';
import { searchExperiments } from '../../../src/sdk/fluent-experiments.ts';
import { getRun } from '../../../src/sdk/fluent-runs.ts';
import { fakeParts, type Fake } from './support/fake-parts.ts';
import { begin, bound, houses, ridge } from './support/fake-search.ts';
import { searchPlace } from './support/search-place.ts';

searchPlace();

/** Ten seconds, of which three are for the end, where a notebook takes one; the last trials do not end. */
function short(fake: Fake) {
  const slow = Array.from({ length: 4 }, () => ridge({ score: 0.1, ms: 100_000 }));
  const portfolio = [0.5, 0.4, 0.3].map((score) => ridge({ score, ms: 1000 }));
  return begin({ portfolio, proposals: slow, ...fake }, { timeout_seconds: 10 });
}

/** In what order, or at which places, without their numbers. */
function combined(names: readonly string[]): string[] {
  return names.filter((name) => /^(blend|final)/.test(name)).map((name) => name.split('-')[0] ?? '');
}

function ranking({ leaderboard }: SearchEnd): string[] {
  return leaderboard.map(({ name }) => name);
}

describe.concurrent('short of time', () => {
  test(
    'the first model gets the time of what would follow it',
    async () => {
      const { end, parts } = begin({ portfolio: [ridge({ score: 0.5, ms: 7500 })] }, { timeout_seconds: 10 });
      const ended = await end;
      expect(ranking(ended)[0]).toBe('ridge-2');
      expect(ended.killed).toBe(0);
      // Others do not begin any more.
      expect(parts.ran.filter((name) => name.startsWith('ridge'))).toEqual(['ridge-2']);
    },
    bound,
  );

  test(
    'a first model that does not end leaves the time for the ranks',
    async () => {
      const { end, notes } = begin({ portfolio: [ridge({ score: 0.5, ms: 100_000 })] }, { timeout_seconds: 10 });
      const ended = await end;
      expect(ended.leaderboard.map(({ name, test: score }) => [name, score])).toEqual([['baseline-1', 0.4]]);
      expect(ended.warnings.join()).toContain('1 trial did not end in time');
      expect(notes).toEqual([]);
    },
    bound,
  );

  test(
    'the best single model is fitted to all rows before ensembles are tried',
    async () => {
      const { end, parts } = short({ ensembles: [{ score: 0.6, ms: 100_000 }], final: { ms: 200 } });
      const ended = await end;
      const { runId, warnings } = ended;
      expect(combined(parts.ran)).toEqual(['final', 'blend']);
      expect(ranking(ended)[0]).toStartWith('final');
      expect(ended.leaderboard[0]).toMatchObject({ validation: 0.5, test: 0.4 });
      expect(warnings).toEqual(['No ensemble of the best models was made: none ended in time.']);
      expect((await getRun(runId)).data.tags[automlTags.warning]).toBe(warnings.join('\n'));
      expect((await readAutoml(runId)).warnings).toEqual(warnings);
    },
    bound,
  );

  test(
    'the final model of an ensemble that came in time after all takes its place',
    async () => {
      const { end, parts } = short({ ensembles: [{ score: 0.6, ms: 200 }], final: { ms: 200 } });
      const ended = await end;
      expect(combined(parts.ran)).toEqual(['final', 'blend', 'final']);
      expect(combined(ranking(ended))).toEqual(['final', 'blend', 'final']);
      expect(ended.leaderboard[0]?.validation).toBe(0.6);
      expect(ended.warnings).toEqual([]);
    },
    bound,
  );

  test(
    'a final model that will have ended soon after the time is waited for',
    async () => {
      const { end, parts } = short({ ensembles: [{ score: 0.6, ms: 100 }], final: { ms: 1700 } });
      const ended = await end;
      expect(combined(parts.ran)).toEqual(['final', 'blend', 'final']);
      expect(combined(ranking(ended))).toEqual(['final', 'blend', 'final']);
      expect(ended.warnings).toEqual([]);
    },
    bound,
  );

  test(
    'a best model that is not fitted to all rows is told of',
    async () => {
      const { end } = short({ final: { ms: 100_000 } });
      const ended = await end;
      expect(ranking(ended)[0]).toBe('ridge-2');
      expect(ended.warnings).toEqual([
        'The best model, ridge-2, is not fitted to all rows: Its time was up. It was fitted to 80 % of them.',
      ]);
    },
    bound,
  );

  test(
    'the data is explored after the baseline and what is tried first, or in a place that nobody wants',
    async () => {
      const portfolio = [0.5, 0.4].map((score) => ridge({ score, ms: 300 }));
      const places = async (request: Parameters<typeof begin>[1]): Promise<number> => {
        const { end, parts } = begin({ portfolio }, request);
        expect((await end).warnings).toEqual([]);
        return parts.ran.indexOf('data-exploration');
      };
      expect(await places({ timeout_seconds: 25 })).toBeGreaterThanOrEqual(2);
      expect(await places({ timeout_seconds: 25, parallel_trials: 1, max_trials: 1 })).toBe(2);
      expect(await places({ timeout_seconds: 25, parallel_trials: 4 })).toBe(3);
      expect(await places({ timeout_seconds: 600 })).toBe(0);
    },
    2 * bound,
  );

  test(
    'data that was not explored is told of',
    async () => {
      const portfolio = [ridge({ hangs: true })];
      const { end, parts } = begin({ portfolio }, { timeout_seconds: 6, parallel_trials: 1 });
      expect((await end).warnings).toContain('The data was not explored: the search ended before its turn came.');
      expect(parts.ran).not.toContain('data-exploration');
    },
    bound,
  );

  test(
    'data that is refused when there is no time for trials any more is refused for its own reason',
    async () => {
      const prepare = async (): Promise<never> => {
        await Bun.sleep(7500);
        throw new DataError("The target 'price' has no values.");
      };
      const request = { timeout_seconds: 10, experiment_name: 'refused' };
      const { end } = begin({}, request, { parts: { ...fakeParts(), prepare } });
      expect(end).rejects.toThrow("The target 'price' has no values.");
      await end.catch(() => undefined);
      expect(await searchExperiments({ filter: "name = 'refused'" })).toEqual([]);
    },
    bound,
  );

  test(
    'few rows are not what it is for want of',
    async () => {
      const parts = fakeParts();
      const problem = parts.problem(checkedConfig(houses));
      const portfolio = () => [{ ...ridge({ ms: 100_000 }), kind: 'baseline' as const }];
      const slow = { ...parts, problem: () => ({ ...problem, portfolio }) };
      const { end } = begin({}, { timeout_seconds: 3 }, { parts: slow });
      expect(end).rejects.toThrow(
        /no trial ended in the \d+ of 3 s that were left when the data was ready\. Give a longer --timeout\.$/,
      );
      await end.catch(() => undefined);
    },
    bound,
  );
});
