import type { Json } from '../../../../components/content/json-tree-rows.ts';

export interface Output {
  readonly kind: 'text' | 'html' | 'image' | 'error';
  readonly source: string;
}
export interface Cell {
  readonly kind: 'code' | 'markdown';
  readonly source: string;
  readonly outputs: readonly Output[];
}

type Fields = Readonly<Record<string, Json | undefined>>;

function fields(value: Json | undefined): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

/** Notebooks write texts as one string or as lines. */
function joined(value: Json | undefined): string {
  return Array.isArray(value) ? value.map(String).join('') : typeof value === 'string' ? value : '';
}

/** Of nbformat 4; undefined for anything else. */
export function readNotebook(value: Json): readonly Cell[] | undefined {
  const { cells } = fields(value);
  if (!Array.isArray(cells)) return undefined;
  return list(cells).map((one) => {
    const cell = fields(one);
    return {
      kind: cell['cell_type'] === 'markdown' ? 'markdown' : 'code',
      source: joined(cell['source']).slice(0, longest),
      outputs: list(cell['outputs']).map(readOutput),
    };
  });
}

const images = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];
const base64 = /^[A-Za-z0-9+/]+={0,2}$/;
const colours = /\u001b\[[\d;]*[A-Za-z]/g;
const longest = 100_000;

function readOutput(value: Json): Output {
  const output = fields(value);
  if (output['output_type'] === 'error') {
    const trace = list(output['traceback']).map(String).join('\n');
    const source = trace === '' ? `${joined(output['ename'])}: ${joined(output['evalue'])}` : trace;
    return { kind: 'error', source: source.replaceAll(colours, '').slice(0, longest) };
  }
  const data = fields(output['data']);
  for (const type of images) {
    const bytes = joined(data[type]).replaceAll(/\s/g, '');
    if (base64.test(bytes)) return { kind: 'image', source: `data:${type};base64,${bytes}` };
  }
  const svg = joined(data['image/svg+xml']);
  if (svg !== '') return { kind: 'image', source: `data:image/svg+xml,${encodeURIComponent(svg)}` };
  const html = joined(data['text/html']);
  const plain = joined(data['text/plain']);
  // Without its styles the diagram of a scikit-learn estimator is a heap of words; its text says the same.
  if (html !== '' && !(plain !== '' && html.includes('sk-top-container'))) return { kind: 'html', source: html };
  const source = plain || joined(output['text']);
  return { kind: 'text', source: source.replaceAll(colours, '').slice(0, longest) };
}
