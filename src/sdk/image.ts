/** Images as files: encoded ones as they are, pixels as a PNG. */

/** Pixels, row by row: 4 bytes each (as a canvas has them), 3 (RGB) or 1 (grey). */
export interface Pixels {
  readonly data: Uint8Array | Uint8ClampedArray | readonly number[];
  readonly width: number;
  readonly height: number;
}

/** Pixels, or the bytes of a PNG, JPEG or other image file. */
export type ImageSource = Pixels | Uint8Array<ArrayBuffer> | Blob;

export interface KeyedImage {
  readonly key: string;
  /** Default: 0. */
  readonly step?: number;
  /** Milliseconds since 1970. Default: now. */
  readonly timestamp?: number;
}

/** The name by which the image grid finds key, step and time. */
export function keyedImagePath({ key, step = 0, timestamp = Date.now() }: KeyedImage): string {
  if (!Number.isInteger(step)) throw new TypeError(`The step ${step} is not a whole number.`);
  if (!/^[\w\-. /]+$/.test(key)) throw new TypeError(`${JSON.stringify(key)} is not a key for images.`);
  return `images/${key.replaceAll('/', '#')}+step+${step}+timestamp+${timestamp}+${crypto.randomUUID()}.png`;
}

export async function encodeImage(image: ImageSource): Promise<Uint8Array<ArrayBuffer> | Blob> {
  return image instanceof Blob || image instanceof Uint8Array ? image : png(image);
}

const colourTypes: Readonly<Record<number, number>> = { 1: 0, 3: 2, 4: 6 };
const signature = [137, 80, 78, 71, 13, 10, 26, 10];

async function png({ data, width, height }: Pixels): Promise<Uint8Array<ArrayBuffer>> {
  const channels = data.length / (width * height);
  const colourType = colourTypes[channels];
  if (colourType === undefined) {
    throw new TypeError(`${data.length} values are no image of ${width} x ${height}: 1, 3 or 4 for each pixel are.`);
  }
  // Each line begins with the number of its filter; 0 is none.
  const line = width * channels;
  const raw = new Uint8Array((line + 1) * height);
  for (let y = 0; y < height; y++) raw.set(data.slice(y * line, (y + 1) * line), y * (line + 1) + 1);
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  header.setUint8(8, 8);
  header.setUint8(9, colourType);
  const deflated = new Blob([raw]).stream().pipeThrough(new CompressionStream('deflate'));
  const body = new Uint8Array(await new Response(deflated).arrayBuffer());
  const chunks = [chunk('IHDR', new Uint8Array(header.buffer)), chunk('IDAT', body), chunk('IEND', new Uint8Array())];
  return new Uint8Array(await new Blob([new Uint8Array(signature), ...chunks]).arrayBuffer());
}

function chunk(type: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(data, 8);
  view.setUint32(data.length + 8, crc32(bytes.subarray(4, data.length + 8)));
  return bytes;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = (crcTable[(value ^ byte) & 255] ?? 0) ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}
