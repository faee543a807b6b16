/** The colour of a number between the least and the greatest, as `color-mix(in oklab, …)` mixes it on a page. */
import type { ChartTheme } from './theme.ts';

type Triple = readonly [number, number, number];

/** As `rgb(…)`: programs that show an SVG know no mixtures. @param place from 0 to 1 */
export function scaleColour({ scale }: Pick<ChartTheme, 'scale'>, place: number): string {
  const along = Math.max(0, Math.min(1, place)) * (scale.length - 1);
  const before = Math.min(Math.floor(along), scale.length - 2);
  const [from, to] = [oklabOf(scale[before]), oklabOf(scale[before + 1])];
  return rgbOf(map(from, (value, i) => value + (to[i] - value) * (along - before)));
}

function map([a, b, c]: Triple, by: (value: number, i: 0 | 1 | 2) => number): Triple {
  return [by(a, 0), by(b, 1), by(c, 2)];
}

/** Björn Ottosson's matrices. */
const toCones: readonly Triple[] = [[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566], [0.0883024619, 0.2817188376, 0.6299787005]]; // prettier-ignore
const fromCones: readonly Triple[] = [[4.0767416621, -3.3077115913, 0.2309699292], [-1.2684380046, 2.6097574011, -0.3413193965], [-0.0041960863, -0.7034186147, 1.707614701]]; // prettier-ignore
const toLab: readonly Triple[] = [[0.2104542553, 0.793617785, -0.0040720468], [1.9779984951, -2.428592205, 0.4505937099], [0.0259040371, 0.7827717662, -0.808675766]]; // prettier-ignore
const fromLab: readonly Triple[] = [[1, 0.3963377774, 0.2158037573], [1, -0.1055613458, -0.0638541728], [1, -0.0894841775, -1.291485548]]; // prettier-ignore

function times(matrix: readonly Triple[], [x, y, z]: Triple): Triple {
  const row = ([a, b, c]: Triple = [0, 0, 0]): number => a * x + b * y + c * z;
  return [row(matrix[0]), row(matrix[1]), row(matrix[2])];
}

/** @param colour `rgb(1, 2, 3)`, as browsers give computed colours */
function oklabOf(colour = ''): Triple {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number);
  const linear = map([red, green, blue], (value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return times(toLab, map(times(toCones, linear), Math.cbrt));
}

function rgbOf(oklab: Triple): string {
  const linear = times(
    fromCones,
    map(times(fromLab, oklab), (value) => value ** 3),
  );
  const [red, green, blue] = map(linear, (value) => {
    const part = value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055;
    return Math.round(Math.max(0, Math.min(1, part)) * 255);
  });
  return `rgb(${red}, ${green}, ${blue})`;
}
