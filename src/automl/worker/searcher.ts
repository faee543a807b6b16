/** The optimiser (`python/modelyard_automl/searcher.py`), in a process of its own. */
import { PythonProcess, PythonProcessError, type PythonMessage } from './python-process.ts';
import type { Proposal, Searcher, SearchSpace } from './worker.ts';

export interface SearcherOptions {
  /** The interpreter, of `automlPython`. */
  readonly python: string;
  readonly space: SearchSpace;
  /** The same seed and the same results in the same order give the same proposals. */
  readonly seed: number;
  readonly greaterIsBetter: boolean;
  /** What is tried anyway: it is not proposed. */
  readonly known?: readonly Proposal[] | undefined;
  readonly environment: Readonly<Record<string, string>>;
}

/** Rejects with a PythonProcessError when Python cannot do it. */
export async function startSearcher(options: SearcherOptions): Promise<Searcher> {
  const searcher = new ProcessSearcher(options);
  await searcher.start(options);
  return searcher;
}

class ProcessSearcher implements Searcher {
  readonly #process: PythonProcess;
  readonly #asked = new Map<number, PromiseWithResolvers<unknown>>();
  #end: PythonProcessError | undefined;
  #lastId = 0;

  constructor({ python, environment }: SearcherOptions) {
    const onMessage = (message: PythonMessage): void => this.#take(message);
    this.#process = new PythonProcess({ python, module: 'searcher', environment, onMessage });
    void this.#process.ended.then((error) => {
      this.#end = error;
      for (const { reject } of this.#asked.values()) reject(error);
      this.#asked.clear();
    });
  }

  async start({ space, seed, greaterIsBetter, known = [] }: SearcherOptions): Promise<void> {
    await this.#call('start', { space, seed, greater_is_better: greaterIsBetter, known });
  }

  async ask(): Promise<Proposal | undefined> {
    const proposal = await this.#call('ask', {});
    return (proposal as Proposal | null) ?? undefined;
  }

  async tell({ estimator, params }: Proposal, value: number | undefined): Promise<void> {
    // NaN becomes null: it failed.
    await this.#call('tell', { proposal: { estimator, params }, value: Number.isFinite(value) ? value : null });
  }

  async bench(estimator: string): Promise<void> {
    await this.#call('bench', { estimator });
  }

  async close(): Promise<void> {
    this.#process.close();
    await this.#process.ended;
  }

  #call(op: string, more: Readonly<Record<string, unknown>>): Promise<unknown> {
    if (this.#end) return Promise.reject(this.#end);
    const id = ++this.#lastId;
    const answer = Promise.withResolvers<unknown>();
    this.#asked.set(id, answer);
    this.#process.send({ op, id, ...more });
    return answer.promise;
  }

  #take(message: PythonMessage): void {
    const id = Number(message['id']);
    const asked = this.#asked.get(id);
    this.#asked.delete(id);
    if (message.event === 'error') asked?.reject(new PythonProcessError(String(message['message'])));
    else asked?.resolve(message['answer']);
  }
}
