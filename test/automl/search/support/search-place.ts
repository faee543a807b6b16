/** Where the searches of a file are recorded and keep their data. */
import { afterAll, beforeAll } from 'bun:test';
import { setTrackingUri } from '../../../../src/sdk/settings.ts';
import { freshFolder, removeFolder } from '../../../support/folders.ts';
import { startServer, type TestServer } from '../../../support/start-server.ts';

/** A server that the SDK talks to, and a cache. The address may be used from the first test on. */
export function searchPlace(): { readonly cache: string; readonly url: string } {
  const cache = freshFolder();
  let server: TestServer | undefined;
  beforeAll(async () => {
    process.env['AUTOML_CACHE'] = cache;
    server = await startServer();
    setTrackingUri(server.url);
  }, 30_000);
  afterAll(async () => {
    delete process.env['AUTOML_CACHE'];
    removeFolder(cache);
    await server?.stop();
  });
  return {
    cache,
    get url(): string {
      return server?.url ?? '';
    },
  };
}
