import { expect, test } from 'bun:test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FileLogger } from '../../src/sdk/node/index.ts';
import { freshFolder, removeFolder } from '../support/folders.ts';

test('params and metrics stand in two small files beside the code', () => {
  const folder = freshFolder();
  try {
    const logger = new FileLogger({ folder });
    logger.logParams({ rate: 0.1, name: 'yes', layers: [1, 2] });
    logger.logParam('rate', 0.2);
    for (const step of [0, 1]) logger.logMetric('loss', 0.5 - step / 4, { step, timestamp: 1000 + step });
    logger.logMetrics({ 'a b': Number.NaN }, { step: 2n ** 60n, timestamp: 5 });
    expect(() => logger.logMetric('a,b', 1)).toThrow(/Names may only contain/);
    logger.close();
    expect(Bun.YAML.parse(readFileSync(join(folder, 'params.yml'), 'utf8'))).toEqual({
      rate: 0.2,
      name: 'yes',
      layers: [1, 2],
    });
    expect(readFileSync(join(folder, 'metrics.csv'), 'utf8')).toBe(
      'Name,Value,Timestamp,Step\nloss,0.5,1000,0\nloss,0.25,1001,1\na b,NaN,5,1152921504606846976\n',
    );
  } finally {
    removeFolder(folder);
  }
});
