/**
 * Which run is active where. Each strand of asynchronous code has its own chain of open runs, so that strands that run
 * at the same time, each with `await startRun()`, do not see each other's. Where there is no AsyncLocalStorage
 * (browsers), there is one chain for all.
 */

interface AsyncStorage<T> {
  getStore(): T | undefined;
  run<R>(store: T, work: () => R): R;
  enterWith(store: T): void;
}

/** A place in the chain; its run is undefined until the server has made it. */
export interface Place<Run> {
  readonly outer: Place<Run> | undefined;
  run: Run | undefined;
  /** Starting until there is a run; over when it has ended, or could not be started. */
  state: 'starting' | 'open' | 'over';
}

export class ActiveRuns<Run> {
  #made: AsyncStorage<Place<Run>> | undefined;

  get #storage(): AsyncStorage<Place<Run>> {
    this.#made ??= asyncStorage();
    return this.#made;
  }

  /** The innermost open run of this strand. */
  get current(): Place<Run> | undefined {
    return openFrom(this.#storage.getStore());
  }

  /** Nothing was opened in this strand or those it comes from, such as a timer or listener that was there before. */
  get isFresh(): boolean {
    return this.#storage.getStore() === undefined;
  }

  /** A place of this strand, or of one that began in the same turn, whose run is on its way. */
  get starting(): Place<Run> | undefined {
    const place = this.#storage.getStore();
    return place?.state === 'starting' ? place : undefined;
  }

  /**
   * Opens a place for a run that is about to be made; to be called before the first await of the caller's caller.
   *
   * A place that is still starting belongs to another strand: code that awaits its own start cannot start a second run
   * meanwhile. It is only seen here because that strand began in the same turn.
   */
  enter(outer?: Place<Run>): Place<Run> {
    const place = this.make(outer);
    this.#storage.enterWith(place);
    return place;
  }

  /** A place that is active within `within` alone. */
  make(outer = this.current): Place<Run> {
    return { outer, run: undefined, state: 'starting' };
  }

  within<R>(place: Place<Run>, work: () => R): R {
    return this.#storage.run(place, work);
  }
}

function openFrom<Run>(place: Place<Run> | undefined): Place<Run> | undefined {
  let open = place;
  while (open && open.state !== 'open') open = open.outer;
  return open;
}

let provided: (() => AsyncStorage<unknown>) | undefined;

/** To be called before the first run. */
export function setAsyncStorage(make: () => AsyncStorage<unknown>): void {
  provided = make;
}

function asyncStorage<T>(): AsyncStorage<T> {
  if (provided) return provided() as AsyncStorage<T>;
  type Hooks = { AsyncLocalStorage: new () => AsyncStorage<T> };
  const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
  const hooks = process?.getBuiltinModule?.('node:async_hooks') as Hooks | undefined;
  return hooks ? new hooks.AsyncLocalStorage() : new OneForAll();
}

class OneForAll<T> implements AsyncStorage<T> {
  #store: T | undefined;

  getStore(): T | undefined {
    return this.#store;
  }

  /** As long as the promise that `work` returns, if it does. */
  run<R>(store: T, work: () => R): R {
    const before = this.#store;
    this.#store = store;
    const back = (): void => {
      this.#store = before;
    };
    let result: R;
    try {
      result = work();
    } catch (error) {
      back();
      throw error;
    }
    if (!(result instanceof Promise)) {
      back();
      return result;
    }
    return result.finally(back) as R;
  }

  enterWith(store: T): void {
    this.#store = store;
  }
}
