/** Gathers what many parts of a page ask for at the same time into one call. */

interface Ask<Answer> {
  readonly key: string;
  readonly signal: AbortSignal;
  readonly resolve: (answer: Answer | undefined) => void;
  readonly reject: (error: unknown) => void;
}

interface Options<Group, Answer> {
  /** Asks of different groups go in different calls. */
  readonly load: (group: Group, keys: string[]) => Promise<ReadonlyMap<string, Answer>>;
  readonly most: number;
  /** Milliseconds to wait for more; rows that were scrolled past meanwhile are not asked for. */
  readonly wait: number;
}

export function batcher<Group, Answer>({ load, most, wait }: Options<Group, Answer>) {
  const waiting = new Map<string, Ask<Answer>[]>();

  const send = async (group: Group, asks: readonly Ask<Answer>[]): Promise<void> => {
    try {
      const answers = await load(group, [...new Set(asks.map(({ key }) => key))]);
      for (const { key, resolve } of asks) resolve(answers.get(key));
    } catch (error) {
      for (const { reject } of asks) reject(error);
    }
  };

  return (group: Group, key: string, signal: AbortSignal): Promise<Answer | undefined> =>
    new Promise((resolve, reject) => {
      const name = JSON.stringify(group);
      const asks = waiting.get(name);
      const ask: Ask<Answer> = { key, signal, resolve, reject };
      if (asks) {
        asks.push(ask);
        return;
      }
      const fresh = [ask];
      waiting.set(name, fresh);
      setTimeout(() => {
        waiting.delete(name);
        const wanted = fresh.filter(({ signal, reject }) => {
          if (signal.aborted) reject(new DOMException('No longer wanted', 'AbortError'));
          return !signal.aborted;
        });
        for (let at = 0; at < wanted.length; at += most) void send(group, wanted.slice(at, at + most));
      }, wait);
    });
}
