import { expect, test } from 'bun:test';
import { sharesOf } from './param-shares.ts';

test('what the params tell each is what they tell together', () => {
  const shares = sharesOf({ explained: 0.8, params: [{ key: 'lr', importance: 0.57 }, { key: 'seed', importance: 0.03 }] }); // prettier-ignore
  expect(shares.map(({ share }) => share?.toFixed(2))).toEqual(['0.76', '0.04']);
  expect(shares.map(({ part }) => part?.toFixed(2))).toEqual(['0.95', '0.05']);
});

test('noise tells nothing, and few runs have no shares', () => {
  const noise = sharesOf({
    explained: -0.2,
    params: [
      { key: 'lr', importance: 0.02 },
      { key: 'seed', importance: 0 },
    ],
  });
  expect(noise.map(({ share }) => share)).toEqual([0, 0]);
  expect(sharesOf({ explained: 0, params: [{ key: 'lr', importance: 0 }] })[0]?.share).toBe(0);
  expect(sharesOf({ params: [{ key: 'lr', spearman: 1 }] })[0]?.share).toBeUndefined();
});
