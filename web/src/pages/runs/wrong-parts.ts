/** Parts of an address that mean nothing: cut short, of another version, misspelt. The table stands without them. */
import { runAttributes } from '../../api/run-attributes.ts';
import type { UrlValues } from '../../components/url-state.ts';
import { isStep, orderName, readList, splitColumn } from './run-query.ts';

export interface WrongPart {
  readonly key: string;
  readonly part: string;
}

/** As many as the server takes. */
const most: Readonly<Record<string, number>> = { columns: 300, group: 10 };

const isRight: Readonly<Record<string, (part: string) => boolean>> = {
  columns: (part) => {
    const [name = '', aggregate, ...more] = part.split('@').map(decode);
    const known = aggregate === undefined || isStep(aggregate) || ['last', 'min', 'max', 'mean'].includes(aggregate);
    return isColumn(name) && known && more.length === 0;
  },
  group: (part) => isColumn(decode(part)),
  sort: (part) => {
    const column = decode(part.replace(/^~/, ''));
    const name = orderName(column);
    // A key with both kinds of quotes is one that the grammar of orders cannot write.
    return name !== undefined && (!column.includes('.') || (isColumn(column) && !/`.*"|".*`/s.test(column)));
  },
  colour: (part) => isColumn(part),
  experiments: (part) => /^\d{1,15}$/.test(part),
};

/** The values without what is wrong in them, and what that was. */
export function withoutWrong(values: UrlValues): { values: UrlValues; wrong: readonly WrongPart[] } {
  const wrong: WrongPart[] = [];
  const right: Record<string, string | undefined> = { ...values };
  for (const [key, test] of Object.entries(isRight)) {
    const value = values[key];
    if (value === undefined) continue;
    const parts = key === 'colour' ? [value] : value.split(',').filter(Boolean);
    const good = parts.filter(test).slice(0, most[key]);
    if (good.length === parts.length) continue;
    wrong.push(...parts.filter((part) => !good.includes(part)).map((part) => ({ key, part: readList(part).join() })));
    right[key] = good.length === 0 ? undefined : good.join();
  }
  return { values: right, wrong };
}

/** Whether the server knows what this column is. */
export function isColumn(name: string): boolean {
  if (!/^(?:metrics|params|tags|attributes)\../s.test(name)) return false;
  const [kind, key] = splitColumn(name);
  return kind !== 'attributes' || (runAttributes as readonly string[]).includes(key);
}

function decode(text: string): string {
  return readList(text)[0] ?? '';
}
