/** `modelyard automl session`: single steps, for a program that speaks in lines of JSON. */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { checkedConfig } from '../../protocol/automl-config-check.ts';
import { settingsOf } from '../../sdk/settings.ts';
import { action } from '../action.ts';
import { placeOf } from './search-config.ts';

export const session = action({
  name: 'session',
  summary: 'make models one by one: requests in lines of JSON on the input, for the Python package',
  flags: {
    'config-file': { type: 'string', value: 'FILE', required: true, meaning: 'options as JSON, by their names with _' },
  },
  example: 'modelyard automl session --config-file session.json',
  async run(given) {
    const write = (message: object): void => void process.stdout.write(`${JSON.stringify(message)}\n`);
    try {
      const config = checkedConfig(JSON.parse(readFileSync(given['config-file'], 'utf8')));
      const [{ openLowcode }, { serveLowcode, eventsFor }, { realParts }] = await Promise.all([
        import('../../automl/lowcode/open-lowcode.ts'),
        import('../../automl/lowcode/serve-lowcode.ts'),
        import('../../automl/engine/real-parts.ts'),
      ]);
      const parts = { settings: settingsOf(), parts: realParts, events: eventsFor(write) };
      const opened = await openLowcode({ ...config, dataset: placeOf(config.dataset) }, parts);
      write({ event: 'ready', run_id: opened.search.runId, experiment_id: opened.search.experimentId });
      await serveLowcode(opened, createInterface({ input: process.stdin }), write);
      await opened.close();
    } catch (error) {
      write({ event: 'failed', text: (error as Error).message });
      return 1;
    }
    return 0;
  },
});
