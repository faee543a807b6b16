/** NumPy's values that are no plain numbers, as people write them: texts, complex numbers, times. */

type ReadText = (view: DataView, at: number, little: boolean) => string;

/** Undefined for another type. @param type without the order of its bytes, such as `U2`, `c16` or `M8[ns]` */
export function textReader(type: string): { readonly size: number; readonly read: ReadText } | undefined {
  const [, kind = '', digits = '', unit = ''] = /^([UScMm])(\d+)(?:\[(\w+)\])?$/.exec(type) ?? [];
  const length = Number(digits);
  if (length === 0) return undefined;
  if (kind === 'U') return { size: 4 * length, read: (view, at, little) => codePoints(view, at, length, little) };
  if (kind === 'S') return { size: length, read: (view, at) => bytesText(view, at, length) };
  if (type === 'c8') return { size: 8, read: complex64 };
  if (type === 'c16') return { size: 16, read: complex128 };
  if (length !== 8 || !Object.hasOwn(perUnit, unit)) return undefined;
  const write = kind === 'M' ? moment : duration;
  return { size: 8, read: (view, at, little) => write(view.getBigInt64(at, little), unit) };
}

/** Zeros fill up what is shorter than the type. */
function codePoints(view: DataView, at: number, length: number, little: boolean): string {
  let text = '';
  for (let i = 0; i < length; i++) {
    const point = view.getUint32(at + 4 * i, little);
    text += point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd';
  }
  return text.replace(/\0+$/, '');
}

/** As Python writes bytes: their encoding is not told. */
function bytesText(view: DataView, at: number, length: number): string {
  let end = length;
  while (end > 0 && view.getUint8(at + end - 1) === 0) end--;
  return Array.from({ length: end }, (_, i) => {
    const byte = view.getUint8(at + i);
    return byte >= 32 && byte < 127 ? String.fromCodePoint(byte) : `\\x${byte.toString(16).padStart(2, '0')}`;
  }).join('');
}

const complex64: ReadText = (view, at, little) =>
  complex(view.getFloat32(at, little), view.getFloat32(at + 4, little), shortest);
const complex128: ReadText = (view, at, little) =>
  complex(view.getFloat64(at, little), view.getFloat64(at + 8, little), (value) => value);

function complex(real: number, imaginary: number, short: (value: number) => number): string {
  const part = (value: number): string =>
    Number.isFinite(value) ? String(short(value)) : String(value).replace('Infinity', 'inf').replace('NaN', 'nan');
  const sign = imaginary < 0 ? '' : '+';
  return `${part(real)}${sign}${part(imaginary)}j`;
}

/** The digits that tell a float of 32 bits from all others. */
function shortest(value: number): number {
  const digits = [6, 7, 8].find((count) => Math.fround(Number(value.toPrecision(count))) === value);
  return Number(value.toPrecision(digits ?? 9));
}

/** Of a second: how many seconds a unit has, or how many digits of one. */
const perUnit: Readonly<Record<string, { readonly seconds?: bigint; readonly digits?: number }>> = {
  W: { seconds: 604_800n },
  D: { seconds: 86_400n },
  h: { seconds: 3600n },
  m: { seconds: 60n },
  s: { seconds: 1n },
  ms: { digits: 3 },
  us: { digits: 6 },
  ns: { digits: 9 },
};

/** Not a time: the least integer. */
const none = -(2n ** 63n);

function moment(value: bigint, unit: string): string {
  if (value === none) return 'NaT';
  const { seconds = 1n, digits = 0 } = perUnit[unit] ?? {};
  const parts = 10n ** BigInt(digits);
  const rest = ((value % parts) + parts) % parts;
  const date = new Date(Number(((value - rest) / parts) * seconds) * 1000);
  if (Number.isNaN(date.getTime())) return String(value);
  const iso = date.toISOString().replace('.000Z', '');
  if (unit === 'W' || unit === 'D') return iso.replace(/T.*/, '');
  return digits === 0 ? iso : `${iso}.${String(rest).padStart(digits, '0')}`;
}

function duration(value: bigint, unit: string): string {
  return value === none ? 'NaT' : `${value} ${unit}`;
}
