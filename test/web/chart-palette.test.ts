/** The palette by numbers: every line stands out from the ground, and from the others, for those who see no green too. */
import { expect, test } from 'bun:test';
import { join } from 'node:path';

type Rgb = readonly [number, number, number];

const styles = join(import.meta.dir, '../../web/src');
const sheet = await Bun.file(join(styles, 'charts/charts.css')).text();
const tokens = await Bun.file(join(styles, 'styles/tokens.css')).text();

function pair(css: string, name: string): [Rgb, Rgb] {
  const match = new RegExp(`--${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(css);
  if (!match) throw new Error(`no colour ${name}`);
  return [linear(match[1] ?? ''), linear(match[2] ?? '')];
}

function linear(hex: string): Rgb {
  const part = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [part(1), part(3), part(5)];
}

function contrast(a: Rgb, b: Rgb): number {
  const light = ([r, g, b]: Rgb): number => 0.2126 * r + 0.7152 * g + 0.0722 * b;
  const [low, high] = [light(a), light(b)].sort((x, y) => x - y);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

/** Machado and others 2009, severity 1. */
function withoutGreen([r, g, b]: Rgb): Rgb {
  return [
    0.367322 * r + 0.860646 * g - 0.227968 * b,
    0.280085 * r + 0.672501 * g + 0.047413 * b,
    -0.01182 * r + 0.04294 * g + 0.968881 * b,
  ];
}

function oklab(colour: Rgb): Rgb {
  const [r, g, b] = colour.map((value) => Math.max(0, value)) as [number, number, number];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function distance(a: Rgb, b: Rgb): number {
  const [x, y] = [oklab(a), oklab(b)];
  return Math.hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2]);
}

const scale = [0, 1, 2].map((i) => pair(tokens, `scale-${i}`));
const colours = Array.from({ length: 8 }, (_, i) => pair(sheet, `series-${i}`));
const ground = pair(tokens, 'ground');

for (const [place, theme] of ['light', 'dark'].entries()) {
  const own = colours.map((both) => both[place] ?? both[0]);

  test(`${theme}: each colour has 3:1 against the ground`, () => {
    for (const colour of own) expect(contrast(colour, ground[place] ?? ground[0])).toBeGreaterThanOrEqual(3);
  });

  test(`${theme}: a scale of numbers begins with 3:1 against the ground and goes on from there`, () => {
    const contrasts = scale.map((both) => contrast(both[place] ?? both[0], ground[place] ?? ground[0]));
    expect(contrasts[0]).toBeGreaterThanOrEqual(3);
    expect(contrasts).toEqual(contrasts.toSorted((a, b) => a - b));
  });

  test(`${theme}: no two colours are alike, seen with green or without`, () => {
    for (const [i, a] of own.entries()) {
      for (const b of own.slice(0, i)) {
        // Three times what is just noticeable.
        expect(distance(a, b)).toBeGreaterThan(0.06);
        expect(distance(withoutGreen(a), withoutGreen(b))).toBeGreaterThan(0.06);
      }
    }
  });
}
