/** The x under the pointer, known to all charts of a page, so that one crosshair goes through all of them. */
export interface Hover {
  readonly x: number;
  /** The chart that the pointer is in. */
  readonly chart: string;
}

let hover: Hover | undefined;
const listeners = new Set<() => void>();

export function setHover(next: Hover | undefined): void {
  hover = next;
  for (const listener of listeners) listener();
}

export function currentHover(): Hover | undefined {
  return hover;
}

export function onHover(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
