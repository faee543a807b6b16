import { afterAll, beforeAll } from 'bun:test';
import { Api } from './api.ts';
import { startServer, type TestServer } from './start-server.ts';

/**
 * One server for all tests of a file, with MLflow's API and our own read methods: `const { api, views } =
 * testedServer();` at the top of the file. Nothing of it may be used before the first test or `beforeAll`.
 */
export function testedServer(): { api: Api; views: Api; url: () => string } {
  let server: TestServer | undefined;
  beforeAll(async () => {
    server = await startServer();
  }, 30_000);
  afterAll(() => server?.stop());
  const url = (): string => server?.url ?? '';
  const late = {
    get url(): string {
      return url();
    },
  };
  return { api: new Api(late), views: new Api(late, '/ajax-api/2.0/modelyard'), url };
}
