/** Numbers of half precision by their bits: not every runtime has a typed array for them. */

/** Each rounded to the nearest, or of two to the even one. */
export function toHalves(values: ArrayLike<number>): Uint16Array<ArrayBuffer> {
  return Uint16Array.from(values, bitsOf);
}

export function fromHalves(bits: ArrayLike<number>): Float32Array<ArrayBuffer> {
  return Float32Array.from(bits, valueOf);
}

function bitsOf(value: number): number {
  if (Number.isNaN(value)) return 0x7e00;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  // Halfway from the largest to what would be the next.
  if (size >= 65_520) return sign | 0x7c00;
  const exponent = Math.max(-14, Math.floor(Math.log2(size)));
  // The leading one adds to the exponent, and so does what is rounded up to the next power of two.
  return sign | (((exponent + 14) << 10) + rounded(size / 2 ** (exponent - 10)));
}

function rounded(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}

function valueOf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction > 0 ? Number.NaN : sign * Infinity;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}
