/** Requests to a scoring server. */
export interface Scored {
  readonly status: number;
  readonly body: string;
  readonly headers: Headers;
}

const answerLimit = 100_000;

export async function score(url: string, body: unknown): Promise<Scored> {
  const answer = await fetch(`${url}/invocations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    signal: AbortSignal.timeout(answerLimit),
  });
  return { status: answer.status, body: await answer.text(), headers: answer.headers };
}

/** One column of one or more rows. */
export function column(name: string, ...values: readonly unknown[]): unknown {
  return { dataframe_split: { columns: [name], data: values.map((value) => [value]) } };
}

export function predictions({ status, body }: Scored): unknown {
  if (status !== 200) throw new Error(`${status}: ${body}`);
  return (JSON.parse(body) as { predictions: unknown }).predictions;
}

/** Waits until the server has that many requests waiting or under way, by its own metrics. */
export async function untilInHand(url: string, kind: 'queue_depth' | 'running', count: number): Promise<void> {
  await until(async () => (await metric(url, kind)) === count);
}

export async function metric(url: string, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(new RegExp(`^modelyard_scoring_${name} (\\S+)$`, 'm').exec(text)?.[1]);
}

/** Asks again and again, for a minute at most. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 60_000;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error('it did not come to be so within a minute');
    await Bun.sleep(5);
  }
}
