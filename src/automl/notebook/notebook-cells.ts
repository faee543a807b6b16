/** A notebook put together from its parts. */
import type { Cell } from './cell.ts';
import type { Part } from './part.ts';
import { importStatements } from './python-code.ts';

/** The cells of the parts, after a title and a setup that imports for all of them. */
export function notebookCells(title: string, text: string, setup: string, parts: readonly Part[]): Cell[] {
  const imports = importStatements(parts.flatMap((part) => part.imports));
  return [
    { id: 'title', kind: 'markdown', source: `# ${title}\n\n${text}`, tags: ['setup'] },
    { id: 'setup', kind: 'code', source: `${imports}\n\n${setup}`, tags: ['setup'] },
    ...parts.flatMap((part) => part.cells),
  ];
}
