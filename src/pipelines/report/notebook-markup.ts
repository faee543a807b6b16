/** A notebook's text and what its cells put out, simply. Its own HTML is not taken over: it could be anything. */
import { escaped } from '../plot/markup.ts';

interface Cell {
  readonly cell_type?: string;
  readonly source?: string | readonly string[];
  readonly outputs?: readonly Output[];
}

interface Output {
  readonly output_type?: string;
  readonly text?: string | readonly string[];
  readonly data?: Readonly<Record<string, string | readonly string[]>>;
  readonly ename?: string;
  readonly evalue?: string;
}

const longest = 10_000;

export function notebookMarkup(text: string): string {
  let cells: readonly Cell[];
  try {
    ({ cells = [] } = JSON.parse(text) as { cells?: readonly Cell[] });
  } catch {
    return '<p class="quiet">This notebook cannot be read.</p>';
  }
  return cells.map(cellMarkup).join('\n');
}

function cellMarkup({ cell_type: type, source, outputs = [] }: Cell): string {
  if (type !== 'code') return `<p>${escaped(joined(source)).replaceAll('\n', '<br>')}</p>`;
  const shown = outputs.map(outputMarkup).join('');
  return `<details><summary>Code</summary><pre>${escaped(joined(source))}</pre></details>${shown}`;
}

function outputMarkup({ output_type: type, text, data = {}, ename, evalue }: Output): string {
  if (type === 'stream') return pre(joined(text));
  if (type === 'error') return `<pre class="error">${escaped(`${ename}: ${evalue}`)}</pre>`;
  for (const kind of ['image/png', 'image/jpeg', 'image/gif'] as const) {
    const picture = joined(data[kind]).replaceAll(/\s/g, '');
    if (/^[\w+/=]+$/.test(picture)) return `<img alt="output" src="data:${kind};base64,${picture}">`;
  }
  const drawing = joined(data['image/svg+xml']);
  if (drawing !== '')
    return `<img alt="output" src="data:image/svg+xml;base64,${Buffer.from(drawing).toString('base64')}">`;
  return pre(joined(data['text/plain']));
}

function pre(text: string): string {
  if (text === '') return '';
  const plain = text.replace(/\u001b\[[\d;]*m/g, '');
  return `<pre>${escaped(plain.slice(0, longest))}${plain.length > longest ? '\n…' : ''}</pre>`;
}

function joined(text: string | readonly string[] | undefined): string {
  return typeof text === 'object' ? text.join('') : (text ?? '');
}
