/** Lists kept under tokens, those asked for least lately forgotten first. */
export class KeptLists<List extends { readonly size: number }> {
  readonly #lists = new Map<string, List>();
  readonly #mostLists: number;
  readonly #mostItems: number;
  #items = 0;

  constructor(mostLists: number, mostItems: number) {
    this.#mostLists = mostLists;
    this.#mostItems = mostItems;
  }

  get(token: string): List | undefined {
    const list = this.#lists.get(token);
    if (list) {
      this.#lists.delete(token);
      this.#lists.set(token, list);
    }
    return list;
  }

  /** Keeps a list, whatever its size, and gives its token. */
  keep(list: List): string {
    const token = crypto.randomUUID();
    this.#lists.set(token, list);
    this.#items += list.size;
    for (const [old, forgotten] of this.#lists) {
      if (this.#lists.size === 1 || (this.#lists.size <= this.#mostLists && this.#items <= this.#mostItems)) break;
      this.#lists.delete(old);
      this.#items -= forgotten.size;
    }
    return token;
  }
}
