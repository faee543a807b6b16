import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { automlPython } from '../../../src/automl/environment.ts';
import { pythonFolder } from '../../../src/automl/python-folder.ts';
import { startSearcher, type SearcherOptions } from '../../../src/automl/worker/searcher.ts';
import type { Proposal, Searcher, SearchSpace } from '../../../src/automl/worker/worker.ts';

const space: SearchSpace = {
  valley: { x: { type: 'float', low: -10, high: 10 }, depth: { type: 'int', low: 1, high: 9 } },
  plain: { rate: { type: 'float', low: 1e-4, high: 1, log: true }, mode: { type: 'choice', of: ['a', null, true, 3] } },
};

let python: string;
const open: Searcher[] = [];

beforeAll(async () => {
  python = await automlPython({ onProgress: () => undefined });
}, 600_000);

afterAll(async () => {
  await Promise.all(open.map((one) => one.close()));
});

async function start(more: Partial<SearcherOptions> = {}): Promise<Searcher> {
  const searcher = await startSearcher({ python, space, seed: 1, greaterIsBetter: false, environment: {}, ...more });
  open.push(searcher);
  return searcher;
}

async function next(searcher: Searcher): Promise<Proposal> {
  const proposal = await searcher.ask();
  if (proposal === undefined) throw new Error('nothing was proposed');
  return proposal;
}

/** 0 at its best place. */
function cost({ estimator, params }: Proposal): number {
  const { x, depth, rate } = params;
  if (estimator === 'plain') return 10 + Math.abs(Math.log10(Number(rate)));
  return (Number(x) - 3) ** 2 + Math.abs(Number(depth) - 7);
}

