import type { Topic } from '../database/database.ts';

export type Ids = Readonly<Record<Topic, readonly string[]>>;

/** What is kept; a page that missed more reads everything again. */
const mostKept = 4000;

/** What changed lately, each thing at the position of its last change: answers what is new since a position. */
export class RecentChanges {
  /** Positions of another process mean nothing here. */
  readonly #start = crypto.randomUUID().slice(0, 8);
  readonly #at = new Map<string, { topic: Topic; id: string; position: number }>();
  #position = 0;
  /** Changes up to here are known no more. */
  #forgotten = 0;

  get position(): string {
    return `${this.#start}-${this.#position}`;
  }

  add(topic: Topic, id: string): void {
    const name = `${topic} ${id}`;
    // Taken out first, so that the map stays in the order of positions.
    this.#at.delete(name);
    this.#at.set(name, { topic, id, position: ++this.#position });
    if (this.#at.size <= mostKept) return;
    const [oldest, { position }] = this.#at.entries().next().value ?? ['', { position: 0 }];
    this.#at.delete(oldest);
    this.#forgotten = position;
  }

  /** From here on nobody knows what changed before. */
  forget(): void {
    this.#at.clear();
    this.#forgotten = ++this.#position;
  }

  /** What changed after `position`; undefined when that is not known. */
  since(position: string): Ids | undefined {
    const after = this.#numberOf(position);
    if (after === undefined || after < this.#forgotten) return undefined;
    const ids: Record<Topic, string[]> = { experiment: [], activity: [], run: [], model: [], endpoint: [], job: [] };
    if (after < this.#position) {
      for (const one of this.#at.values()) if (one.position > after) ids[one.topic].push(one.id);
    }
    return ids;
  }

  #numberOf(position: string): number | undefined {
    const [start, number = ''] = position.split('-');
    return start === this.#start && /^\d{1,15}$/.test(number) ? Number(number) : undefined;
  }
}
