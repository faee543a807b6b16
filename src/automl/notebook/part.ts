/** A piece of a notebook: its cells, and what these import in the first one. */
import type { Cell, CellTag } from './cell.ts';

export interface Part {
  /** As `importStatements` takes them. */
  readonly imports: readonly string[];
  readonly cells: readonly Cell[];
}

/** A section: a sentence for the reader, then code. */
export function section(tag: CellTag, title: string, text: string, code: string, imports: readonly string[]): Part {
  const markdown = `## ${title}${text ? `\n\n${text}` : ''}`;
  return {
    imports,
    cells: [
      { id: `${idOf(title)}-text`, kind: 'markdown', source: markdown, tags: [tag] },
      { id: idOf(title), kind: 'code', source: code.trim(), tags: [tag] },
    ],
  };
}

function idOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
