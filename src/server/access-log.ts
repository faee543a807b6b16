/** A line for each request that was answered, for who wants to see what clients ask. */
import { accessLog } from '../logging/loggers.ts';
import { splitUrl } from './request-input.ts';

type Handler<Asked extends Request> = (request: Asked) => Promise<Response>;
type ServedHandler<Asked extends Request> = (request: Asked, server: Bun.Server<undefined>) => Promise<Response>;

/** What may be put around a handler. */
export type AroundHandler = <Asked extends Request>(handle: Handler<Asked>) => ServedHandler<Asked>;

export const withoutAccessLog: AroundHandler = (handle) => handle;

/**
 * Milliseconds are those until the answer began: a download is logged before its last byte, a feed when it opens. Of an
 * address the runtime has resolved `..` before anybody sees it.
 */
export const withAccessLog: AroundHandler = (handle) => {
  return async (request, server) => {
    const begun = performance.now();
    // Not known any more once the client has left.
    const client = server.requestIP(request)?.address ?? '-';
    const response = await handle(request);
    const { path, query } = splitUrl(request.url);
    const asked = query === '' ? path : `${path}?${query}`;
    accessLog.info(
      `${client} ${request.method} ${asked} ${response.status} ${(performance.now() - begun).toFixed(1)} ms`,
    );
    return response;
  };
};
