import { expect, test } from 'bun:test';
import { addressOfHash } from './old-addresses.ts';

const cases: readonly [string, string | undefined][] = [
  ['#/', '/'],
  ['#/experiments', '/experiments'],
  ['#/experiments/5', '/experiments/5/runs'],
  ['#/experiments/5/', '/experiments/5/runs'],
  [
    '#/experiments/5?searchFilter=metrics.a%20%3C%201&viewStateShareKey=x',
    '/experiments/5/runs?filter=metrics.a+%3C+1',
  ],
  [
    '#/experiments/4/runs?orderByKey=metrics.%60val,%20loss%60&orderByAsc=true',
    '/experiments/4/runs?sort=metrics.val%252C+loss',
  ],
  ['#/experiments/4?orderByKey=params.lr&orderByAsc=false', '/experiments/4/runs?sort=%7Eparams.lr'],
  ['#/experiments/4?orderByKey=attributes.start_time&orderByAsc=false', '/experiments/4/runs'],
  ['#/experiments/8?lifecycleFilter=Deleted&orderByKey=attributes.start_time', '/experiments/8/runs?view=deleted'],
  ['#/experiments/1/runs/abc', '/experiments/1/runs/abc'],
  ['#/experiments/1/runs/abc/model-metrics', '/experiments/1/runs/abc/metrics'],
  ['#/experiments/1/runs/abc/artifacts', '/experiments/1/runs/abc/artifacts'],
  ['#/experiments/1/runs/abc/artifacts/model', '/experiments/1/runs/abc/artifacts?path=model'],
  ['#/experiments/1/runs/abc/artifacts/a/b%20c.txt', '/experiments/1/runs/abc/artifacts?path=a%2Fb+c.txt'],
  ['#/models', '/models'],
  ['#/models/x', '/models/x'],
  ['#/models/x%2Fy/versions/1', '/models/x%2Fy/versions/1'],
  ['#/compare-runs?runs=["a","b"]&experiments=["1"]', '/compare?runs=a%2Cb'],
  ['#/compare-runs?runs=[broken', '/compare'],
  ['#/compare-experiments/s?experiments=["1","2"]', '/runs?experiments=1%2C2'],
  ['#/metric/loss?runs=["a"]&experiments=["1"]', '/experiments/1/runs/a/metrics?metric=loss'],
  ['#/metric/a%2Fb?runs=["a"]&experiments=["1"]', '/experiments/1/runs/a/metrics?metric=a%2Fb'],
  ['#/metric?runs=["a"]&metric="val%20loss"&experiments=["1"]', '/experiments/1/runs/a/metrics?metric=val+loss'],
  ['#/metric?runs=["a","b"]&metric="loss"&experiments=["1"]', '/compare?runs=a%2Cb&view=curves&q=loss'],
  ['#/compare-model-versions?name="a/b"&runs={"x":"1","y":"3"}', '/models/a%2Fb/compare?versions=1%2C3'],
  ['#/compare-model-versions?name="a"&runs=[broken', '/models/a/compare'],
  ['#/experiments/1/runs/abc/artifactPath/model/a.txt', '/experiments/1/runs/abc/artifacts?path=model%2Fa.txt'],
  ['#content', undefined],
  ['#/elsewhere', '/#/elsewhere'],
  ['#//elsewhere.org/x?y=1', '/#//elsewhere.org/x?y=1'],
  ['', undefined],
];

test.each(cases)('%s is %s', (hash, address) => {
  expect(addressOfHash(hash)).toBe(address);
});
