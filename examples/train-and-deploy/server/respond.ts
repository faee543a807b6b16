/** Answers: JSON, or progress as JSON lines. What the user can put right is a UserError and answered with its words. */
import { ConnectionError, MlflowError } from 'modelyard';

/** Something that the user can put right; the message says how. */
export class UserError extends Error {}

type Events = AsyncGenerator<object, void>;
type Handler<R extends Request, T> = (request: R) => T | Promise<T>;

/** Answers with what a function returns. */
export function json<R extends Request>(handler: Handler<R, unknown>): Handler<R, Response> {
  return async (request) => {
    try {
      refuseStrangers(request);
      const value = await handler(request);
      return value instanceof Response ? value : Response.json(value);
    } catch (error) {
      return refusal(error);
    }
  };
}

/**
 * Answers with what a generator yields, one JSON object a line, as it comes. What goes wrong before the first line is
 * answered as usual; afterwards it is the last line, `{"event": "error", "message": …}`.
 */
export function lines<R extends Request>(handler: (request: R) => Events): Handler<R, Response> {
  return json(async (request) => {
    const events = handler(request);
    const first = await events.next();
    return new Response(encoded(first, events), { headers: { 'content-type': 'application/x-ndjson' } });
  });
}

async function* encoded(first: IteratorResult<object, void>, events: Events): AsyncGenerator<string> {
  try {
    for (let next = first; !next.done; next = await events.next()) yield line(next.value);
  } catch (error) {
    yield line({ event: 'error', message: messageOf(error) });
  } finally {
    // Also when nobody listens any more.
    await events.return();
  }
}

function line(event: object): string {
  return `${JSON.stringify(event)}\n`;
}

/** Only our own page may ask, not any page that is open in the same browser, whatever name that has for this machine. */
function refuseStrangers(request: Request): void {
  const { origin, hostname, port } = new URL(request.url);
  const asking = request.headers.get('origin') ?? origin;
  if (asking === origin && ['127.0.0.1', 'localhost'].includes(hostname)) return;
  throw new UserError(`Requests from ${asking} are refused. Open http://127.0.0.1:${port} instead.`);
}

function refusal(error: unknown): Response {
  const known = error instanceof MlflowError ? error.status : error instanceof ConnectionError ? 502 : 500;
  const status = error instanceof UserError ? 400 : known;
  return Response.json({ message: messageOf(error) }, { status });
}

function messageOf(error: unknown): string {
  if (error instanceof UserError || error instanceof MlflowError || error instanceof ConnectionError)
    return error.message;
  console.error(error);
  return `Something went wrong: ${error instanceof Error ? error.message : String(error)}`;
}
