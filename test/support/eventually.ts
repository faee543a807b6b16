import { within } from './within.ts';

/** What `look` finds, when it finds something. */
export async function eventually<T>(look: () => T | Promise<T>, limit = 30_000): Promise<NonNullable<T>> {
  const search = async (): Promise<NonNullable<T>> => {
    for (;;) {
      const found = await look();
      if (found) return found;
      await Bun.sleep(20);
    }
  };
  return within(limit, search());
}
