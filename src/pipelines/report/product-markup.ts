/** A product as far as a page can show it: pictures, the first rows of tables, small texts, the outputs of notebooks. */
import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { escaped } from '../plot/markup.ts';
import { notebookMarkup } from './notebook-markup.ts';
import { tableMarkup } from './table-markup.ts';

/** Larger ones are only named. */
const largestPicture = 5_000_000;
const largestNotebook = 20_000_000;
const readAtMost = 20_000;

const pictures: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.svg': 'image/svg+xml',
};
const separators: Readonly<Record<string, string>> = { '.csv': ',', '.tsv': '\t' };
const texts = new Set(['.txt', '.md', '.json', '.yaml', '.yml', '.log', '.html', '.xml']);

export function productMarkup(folder: string, identifier: string): string {
  const path = resolve(folder, identifier);
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isFile()) return '';
  const body = bodyOf(path, found.size, identifier);
  if (body === '') return '';
  return `<div class="product"><h4>${escaped(identifier)} <span class="quiet">${found.size.toLocaleString('en-US')} bytes</span></h4>${body}</div>`;
}

function bodyOf(path: string, size: number, name: string): string {
  const ending = extname(path).toLowerCase();
  const picture = pictures[ending];
  if (picture !== undefined && size <= largestPicture) {
    // As data of an image: a picture cannot run anything.
    return `<img alt="${escaped(name)}" src="data:${picture};base64,${readFileSync(path).toString('base64')}">`;
  }
  if (ending === '.ipynb' && size <= largestNotebook) return notebookMarkup(readFileSync(path, 'utf8'));
  const separator = separators[ending];
  if (separator !== undefined) return tableMarkup(start(path), separator, size > readAtMost);
  return texts.has(ending) ? `<pre>${escaped(start(path))}${size > readAtMost ? '\n…' : ''}</pre>` : '';
}

function start(path: string): string {
  const file = openSync(path, 'r');
  try {
    const bytes = new Uint8Array(readAtMost);
    return new TextDecoder().decode(bytes.subarray(0, readSync(file, bytes, 0, readAtMost, 0)), { stream: true });
  } finally {
    closeSync(file);
  }
}
