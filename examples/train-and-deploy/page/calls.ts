/** Calls of the backend. What goes wrong is an Error with the backend's words. */

export async function get<T>(path: string): Promise<T> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(await messageOf(response));
  return (await response.json()) as T;
}

type ErrorEvent = { readonly event: 'error'; readonly message: string };

/** The events of an answer of JSON lines, as they come. */
export async function* events<E extends { readonly event: string }>(
  path: string,
  request: RequestInit,
): AsyncGenerator<E> {
  const response = await fetch(path, { method: 'POST', ...request });
  if (!response.ok || !response.body) throw new Error(await messageOf(response));
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const lines = (rest + part.value).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const event = JSON.parse(line) as E | ErrorEvent;
      if (event.event === 'error') throw new Error((event as ErrorEvent).message);
      yield event as E;
    }
  }
}

async function messageOf(response: Response): Promise<string> {
  const body = (await response.json().catch(() => ({}))) as { message?: string };
  return body.message ?? `The backend answered ${response.status}.`;
}

export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
