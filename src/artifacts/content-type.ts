/** Which headers a download gets. The type comes from the name alone, never from what an uploader claimed. */

/** Shown as text by the UI, scripts and XML included. As MLflow's list. */
const textExtensions = new Set(
  (
    'txt log err cfg conf cnf cf ini properties prop hocon toml yaml yml xml json js py py3 csv tsv md rst ipynb ' +
    'mlmodel mlproject'
  ).split(' '),
);

const types: Readonly<Record<string, string>> = {
  html: 'text/html',
  htm: 'text/html',
  xhtml: 'application/xhtml+xml',
  css: 'text/css',
  mjs: 'text/javascript',
  svg: 'image/svg+xml',
  svgz: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  bmp: 'image/bmp',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  ico: 'image/vnd.microsoft.icon',
  pdf: 'application/pdf',
  mp3: 'audio/mpeg',
  wav: 'audio/x-wav',
  ogg: 'audio/ogg',
  m4a: 'audio/mp4',
  flac: 'audio/flac',
  mp4: 'video/mp4',
  webm: 'video/webm',
  mov: 'video/quicktime',
  avi: 'video/x-msvideo',
  geojson: 'application/geo+json',
  wasm: 'application/wasm',
  zip: 'application/zip',
  tar: 'application/x-tar',
  tgz: 'application/x-tar',
  h5: 'application/x-hdf5',
  arrow: 'application/vnd.apache.arrow.file',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
};

export function contentType(path: string): string {
  const name = nameOf(path).toLowerCase();
  // The type of a compressed file is that of what is packed, as Python's mimetypes has it: x.tar.gz is a tar.
  const unpacked = name.replace(/(.)\.(gz|bz2|xz|br)$/, '$1');
  const dot = unpacked.lastIndexOf('.');
  const extension = dot > 0 ? unpacked.slice(dot + 1) : unpacked;
  if (textExtensions.has(extension) && unpacked === name) return 'text/plain';
  return (dot > 0 && Object.hasOwn(types, extension) && types[extension]) || 'application/octet-stream';
}

/**
 * Always a download, never a page of this origin: attachment, no sniffing, and a sandbox should a browser show it
 * all the same.
 */
export function downloadHeaders(path: string): Record<string, string> {
  return {
    'content-type': contentType(path),
    'content-disposition': contentDisposition(nameOf(path)),
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  };
}

/** An HTML page may draw itself by its own scripts, but as nobody: no origin, no network, no forms, no frames. */
const pagePolicy = [
  'sandbox allow-scripts',
  "default-src 'none'",
  "script-src 'unsafe-inline' 'unsafe-eval' data: blob:",
  "style-src 'unsafe-inline' data:",
  'img-src data: blob:',
  'font-src data:',
  'media-src data: blob:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ');

/** For the frame in which the UI shows an HTML page; other files are downloads here too. */
export function viewHeaders(path: string): Record<string, string> {
  const headers = downloadHeaders(path);
  if (headers['content-type'] !== 'text/html') return headers;
  delete headers['content-disposition'];
  return { ...headers, 'content-type': 'text/html; charset=utf-8', 'content-security-policy': pagePolicy };
}

export function contentDisposition(name: string): string {
  const ascii = name.normalize('NFKD').replace(/[^\x20-\x7e]/g, '');
  const isToken = /^[\w!#$%&'*+.^`|~-]+$/.test(ascii);
  const plain = `attachment; filename=${isToken ? ascii : `"${ascii.replace(/["\\]/g, '\\$&')}"`}`;
  if (ascii === name) return plain;
  const exact = encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
  return `${plain}; filename*=UTF-8''${exact}`;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