describe('the searcher', () => {
  test('proposes what its space holds', async () => {
    const searcher = await start();
    const seen = new Set<unknown>();
    for (let at = 0; at < 40; at++) {
      const proposal = await next(searcher);
      const { estimator, params } = proposal;
      seen.add(estimator).add(params['mode']);
      expect(Object.keys(params).sort()).toEqual(estimator === 'valley' ? ['depth', 'x'] : ['mode', 'rate']);
      if (estimator === 'valley') {
        expect(Math.abs(Number(params['x']))).toBeLessThanOrEqual(10);
        expect([1, 2, 3, 4, 5, 6, 7, 8, 9]).toContain(Number(params['depth']));
      } else {
        expect(['a', null, true, 3]).toContain(params['mode'] ?? null);
        expect(Number(params['rate'])).toBeWithin(1e-4, 1 + 1e-9);
      }
      await searcher.tell(proposal, 1);
    }
    expect(seen.size).toBeGreaterThan(4);
  });

  test.each([false, true])(
    'finds what is best (greater is better: %p), with failures among the results',
    async (greaterIsBetter) => {
      const searcher = await start({ greaterIsBetter, seed: 4 });
      const last: number[] = [];
      for (let at = 0; at < 60; at++) {
        const proposal = await next(searcher);
        const found = cost(proposal);
        if (at >= 30) last.push(found);
        await searcher.tell(proposal, at % 10 === 3 ? undefined : greaterIsBetter ? -found : found);
      }
      // By chance the eighth best of 30 is above 10, and the best above 1.
      const [best, ...others] = last.sort((a, b) => a - b);
      expect(best).toBeLessThan(0.5);
      expect(others[6]).toBeLessThan(4);
    },
  );

  test('learns from results that it has not asked for, and passes over those outside of its space', async () => {
    const searcher = await start();
    const valley = (x: number, depth: number): Proposal => ({ estimator: 'valley', params: { x, depth, unknown: 1 } });
    const portfolio: readonly Proposal[] = [
      { estimator: 'other', params: {} },
      { estimator: 'valley', params: { x: 3 } },
      { estimator: 'valley', params: { x: 300, depth: 7 } },
      { estimator: 'plain', params: { rate: 0.5, mode: 'unknown' } },
      { estimator: 'plain', params: { rate: 'high', mode: null } },
      ...[-9, -6, -3, 0, 2.9, 3, 3.1, 6, 9].flatMap((x) => [valley(x, 7), valley(x, 2)]),
      ...[0.001, 0.01, 0.1, 1].map((rate) => ({ estimator: 'plain', params: { rate, mode: null } })),
    ];
    for (const one of portfolio) await searcher.tell(one, Number.isFinite(cost(one)) ? cost(one) : 0);
    const found: number[] = [];
    for (let at = 0; at < 20; at++) {
      const proposal = await next(searcher);
      found.push(cost(proposal));
      await searcher.tell(proposal, cost(proposal));
    }
    // By chance one in thirty.
    expect(found.filter((one) => one < 4).length).toBeGreaterThan(3);
  });

  test('keeps away from what failed', async () => {
    const searcher = await start({ seed: 3 });
    const estimators: string[] = [];
    for (let at = 0; at < 40; at++) {
      const proposal = await next(searcher);
      estimators.push(proposal.estimator);
      await searcher.tell(proposal, proposal.estimator === 'valley' ? undefined : 1);
    }
    expect(estimators.slice(20).filter((one) => one === 'valley').length).toBeLessThan(7);
  });

  test('proposes different things to those who work side by side', async () => {
    const searcher = await start({ seed: 5 });
    for (let at = 0; at < 20; at++) {
      const proposal = await next(searcher);
      await searcher.tell(proposal, cost(proposal));
    }
    const proposals = await Promise.all([1, 2, 3, 4].map(() => next(searcher)));
    expect(new Set(proposals.map((one) => JSON.stringify(one))).size).toBe(4);
  });

  test('proposes nothing that was benched, and at last nothing', async () => {
    const searcher = await start();
    await searcher.bench('valley');
    for (let at = 0; at < 15; at++) {
      const proposal = await next(searcher);
      expect(proposal.estimator).toBe('plain');
      expect(Object.keys(proposal.params).sort()).toEqual(['mode', 'rate']);
      await searcher.tell(proposal, cost(proposal));
    }
    await searcher.bench('plain');
    expect(await searcher.ask()).toBeUndefined();
    expect(await (await start({ space: {} })).ask()).toBeUndefined();
  });

  test('proposes nothing twice, and at last nothing', async () => {
    const of = { size: { type: 'choice', of: [1, 2, 3] }, way: { type: 'choice', of: ['a', null] } } as const;
    const known = [{ estimator: 'few', params: { way: null, size: 2, more: 'x' } }];
    const searcher = await start({ space: { few: of }, known });
    await searcher.tell({ estimator: 'few', params: { size: 3, way: 'a' } }, 0);
    const left: unknown[] = [];
    for (let proposal = await searcher.ask(); proposal; proposal = await searcher.ask()) {
      left.push([proposal.params['size'], proposal.params['way']]);
      await searcher.tell(proposal, 1);
    }
    expect(left.map((one) => JSON.stringify(one)).sort()).toEqual(['[1,"a"]', '[1,null]', '[2,"a"]', '[3,null]']);
  });

  test('draws by magnitude where a range is of magnitudes', async () => {
    const code = `
import json, random
from modelyard_automl.searcher import distribution, draw
def small(kind, low, high, edge):
    given = distribution({"type": kind, "low": low, "high": high, "log": True})
    drawn = [draw(random.Random(seed), given) for seed in range(200)]
    assert all(low <= one <= high for one in drawn)
    return sum(one < edge for one in drawn)
print(json.dumps([small("float", 1e-4, 1, 1e-2), small("int", 1, 10_000, 100)]))`;
    const child = Bun.spawn([python, '-c', code], { env: { PYTHONPATH: pythonFolder() }, stdout: 'pipe' });
    for (const half of (await new Response(child.stdout).json()) as number[]) expect(half).toBeWithin(70, 130);
  });

  test('proposes the same with the same seed', async () => {
    const run = async (): Promise<readonly Proposal[]> => {
      const searcher = await start({ seed: 11 });
      const all: Proposal[] = [];
      for (let at = 0; at < 15; at++) {
        const proposal = await next(searcher);
        all.push(proposal);
        await searcher.tell(proposal, cost(proposal));
      }
      return all;
    };
    expect(await run()).toEqual(await run());
  });

  test('says so when its process has ended', async () => {
    const searcher = await start();
    await searcher.close();
    expect(searcher.ask()).rejects.toThrow(/process ended/);
  });
});
