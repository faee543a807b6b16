/** Notebooks as Jupyter reads them. */

export interface Cell {
  /** Names the cell within its notebook; letters, digits and hyphens. */
  readonly id: string;
  readonly kind: 'markdown' | 'code';
  readonly source: string;
  readonly tags?: readonly string[];
}

/** Format 4.5 for a kernel of Python 3. */
export function notebookText(cells: readonly Cell[]): string {
  const notebook = {
    cells: cells.map(({ id, kind, source, tags }) => ({
      cell_type: kind,
      id,
      metadata: tags ? { tags } : {},
      ...(kind === 'code' ? { execution_count: null, outputs: [] } : {}),
      // A list of lines, each with its end: what changed is seen line by line.
      source: source.trim().split(/(?<=\n)/),
    })),
    metadata: {
      kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' },
      language_info: { name: 'python' },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(notebook, undefined, 1)}\n`;
}

/** A text as Python writes it. */
export function pythonText(text: string): string {
  return JSON.stringify(text);
}
