/** Which previewer a file gets: by the ending of its name, else by its first bytes. */
export type Kind =
  | 'text'
  | 'log'
  | 'json'
  | 'jsonl'
  | 'yaml'
  | 'markdown'
  | 'html'
  | 'image'
  | 'pdf'
  | 'audio'
  | 'video'
  | 'csv'
  | 'parquet'
  | 'npy'
  | 'zip'
  | 'notebook'
  | 'geojson'
  | 'mlmodel'
  | 'binary';

const endings: readonly [Kind, string][] = [
  ['text', 'py pyi r sh bash js mjs ts tsx jsx css scss sql java kt c h cc cpp hpp cu go rs swift scala proto'],
  ['text', 'xml ini cfg conf properties toml rst tex env diff patch requirements lock gitignore'],
  ['log', 'log txt out err stdout stderr'],
  ['json', 'json'],
  ['jsonl', 'jsonl ndjson'],
  ['yaml', 'yaml yml mlproject'],
  ['markdown', 'md markdown'],
  ['html', 'html htm'],
  ['image', 'png jpg jpeg gif webp bmp ico svg avif apng'],
  ['pdf', 'pdf'],
  ['audio', 'mp3 wav ogg oga opus m4a flac aac'],
  ['video', 'mp4 m4v webm mov ogv'],
  ['csv', 'csv tsv'],
  ['parquet', 'parquet pq'],
  ['npy', 'npy'],
  ['zip', 'zip npz whl jar'],
  ['notebook', 'ipynb'],
  ['geojson', 'geojson'],
  ['mlmodel', 'mlmodel'],
];
const byEnding = new Map(endings.flatMap(([kind, all]) => all.split(' ').map((ending) => [ending, kind] as const)));

export function kindByName(name: string): Kind | undefined {
  return byEnding.get(name.toLowerCase().slice(name.lastIndexOf('.') + 1));
}

/** Files of these kinds are read by the browser itself, or piece by piece. */
export const sniffedBytes = 4096;

const magic: readonly [Kind, string][] = [
  ['image', '\x89PNG'],
  ['image', 'GIF8'],
  ['image', '\xff\xd8\xff'],
  ['pdf', '%PDF-'],
  ['parquet', 'PAR1'],
  ['npy', '\x93NUMPY'],
  ['zip', 'PK\x03\x04'],
  ['zip', 'PK\x05\x06'],
];

export function kindByBytes(bytes: Uint8Array): Kind {
  const start = String.fromCharCode(...bytes.subarray(0, 16));
  const known = magic.find(([, word]) => start.startsWith(word));
  if (known) return known[0];
  if (start.startsWith('RIFF'))
    return start.startsWith('WEBP', 8) ? 'image' : start.startsWith('WAVE', 8) ? 'audio' : 'binary';
  if (isBinary(bytes)) return 'binary';
  return /^\s*[[{]/.test(start) ? 'json' : 'text';
}

/** Texts have no NUL and hardly any other control characters; UTF-16 says so in its first two bytes. */
function isBinary(bytes: Uint8Array): boolean {
  if (encodingOf(bytes) !== 'utf-8') return false;
  let odd = 0;
  for (const byte of bytes.subarray(0, sniffedBytes)) {
    if (byte === 0) return true;
    if (byte < 32 && ![9, 10, 12, 13, 27].includes(byte)) odd++;
  }
  return odd > bytes.length / 20;
}

export function encodingOf([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}
