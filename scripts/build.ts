/** Builds everything that `dist/` holds; `npm ci` runs it through npm's `prepare`. */
import { buildServer } from './build-server.ts';
import { buildWeb } from './build-web.ts';

await Promise.all([buildServer(), buildWeb()]);
