/** What an event says of a change: old and new values, none of them long. */
type Value = string | number | Readonly<Record<string, string>>;

/** What there is none of is left out. */
export type EventBody = Readonly<Record<string, Value | null | undefined>>;

/** `cut` names the values that were longer, or that held more. */
export type LoggedBody = Readonly<Record<string, Value | readonly string[]>> & { readonly cut?: readonly string[] };

const longestValue = 1024;
const mostEntries = 20;

const encoder = new TextEncoder();
const room = new Uint8Array(longestValue);

/** As many whole characters as fit into 1 KB. */
function shortened(text: string): string {
  return text.length * 3 <= longestValue ? text : text.slice(0, encoder.encodeInto(text, room).read);
}

/** With long texts cut to 1 KB and records to 20 entries. */
export function bounded(body: EventBody): LoggedBody {
  const cut: string[] = [];
  const short = Object.entries(body).flatMap(([name, value]) => {
    if (value === null || value === undefined) return [];
    const kept = boundedValue(value);
    if (!Bun.deepEquals(kept, value)) cut.push(name);
    return [[name, kept] as const];
  });
  return { ...Object.fromEntries(short), ...(cut.length > 0 ? { cut } : {}) };
}

function boundedValue(value: Value): Value {
  if (typeof value === 'string') return shortened(value);
  if (typeof value === 'number') return value;
  const entries = Object.entries(value).slice(0, mostEntries);
  return Object.fromEntries(entries.map(([key, text]) => [key, shortened(text)]));
}
