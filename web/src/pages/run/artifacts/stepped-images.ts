import type { Entry } from '../../../api/artifacts.ts';

/** An image of `mlflow.log_image(image, key=…, step=…)`. */
export interface SteppedImage {
  readonly key: string;
  readonly step: number;
  readonly time: number;
  readonly path: string;
  /** A smaller copy, if the client made one. */
  readonly small?: string;
}

/** As the client names them, by `+` or, in older versions, `%`; `#`, or `~` since 3.17, stands for a slash of the key. */
const pattern = /^(.+?)([+%])step\2(-?\d+)\2timestamp\2(\d+)\2([^+%]+)(?:\2(compressed))?\.\w+$/;

export function steppedImages(entries: readonly Entry[]): readonly SteppedImage[] {
  const found = new Map<string, SteppedImage>();
  for (const { name, path } of entries) {
    const match = pattern.exec(name);
    if (!match) continue;
    const [, key = '', , step = '', time = '', id = '', compressed] = match;
    const image = found.get(id) ?? { key: key.replaceAll(/[#~]/g, '/'), step: Number(step), time: Number(time), path };
    found.set(id, compressed ? { ...image, small: path } : { ...image, path });
  }
  return [...found.values()].sort((a, b) => a.step - b.step || a.time - b.time);
}

/** The step that is wanted, where there is one. */
export function stepIn(steps: readonly number[], wanted: string | undefined, usual: number): number {
  const step = Number(wanted ?? usual);
  return steps.includes(step) ? step : usual;
}

/** The newest one up to a step: keys may be logged at different steps. */
export function imageAt(images: readonly SteppedImage[], step: number): SteppedImage | undefined {
  return images.findLast((image) => image.step <= step);
}
